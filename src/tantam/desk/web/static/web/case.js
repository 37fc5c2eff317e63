// The case page: names completed after @, and being signed out without losing a word.
"use strict";

(() => {
  // ── What was pressed is gone with the page that came back: the focus goes to the head of the case, not to nowhere.
  document.addEventListener("htmx:afterSettle", event => {
    if (event.target.id === "main" && document.activeElement === document.body) one(".chead h1")?.focus({ preventScroll: true });
  });

  // ── Esc closes the menu that one is in, and gives the focus back to what opened it.
  document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && event.target.closest?.("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    one("summary", menu).focus();
  });
  document.addEventListener("click", event => {
    all("details.menu[open]").forEach(each => { if (!each.contains(event.target)) each.open = false; });
  });

  // ── @ and the beginning of a name offers colleagues: arrows choose, Enter or Tab takes, Esc leaves it.
  let list = null, chosen = 0;

  function asked(note) {
    const before = note.value.slice(0, note.selectionStart);
    return /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}_ .-]{0,40})$/u.exec(before)?.[1] ?? null;
  }

  function close() {
    list?.remove();
    list = null;
    one("#note")?.removeAttribute("aria-activedescendant");
  }

  function offer(note) {
    const word = asked(note), names = all("#case-people li").map(each => each.textContent);
    const found = word === null ? [] : names.filter(name => plain(name).split(" ").some((_, at, words) => words.slice(at).join(" ").startsWith(plain(word)))).slice(0, 8);
    close();
    if (!found.length || (found.length === 1 && plain(found[0]) === plain(word))) return;
    list = document.createElement("ul");
    list.className = "case-people";
    list.id = "case-offered";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", one("#case-people").getAttribute("aria-label"));
    found.forEach((name, at) => {
      const item = document.createElement("li");
      item.textContent = name;
      item.id = `case-offered-${at}`;
      item.setAttribute("role", "option");
      item.addEventListener("mousedown", event => { event.preventDefault(); take(note, name); });
      list.append(item);
    });
    const box = note.getBoundingClientRect();
    list.style.left = `${box.left}px`;
    list.style.bottom = `${window.innerHeight - box.top + 4}px`;
    document.body.append(list);
    mark(note, 0);
    one("#case-told").textContent = one("#case-people").dataset.found.replace("0", String(found.length));
  }

  function mark(note, at) {
    const items = all("li", list);
    chosen = (at + items.length) % items.length;
    items.forEach((each, place) => each.setAttribute("aria-selected", String(place === chosen)));
    items[chosen].scrollIntoView({ block: "nearest" });
    note.setAttribute("aria-controls", "case-offered");
    note.setAttribute("aria-activedescendant", items[chosen].id);
  }

  function take(note, name) {
    const at = note.selectionStart, word = asked(note) ?? "";
    note.setRangeText(`${name} `, at - word.length, at, "end");
    note.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    note.focus();
  }

  document.addEventListener("input", event => { if (event.target.id === "note") offer(event.target); });
  document.addEventListener("focusout", event => { if (event.target.id === "note") close(); });
  document.addEventListener("keydown", event => {
    if (!list || event.target.id !== "note") return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) mark(event.target, chosen + by);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") take(event.target, all("li", list)[chosen].textContent);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // ── Signed out over night: nothing on the page is replaced; a way to sign in beside it is shown.
  document.addEventListener("htmx:responseError", event => {
    const answer = event.detail.xhr, ways = one("#case-away");
    if (!ways || ![401, 403].includes(answer.status)) return;
    const toast = document.createElement("div");
    toast.className = "toast case-out";
    toast.append(ways.content.cloneNode(true));
    one("#toasts").replaceChildren(toast);
  });

  // ── Whoever signed in again in another tab has a new token.
  document.addEventListener("htmx:configRequest", event => {
    if (token() && "csrfmiddlewaretoken" in event.detail.parameters) event.detail.parameters.csrfmiddlewaretoken = token();
  });
})();
