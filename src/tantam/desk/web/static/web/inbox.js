// The inbox moves under its reader without jumping; rows are ticked by x, by shift and a click, and acted on together.
"use strict";

(() => {
  const main = document.getElementById("main"), said = document.getElementById("ib-said");
  const bar = document.getElementById("ib-bulk");
  const list = () => document.getElementById("ib-list");
  const rowsOf = within => [...within.querySelectorAll("li.rw")];
  const boxes = () => [...document.querySelectorAll(".ib-pick input")];

  // ── What is new comes in by the row's name: rows stay the same elements, with their ticks and the focus.
  function refresh(page) {
    const fresh = page.getElementById("ib-list");
    if (!fresh) return;
    const old = new Map(rowsOf(list()).map(row => [row.id, row]));
    const focus = document.activeElement?.id, chosen = list().querySelector(".sel")?.id;
    const anchor = anchored(), top = anchor?.getBoundingClientRect().top;
    const ids = new Set();
    let added = 0;
    for (const row of rowsOf(fresh)) {
      ids.add(row.id);
      const known = old.get(row.id);
      if (!known) { added += 1; continue; }
      const box = known.querySelector(".ib-pick input");
      if (unticked(known) === unticked(row)) { row.replaceWith(known); continue; }
      if (box?.checked) row.querySelector(".ib-pick input").checked = true;
      if (known.classList.contains("sel")) row.classList.add("sel");
    }
    const gone = [...old.keys()].filter(id => !ids.has(id)).length;
    list().replaceWith(fresh);
    const back = chosen && document.getElementById(chosen);
    if (back) back.classList.add("sel");
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
    const stays = anchor && document.getElementById(anchor.id);
    if (stays && top !== undefined) scrollBy(0, stays.getBoundingClientRect().top - top);
    count();
    owed(page);
    tell(added, gone);
  }

  // How many there are, above the list and beside the view that is shown.
  function owed(page) {
    const now = page.getElementById("ib-owed"), beside = document.querySelector(".rail [aria-current] [data-count]");
    if (!now) return;
    if (beside) beside.textContent = now.dataset.owed;
    document.getElementById("ib-owed").replaceWith(now);
  }

  // The row that must not move under the eyes: the chosen one, else the first that is seen.
  function anchored() {
    const seen = row => { const at = row.getBoundingClientRect(); return at.bottom > 90 && at.top < innerHeight; };
    const chosen = list().querySelector(".sel");
    return scrollY < 40 && !chosen ? null : chosen && seen(chosen) ? chosen : rowsOf(list()).find(seen);
  }

  function unticked(row) {
    return row.innerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "").replace(/ (minutes|title)="[^"]*"/g, "");
  }

  function tell(added, gone) {
    const words = said.dataset, parts = [];
    if (added) parts.push(words.new.replace("%n", added));
    if (gone) parts.push(words.gone.replace("%n", gone));
    if (parts.length) said.textContent = parts.join(", ");
  }

  if (main?.dataset.live) {
    let tag = `"${main.dataset.mark}"`;
    window.tantamAsk(async signal => {
      const asked = await fetch(main.dataset.live, { headers: { "If-None-Match": tag }, cache: "no-store", signal });
      if (asked.status === 304) return;
      if (!asked.ok || asked.redirected) throw new Error(String(asked.status));
      const page = await fetch(location.href, { headers: { "X-Live": "list" }, cache: "no-store", signal });
      if (!page.ok || page.redirected) throw new Error(String(page.status));
      refresh(new DOMParser().parseFromString(await page.text(), "text/html"));
      tag = asked.headers.get("ETag");
    });
  }

  // ── Ticks: a range with shift; the bar says how many.
  let last = null;
  document.addEventListener("click", event => {
    const box = event.target.closest(".ib-pick input");
    if (!box) return;
    const every = boxes();
    if (event.shiftKey && last && every.includes(last)) {
      const [from, to] = [every.indexOf(last), every.indexOf(box)].sort((a, b) => a - b);
      every.slice(from, to + 1).forEach(each => { each.checked = box.checked; });
    }
    last = box;
    count();
  });
  document.addEventListener("change", event => { if (event.target.closest("#ib-bulk")) count(); });
  document.addEventListener("keydown", event => {
    if (event.key !== "X" || event.target.matches("input:not([type=checkbox]), textarea, select")) return;
    const row = list()?.querySelector(".sel .ib-pick input");
    if (row) row.dispatchEvent(new MouseEvent("click", { bubbles: true, shiftKey: true }));
  });

  function count() {
    if (!bar) return;
    const chosen = boxes().filter(each => each.checked).length, every = bar.querySelector("[name=every]").checked;
    bar.hidden = !chosen && !every;
    bar.querySelector("[data-none]").hidden = Boolean(chosen);
    const some = bar.querySelector("[data-some]");
    some.textContent = chosen ? some.dataset.some.replace("%n", chosen) : "";
  }
  count();
  addEventListener("pageshow", count);

  // ── The menus close with Escape and by a click elsewhere.
  const open = () => document.querySelector(".ib-menus[open], .ib-keep[open]");
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && open()) { const menu = open(); menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", event => { const menu = open(); if (menu && !menu.contains(event.target)) menu.open = false; });
})();
