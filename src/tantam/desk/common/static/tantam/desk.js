// The staff's keyboard, ticking clocks and tabs. Every page works without it.
"use strict";

const typing = at => at.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");

// ── What can be pressed is seen, or stands in a closed menu or in a tab that is not shown: those are opened for it.
const around = at => (at.matches("summary") ? at.parentElement.parentElement : at);
const tabOf = at => one(`[role=tab][aria-controls="${at.closest("#main > [id]")?.id}"]`);

function shutIn(at) { // the outermost closed menu that it stands in, or null
  let found = null;
  for (let each = around(at).closest("details"); each; each = each.parentElement.closest("details")) if (!each.open) found = each;
  return found;
}

function reachable(at) {
  if (at.disabled || at.closest("[hidden], dialog")) return false;
  const seen = shutIn(at) ?? at;
  return seen.checkVisibility() || Boolean(tabOf(at)?.checkVisibility() && tabOf(at).getAttribute("aria-selected") === "false");
}

function reveal(at) {
  const tab = tabOf(at);
  if (tab?.checkVisibility() && !at.closest("#main > [id]").checkVisibility()) show(tab);
  for (let each = around(at).closest("details"); each; each = each.parentElement.closest("details")) each.open = true;
}

// Do what it says: a menu opens, a field is gone to, data-aim only takes the focus (the next Enter does it).
function run(at) {
  reveal(at);
  if (at.matches("summary")) {
    at.parentElement.open = true;
    (at.dataset.then ? one(at.dataset.then) : one("textarea, input:not([type=hidden]), select, button", at.nextElementSibling ?? at) ?? at).focus();
  } else if ("aim" in at.dataset || at.matches(".danger") || typing(at)) {
    at.focus();
  } else {
    at.click();
  }
  const field = at.dataset.then && one(at.dataset.then);
  if (field) requestAnimationFrame(() => field.focus());
}

// ── Keys: an element with data-key="e" is pressed by e, "g m" by g then m; a page to go to has data-go instead.
const keyed = () => [...all("[data-key]").filter(reachable), ...all("[data-go]")];
const keyOf = at => at.dataset.key ?? at.dataset.go;
let first = "", forget = 0;

function press(key) {
  const both = first ? `${first} ${key}` : key, ways = keyed();
  const found = ways.find(each => keyOf(each) === both);
  first = "";
  clearTimeout(forget);
  if (found) { run(found); return true; }
  if (ways.some(each => keyOf(each).startsWith(`${key} `))) {
    first = key;
    forget = setTimeout(() => { first = ""; }, 1500);
    return true;
  }
  if (key !== "/") return false;
  const sought = all("main input[type=search]").find(each => each.checkVisibility());
  if (sought) { sought.focus(); sought.select(); } else open("palette");
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
  if (event.isComposing) return undefined; // the key belongs to the word that an input method is putting together
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open("palette");
  } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    const send = all("[data-send]", event.target.form ?? document).find(each => each.checkVisibility());
    if (send && event.target.form) { event.preventDefault(); send.click(); }
  } else if (event.key === "Escape" && typing(event.target) && !one("dialog[open]")) {
    event.target.blur();
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target) && !one("dialog[open]")) {
    if (event.key === "?") { open("keys"); return event.preventDefault(); }
    if (event.key === "j" || event.key === "k") return move(event.key === "j" ? 1 : -1);
    if (event.key === "Enter" && event.target.closest("a, button, summary")) return undefined;
    if (press(event.key) || inRow(event.key)) event.preventDefault();
  }
  return undefined;
});

// ── The two dialogs: all keys, and finding everything (palette.js fills both).
function open(name) {
  const dialog = document.getElementById(name);
  if (!dialog || dialog.open) return;
  dialog.dispatchEvent(new CustomEvent("tantam:opens"));
  dialog.showModal();
  one("input", dialog)?.select();
}

document.addEventListener("click", event => {
  const opener = event.target.closest("[data-palette]");
  if (opener) { event.preventDefault(); open("palette"); }
  if (event.target.matches("dialog[open]") || event.target.closest("[data-close]")) event.target.closest("dialog").close();
  const copied = event.target.closest("[data-insert]");
  if (copied) insert(copied);
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
  if (row && !one("[data-list] .sel")) row.classList.add("sel");  // unless another was chosen meanwhile
});

// ── The bar above the composer opens the tab with what may be granted.
document.addEventListener("click", event => {
  const bar = event.target.closest("[data-tab-to]");
  const tab = bar && document.getElementById(`tab-${bar.dataset.tabTo}`);
  if (tab) { event.preventDefault(); show(tab); }
});
