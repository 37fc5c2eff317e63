// The staff's keyboard, ticking clocks and tabs. Every page works without it.
"use strict";

const all = (what, within = document) => [...within.querySelectorAll(what)];
const one = (what, within = document) => within.querySelector(what);
const typing = at => at.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

// ── Keys: an element with data-key="e" is pressed by e, "g m" by g then m; data-aim only takes the focus.
let first = "", forget = 0;

function press(key) {
  const both = first ? `${first} ${key}` : key;
  const found = all("[data-key]").find(each => each.dataset.key === both && each.checkVisibility());
  first = "";
  clearTimeout(forget);
  if (!found) {
    if (all("[data-key]").some(each => each.dataset.key.startsWith(`${key} `))) {
      first = key;
      forget = setTimeout(() => { first = ""; }, 900);
    }
    return false;
  }
  if ("aim" in found.dataset) found.focus(); else found.click();
  const field = found.dataset.then && one(found.dataset.then);
  if (field) requestAnimationFrame(() => field.focus());
  return true;
}

// ── Lists: j and k move, Enter opens, a presses the row's own button.
const rows = () => all("[data-list] > li, [data-list] tbody tr").filter(each => each.checkVisibility());

function move(by) {
  const list = rows();
  if (!list.length) return;
  const now = list.findIndex(each => each.classList.contains("sel"));
  select(list[Math.max(0, Math.min(list.length - 1, now < 0 ? 0 : now + by))]);
}

function select(row) {
  all(".sel").forEach(each => each.classList.remove("sel"));
  row.classList.add("sel");
  row.scrollIntoView({ block: "nearest" });
  one("a", row)?.focus({ preventScroll: true });
}

function inRow(key) {
  const row = one("[data-list] .sel");
  if (!row) return false;
  const target = key === "Enter" ? one("a", row) : one(`[data-row-key="${key}"]`, row);
  target?.click();
  return Boolean(target);
}

document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open("palette");
  } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const send = all("[data-send]", event.target.form ?? document).find(each => each.checkVisibility());
    if (send && event.target.form) { event.preventDefault(); send.click(); }
  } else if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target) && !one("dialog[open]")) {
    if (event.key === "?") { open("keys"); return event.preventDefault(); }
    if (event.key === "j" || event.key === "k") return move(event.key === "j" ? 1 : -1);
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return undefined;
    if (press(event.key) || inRow(event.key)) event.preventDefault();
  }
  return undefined;
});

// ── The two dialogs: all keys, and going to a page or a case.
function open(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  dialog.showModal();
  one("input", dialog)?.select();
}

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-palette]");
  if (opener) { event.preventDefault(); open("palette"); }
  if (event.target.matches("dialog[open]")) event.target.close();
  const copied = event.target.closest("[data-insert]");
  if (copied) insert(copied);
});

document.addEventListener("input", event => {
  if (!event.target.matches("#palette input")) return;
  const asked = event.target.value.trim().toLowerCase();
  all("#palette li").forEach(each => { each.hidden = !each.textContent.toLowerCase().includes(asked); });
});

document.addEventListener("keydown", event => {
  if (!event.target.closest("#palette") || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const stops = all("#palette input, #palette li:not([hidden]) a");
  const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  stops[(next + stops.length) % stops.length].focus();
});

// ── A question or text ready to be asked goes into the field that it names, at its end.
function insert(button) {
  const field = one(button.dataset.insert);
  if (!field) return;
  const mode = button.dataset.mode && one(button.dataset.mode);
  if (mode) mode.checked = true;
  field.value += (field.value && !field.value.endsWith("\n") ? "\n" : "") + button.dataset.words;
  field.focus();
}

// ── Tabs: links that the page answers without us; with us they only show, and arrows walk.
function show(tab) {
  const list = tab.closest("[role=tablist]");
  all("[role=tab]", list).forEach(each => {
    each.setAttribute("aria-selected", String(each === tab));
    each.tabIndex = each === tab ? 0 : -1;
  });
  one(list.dataset.of).dataset.tab = tab.dataset.shows;
}

document.addEventListener("click", event => {
  const tab = event.target.closest("[role=tab]");
  if (tab) { event.preventDefault(); show(tab); }
});

document.addEventListener("keydown", event => {
  const tab = event.target.closest("[role=tab]");
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !by) return;
  const tabs = all("[role=tab]", tab.parentElement);
  const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
  next.focus();
  show(next);
});

// ── Clocks: chips that show minutes count them; the words come with the page.
function tick() {
  const words = document.body.dataset;
  all(".chip[data-due]:is(.soon, .broken)").forEach(chip => {
    const minutes = Math.round((Date.parse(chip.dataset.due) - Date.now()) / 60000);
    if (Math.abs(minutes) >= 60 || chip.classList.contains("broken") === minutes > 0) return;
    const length = words.minutes.replace("0", String(Math.abs(minutes)));
    one("b", chip).textContent = minutes < 0 ? words.late.replace("0", length) : length;
  });
}

// A standing clock (tests, a frozen demo) says so; then nothing ticks.
if (!("still" in document.documentElement.dataset)) setInterval(tick, 20000);

// ── What htmx replaced: keep the row that was chosen, and the page's end in sight.
let chosen = "";
document.addEventListener("htmx:beforeSwap", () => { chosen = one("[data-list] .sel")?.id ?? ""; });
document.addEventListener("htmx:afterSettle", () => {
  const row = chosen && document.getElementById(chosen);
  if (row) row.classList.add("sel");
});

// ── The bar above the composer opens the tab with what may be granted.
document.addEventListener("click", event => {
  const bar = event.target.closest("[data-tab-to]");
  const tab = bar && document.getElementById(`tab-${bar.dataset.tabTo}`);
  if (tab) { event.preventDefault(); show(tab); }
});
