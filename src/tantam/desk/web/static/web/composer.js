// The composer: keeps what is typed, takes files, counts down what is held, offers ready texts. All of it works without.
"use strict";

(() => {
  const form = () => document.getElementById("say");
  const PAUSE = 800; // ms without a key before what is typed is kept
  const mode = () => one("[name=mode]:checked", form())?.value ?? "reply";
  const sheetOf = field => (field.id === "note" ? "note" : mode() === "note" ? "reply" : mode());

  // ── What is typed is kept here first, then on the server.
  const shelf = field => `tantam-draft-${form().dataset.case}-${field.id}`;
  const remember = field => { try { localStorage.setItem(shelf(field), field.value); } catch { /* no room: the server has it */ } };
  const forget = field => { try { localStorage.removeItem(shelf(field)); } catch { /* nothing was there */ } };
  const waiting = new Map();

  function say(field, words) {
    const place = one(".composer-kept", field.closest(".pub, .nt"));
    if (place) place.textContent = words;
  }

  async function told(address, values) {
    const answer = await post(address, new URLSearchParams(values));
    if (answer.type === "opaqueredirect") throw new Error("signed out");
    return answer;
  }

  async function keep(field) {
    const at = form();
    if (!at) return;
    const typed = field.value;
    try {
      const answer = await told(at.dataset.keep, { mode: sheetOf(field), body: typed });
      const words = await answer.json();
      if (answer.ok && field.value === typed) forget(field);
      say(field, words.kept ?? words.refused);
    } catch {
      say(field, at.dataset.away);
    }
  }

  document.addEventListener("input", event => {
    const field = event.target;
    if (!field.matches("#say textarea")) return;
    remember(field);
    clearTimeout(waiting.get(field.id));
    waiting.set(field.id, setTimeout(() => keep(field), PAUSE));
  });

  function restore() {
    const at = form();
    if (!at || at.dataset.ready) return;
    at.dataset.ready = "1";
    at.classList.add("composer-js");
    for (const field of at.querySelectorAll("textarea")) {
      let kept = null;
      try { kept = localStorage.getItem(shelf(field)); } catch { /* private windows have no shelf */ }
      if (kept === null) continue;
      if (kept.trim() && kept !== field.value && !field.value.includes(kept)) {
        field.value = kept.includes(field.value) ? kept : `${field.value}\n\n${kept}`;
        say(field, at.dataset.restored);
        keep(field);
      } else {
        forget(field);
      }
    }
  }

  // Sent or refused: what stands on the page that comes back is the truth, so nothing is kept here any longer.
  document.addEventListener("submit", event => {
    if (event.target !== form()) return;
    waiting.forEach(clearTimeout);
  });
  document.addEventListener("htmx:beforeSwap", event => {
    const from = event.detail.requestConfig?.elt;
    if (event.detail.xhr?.status < 400 && from?.closest?.("#say")) form()?.querySelectorAll("textarea").forEach(forget);
  });

  // ── Advice: looked up beside the text a moment after the last key.
  let asked = 0;
  async function look(field) {
    const at = form(), mine = ++asked, place = document.getElementById("advice");
    if (!at || !place || field.id !== "body") return;
    try {
      const answer = await told(at.dataset.look, { body: field.value });
      if (answer.ok && mine === asked) { const words = await answer.text(); if (words !== place.innerHTML) place.innerHTML = words; }
    } catch { /* advice is no obstacle */ }
  }
  const lookSoon = afterPause(1200, look);
  document.addEventListener("input", event => { if (event.target.matches("#say #body")) lookSoon(event.target); });

  // ── Ready texts: a / at the beginning of a word opens them, typing chooses, Enter puts one in.
  const menu = { list: null, texts: null, found: [], at: 0, from: -1 };

  function shut() {
    menu.list?.remove();
    menu.list = null;
    menu.from = -1;
    const field = document.getElementById("body");
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
  }

  async function ready() {
    if (menu.texts) return;
    menu.texts = [];
    try { menu.texts = (await (await fetch(form().dataset.texts)).json()).texts; } catch { menu.texts = null; }
  }

  async function offer(field) {
    const before = field.value.slice(0, field.selectionStart), found = /(?:^|\s)\/([^\s/]{0,24})$/u.exec(before);
    if (!found) return shut();
    await ready();
    const sought = plain(found[1]);
    menu.found = (menu.texts ?? []).filter(each => plain(`${each.key} ${each.name}`).includes(sought)).slice(0, 8);
    if (!menu.found.length) return shut();
    menu.from = before.length - found[1].length - 1;
    menu.at = 0;
    return draw(field);
  }

  function draw(field) {
    menu.list?.remove();
    const list = menu.list = document.createElement("ul");
    list.className = "composer-menu";
    list.id = "text-menu";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form().dataset.menu);
    menu.found.forEach((each, at) => {
      const item = document.createElement("li"), name = document.createElement("b"), words = document.createElement("span");
      item.id = `text-${at}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(at === menu.at));
      name.textContent = each.key ? `/${each.key}  ${each.name}` : each.name;
      words.className = "quiet small";
      words.textContent = each.text.replace(/\s+/g, " ").slice(0, 120);
      item.append(name, words);
      item.addEventListener("mousedown", event => { event.preventDefault(); menu.at = at; put(field); });
      list.append(item);
    });
    field.closest(".composer-pick").append(list);
    field.setAttribute("aria-controls", "text-menu");
    field.setAttribute("aria-activedescendant", `text-${menu.at}`);
  }

  function put(field) {
    const chosen = menu.found[menu.at], end = field.selectionStart, from = menu.from;
    shut();
    if (chosen.does) { // what it does is done by the server, with the words
      field.value = field.value.slice(0, from) + field.value.slice(end);
      one("[name=macro]", form()).value = chosen.id;
      one("[name=verb][value=insert]", form()).click();
      return;
    }
    field.setRangeText(chosen.text, from, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    told(`${form().dataset.texts}${chosen.id}/used/`, {}).catch(() => {});
  }

  document.addEventListener("input", event => { if (event.target.matches("#say #body")) offer(event.target); });
  document.addEventListener("focusout", event => { if (event.target.matches?.("#say #body")) shut(); });
  document.addEventListener("keydown", event => {
    if (!menu.list || event.isComposing || !event.target.matches("#say #body")) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { menu.at = (menu.at + step + menu.found.length) % menu.found.length; draw(event.target); }
    else if (event.key === "Enter" || event.key === "Tab") put(event.target);
    else if (event.key === "Escape") shut();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  // ── Files: chosen, dropped or pasted, each sent by itself with how far it is.
  function place(which) {
    return document.getElementById(`files-${which}`);
  }

  function refuse(which, words) {
    const said = document.createElement("p");
    said.className = "error";
    said.setAttribute("role", "alert");
    said.textContent = words;
    place(which).append(said);
  }

  function send(file, which) {
    return new Promise(done => {
      const at = form(), field = document.getElementById(which), row = document.createElement("p"), bar = document.createElement("progress");
      if (file.size > at.dataset.most * 1e6) { refuse(which, `${file.name}: ${at.dataset.tooLarge}`); return done(); }
      row.className = "small row";
      bar.max = 1;
      bar.setAttribute("aria-label", file.name);
      row.append(file.name, bar);
      place(which).append(row);
      const request = new XMLHttpRequest(), given = new FormData();
      given.set("csrfmiddlewaretoken", token());
      given.set("mode", sheetOf(field));
      given.set("body", field.value);
      given.set("files", file);
      request.open("POST", at.dataset.files);
      request.upload.onprogress = step => { if (step.lengthComputable) bar.value = step.loaded / step.total; };
      request.onload = () => {
        const ours = request.responseURL.endsWith(at.dataset.files);
        if (ours && [200, 422].includes(request.status)) { place(which).innerHTML = request.responseText; window.htmx?.process(place(which)); } else { row.remove(); refuse(which, `${file.name}: ${at.dataset.notTaken}`); }
        done();
      };
      request.onerror = () => { row.remove(); refuse(which, `${file.name}: ${at.dataset.notTaken}`); done(); };
      request.send(given);
      return undefined;
    });
  }

  async function sendAll(files, which) {
    for (const file of files) await send(file, which);
  }

  const written = target => target.closest?.("#say textarea")?.id ?? (mode() === "note" ? "note" : "body");
  document.addEventListener("change", event => {
    if (!event.target.matches("#say input[type=file]")) return;
    const files = [...event.target.files];
    event.target.value = "";
    sendAll(files, event.target.dataset.sheet);
  });
  document.addEventListener("paste", event => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !event.target.closest?.("#say")) return;
    event.preventDefault();
    sendAll(files, written(event.target));
  });
  document.addEventListener("dragover", event => {
    if (!event.target.closest?.("#say") || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form().classList.add("composer-drop");
  });
  document.addEventListener("dragleave", event => { if (event.target.closest?.("#say")) form().classList.remove("composer-drop"); });
  document.addEventListener("drop", event => {
    form()?.classList.remove("composer-drop");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length || !event.target.closest?.("#say")) return;
    event.preventDefault();
    sendAll(files, written(event.target));
  });

  // ── What is held: the seconds until it goes out; then the page's own words about it are fetched.
  function count() {
    for (const strip of document.querySelectorAll(".composer-strip[data-until]")) {
      const left = Math.ceil((Date.parse(strip.dataset.until) - Date.now()) / 1000);
      const words = one("[data-count]", strip);
      if (left > 0) {
        words.textContent = words.textContent.replace(/\d+/, String(left));
      } else {
        words.textContent = strip.dataset.out;
        if (left < -2) { strip.removeAttribute("data-until"); again(); }
      }
    }
  }

  function again() {
    const held = document.getElementById("held");
    if (!held || !window.htmx) return;
    const busy = [...document.querySelectorAll("#say textarea")].some(field => field.value.trim()) || document.activeElement?.closest("#main form");
    const part = busy ? "#held" : "#main";  // what somebody is writing is never taken from under them
    window.htmx.ajax("GET", held.dataset.self, { target: part, select: part, swap: "outerHTML" });
  }

  if (!("still" in document.documentElement.dataset)) setInterval(count, 1000);
  document.addEventListener("htmx:afterSettle", restore);
  restore();
})();
