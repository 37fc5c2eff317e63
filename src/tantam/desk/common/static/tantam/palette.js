// The palette: what can be done here, every page, and all that a search finds, in one list; and the keys of this page.
"use strict";

(() => {
  const dialog = document.getElementById("palette"), field = document.getElementById("go"), list = document.getElementById("go-list");
  const told = document.getElementById("go-told"), said = document.getElementById("go-say");
  if (!dialog) return;
  const PAUSE = 160, RECENT = 12, SHOWN = { here: 8, pages: 6, recent: 5 };
  const words = dialog.dataset;

  // ── Words are compared without their marks.
  const fits = (asked, entry) => {
    const text = ` ${plain(`${entry.name} ${entry.hint ?? ""}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return asked.every(word => text.includes(` ${word}`));
  };

  // ── What an element of the page is called: its own words, without its key.
  function named(at) {
    const source = at.labels?.[0] ?? at;
    const copy = source.cloneNode(true);
    copy.querySelectorAll("kbd, svg, select, input, textarea, [data-count]").forEach(each => each.remove());
    return (at.dataset.command || at.dataset.called || at.getAttribute("aria-label") || copy.textContent || at.placeholder || "").replace(/\s+/g, " ").trim();
  }

  function about(at) { // the heading of the part that it stands in
    const part = around(at).closest("section, aside, article");
    const heading = part && one("h2, h3", part);
    return heading && !heading.contains(at) ? named(heading).slice(0, 60) : "";
  }

  const iconOf = at => one("svg.i", at.labels?.[0] ?? at);

  // ── What can be done here: everything with a key, every menu, and every button that is seen.
  function here() {
    const found = all("[data-key], main button, main summary, main a.btn, main [data-command], .rail a").filter(each =>
      !each.dataset.key?.includes(" ") && !each.closest("dialog, [data-list], [hidden], .composer-menu, #toasts") && !each.matches("[role=tab], [tabindex='-1'], [data-quiet]")
      && reachable(each) && (each.matches("[data-key], summary") || !shutIn(each)));
    const entries = found.map(each => ({ name: named(each), hint: about(each), keys: each.dataset.key, icon: iconOf(each), go: () => run(each) }));
    const row = one("[data-list] .sel");
    if (row) {
      entries.unshift(...all("[data-row-key]", row).map(each => ({ name: named(each), hint: named(one("a", row)), keys: each.dataset.rowKey, icon: iconOf(each), go: () => each.click() })));
    }
    const seen = new Set();
    return entries.filter(({ name, hint }) => name.length > 1 && name.length < 120 && !seen.has(`${name}|${hint}`) && seen.add(`${name}|${hint}`));
  }

  const known = group => all(`#palette-known [data-group=${group}] :is(a, button)`).map(each => ({
    name: named(each), hint: each.dataset.hint, keys: each.dataset.go, icon: iconOf(each), href: each.href, go: () => each.click(),
  }));

  // ── Where one was: kept in this browser for this person, gone when they sign out.
  const shelf = `tantam-recent-${words.person}`;
  function visited() {
    try { return JSON.parse(localStorage.getItem(shelf)) ?? []; } catch { return []; }
  }
  function remember() {
    const href = location.pathname + (location.search.includes("q=") ? location.search : "");
    const title = document.title.replace(/ · Tantam$/, "");
    const others = visited().filter(each => each.href !== href);
    try { localStorage.setItem(shelf, JSON.stringify([{ href, title }, ...others].slice(0, RECENT))); } catch { /* no room, no list */ }
  }
  const recent = () => visited().filter(each => each.href.startsWith("/") && each.href.split("?")[0] !== location.pathname).map(each => ({
    name: each.title, icon: one("[data-icon=clock] svg", dialog), href: each.href, go: () => location.assign(each.href),
  }));
  remember();
  addEventListener("submit", event => {
    if (event.target.action?.endsWith?.("/logout/")) { try { localStorage.removeItem(shelf); } catch { /* nothing was there */ } }
  });

  // ── The list: groups of entries; the chosen one is told by aria-activedescendant, the focus stays in the field.
  let options = [], at = 0, ways = {}, serial = 0;

  function option(entry) {
    const row = document.createElement(entry.href ? "a" : "div");
    if (entry.href) row.href = entry.href;
    row.className = "palette-row";
    row.tabIndex = -1;
    row.id = `go-${serial += 1}`;
    row.setAttribute("role", "option");
    if (entry.html) { row.append(...entry.html); row.classList.add("palette-found"); } else {
      row.append(entry.icon?.cloneNode(true) ?? one("[data-icon=arrow] svg", dialog).cloneNode(true));
      const name = document.createElement("span");
      name.textContent = entry.name;
      row.append(name);
      if (entry.hint) { const hint = document.createElement("span"); hint.className = "quiet small palette-hint"; hint.textContent = entry.hint; row.append(hint); }
      if (entry.keys) row.append(...entry.keys.split(" ").map(key => { const kbd = document.createElement("kbd"); kbd.textContent = key; return kbd; }));
    }
    row.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      choose(entry);
    });
    return { row, entry };
  }

  function group(title, entries, found) {
    if (!entries.length) return null;
    const part = document.createElement("div"), head = document.createElement("p");
    part.setAttribute("role", "group");
    head.className = "over";
    head.id = `go-${serial += 1}`;
    head.setAttribute("role", "presentation");
    head.textContent = title;
    part.setAttribute("aria-labelledby", head.id);
    const made = entries.map(option);
    part.append(head, ...made.map(each => each.row));
    part.dataset.found = found ? "1" : "";
    options.push(...made);
    return part;
  }

  function draw(found) {
    const asked = plain(field.value).split(/[^\p{L}\p{N}]+/u).filter(Boolean), kept = options[at]?.entry.name;
    const only = entries => (asked.length ? entries.filter(each => fits(asked, each)) : entries);
    const most = (entries, n) => (asked.length ? entries.slice(0, n) : entries);
    options = [];
    serial = 0;
    list.replaceChildren(...[
      group(words.recent, only(ways.recent).slice(0, SHOWN.recent)),
      group(words.here, most(only(ways.here), SHOWN.here)),
      group(words.pages, most(only(ways.pages), SHOWN.pages)),
      group(words.yours, only(ways.yours)),
      ...found.map(([title, entries]) => group(title, entries, true)),
    ].filter(Boolean));
    const same = options.findIndex(each => each.entry.name === kept);
    mark(at > 0 && same > 0 ? same : 0);
  }

  function mark(next) {
    at = options.length ? (next + options.length) % options.length : 0;
    options.forEach(({ row }, n) => row.setAttribute("aria-selected", String(n === at)));
    if (options[at]) { field.setAttribute("aria-activedescendant", options[at].row.id); options[at].row.scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
  }

  function choose(entry) {
    dialog.close();
    if (entry.href) location.assign(entry.href); else entry.go();
  }

  // ── What the desk finds: asked a moment after the last key; an answer to older words is dropped.
  let asking = null, results = [];
  const seekSoon = afterPause(PAUSE, () => seek());

  function say(sentence) {
    said.textContent = sentence;
    said.hidden = !sentence;
  }

  const tell = afterPause(500, () => { told.textContent = options.length ? words.n.replace("%n", options.length) : said.textContent || words.none; });

  function read(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const rowsOf = part => all("a.found-row", part).map(each => ({ name: each.textContent.replace(/\s+/g, " ").trim(), href: each.getAttribute("href"), html: [...each.childNodes] }));
    const loose = all("body > ul", page).flatMap(rowsOf);
    const parts = all("section", page).map(part => [one("h2", part).textContent, rowsOf(part).slice(0, 8)]);
    return { wrong: one(".error", page)?.textContent.trim() ?? "", found: [...(loose.length ? [[words.exact, loose]] : []), ...parts] };
  }

  async function seek() {
    const typed = field.value.trim();
    asking?.abort();
    if (typed.length < 2) { results = []; say(""); draw(results); tell(); return; }
    const mine = asking = new AbortController();
    const slow = setTimeout(() => say(words.seeking), 300);
    try {
      const answer = await fetch(`${field.form.action}?${new URLSearchParams({ typing: "1", q: field.value })}`, { signal: mine.signal, headers: { "X-Palette": "1" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = read(await answer.text());
      if (mine !== asking) return;
      results = page.found;
      draw(results);
      say(page.wrong || (options.length ? "" : words.none));
    } catch (error) {
      if (error.name === "AbortError" || mine !== asking) return;
      results = [];
      draw(results);
      say(words.away);
    } finally {
      clearTimeout(slow);
    }
    tell();
  }

  dialog.addEventListener("tantam:opens", () => {
    ways = { recent: recent(), here: here(), pages: known("pages"), yours: known("yours") };
    at = 0;
    say("");
    told.textContent = "";
    results = [];
    draw(results);
    if (field.value.trim()) seek();
  });
  dialog.addEventListener("close", () => { asking?.abort(); seekSoon.cancel(); tell.cancel(); });
  field.addEventListener("input", () => {
    at = 0;
    draw([]);
    seekSoon();
  });
  field.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 }[event.key];
    if (step) {
      const next = at + step;
      event.preventDefault();
      mark(Math.abs(step) === 1 ? next : Math.max(0, Math.min(options.length - 1, next)));
    } else if (event.key === "Enter" && options[at] && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      const { entry } = options[at];
      if ((event.ctrlKey || event.metaKey) && entry.href) window.open(entry.href, "_blank", "noopener"); else choose(entry);
    }
  });

  // ── The keys of this very page, read off it.
  const keys = document.getElementById("keys");
  function line(combination, name) {
    const pair = document.createElement("div"), term = document.createElement("dt"), what = document.createElement("dd");
    combination.split(" ").forEach(key => { const kbd = document.createElement("kbd"); kbd.textContent = key; term.append(kbd, " "); });
    what.textContent = name;
    pair.append(term, what);
    return pair;
  }
  function fill(part, entries) {
    const place = one(`[data-keys=${part}]`, keys), seen = new Set();
    all("[data-made]", place).forEach(each => each.remove());
    entries.forEach(([key, name]) => {
      if (seen.has(key)) return;
      seen.add(key);
      const made = line(key, name);
      made.dataset.made = "";
      place.append(made);
    });
    return entries.length;
  }
  keys?.addEventListener("tantam:opens", () => {
    const row = one("[data-list] .sel") ?? one("[data-list] > li, [data-list] tbody tr");
    fill("row", row ? all("[data-row-key]").map(each => [each.dataset.rowKey, named(each)]) : []);
    fill("page", all("[data-key]").filter(each => reachable(each) && !each.dataset.key.includes(" ")).map(each => [each.dataset.key, named(each)]));
    fill("go", all("[data-go]").map(each => [each.dataset.go, named(each)]));
    all("[data-if]", keys).forEach(each => { each.hidden = !all(each.dataset.if).some(found => found.checkVisibility()); });
    all("section", keys).forEach(each => { each.hidden = each.matches("[data-if]") ? each.hidden : !one("dt", each); });
  });
})();
