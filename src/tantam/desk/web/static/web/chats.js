// Chats live: the stream says what happened, the page fetches the part that shows it. Without it, links and forms do.
"use strict";

(() => {
  const list = document.getElementById("chat-list"), talk = one("[data-chat]");
  if (!list) return;
  const MOST_WAIT = 400, TYPING = 3000, TYPES_FOR = 6000, ASK_EVERY = 4000;
  const now = talk?.dataset.chat ?? "", log = document.getElementById("chat-said"), here = () => document.getElementById("chat-here");
  const types = one(".chat-types"), form = document.getElementById("say"), field = document.getElementById("chat-body");
  document.documentElement.classList.add("chat-js");

  // ── Parts of the page are fetched as the server shows them.
  const fetched = async address => {
    const answer = await fetch(address, { redirect: "manual" }).catch(failed => { line.lost(); throw failed; });
    line.found();
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  };
  const showRows = afterPause(MOST_WAIT, async () => {
    const held = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    list.innerHTML = await fetched(`${list.dataset.rows}?now=${now || 0}`).catch(() => list.innerHTML);
    if (held) one(`a[href="${CSS.escape(held)}"]`, list)?.focus();
  });
  const scrolls = () => (getComputedStyle(log).overflowY === "visible" ? document.scrollingElement : log); // on a phone the page
  const atEnd = () => scrolls().scrollHeight - scrolls().scrollTop - scrolls().clientHeight < 120;
  const toEnd = () => { scrolls().scrollTop = scrolls().scrollHeight; };
  const showSaid = async () => {
    const stay = !atEnd();
    const html = await fetched(talk.dataset.said).catch(() => "");
    if (html) log.innerHTML = html;
    if (!stay) toEnd();
    tellRead();
  };
  // What may be done there, and what becomes of an answer: the head and the hint, as the whole page shows them now.
  const PARTS = [".chat-head", "#chat-wrong", "#chat-stands"];
  const renew = (html, kept) => {
    const fresh = one("[data-chat]", new DOMParser().parseFromString(html, "text/html"));
    if (!fresh) return false;
    talk.dataset.stands = fresh.dataset.stands;
    for (const part of PARTS) {
      const shown = one(part, talk);
      if (!kept(shown)) shown.replaceWith(document.adoptNode(one(part, fresh)));
    }
    return true;
  };
  const showHead = async () => renew(await fetched(location.pathname).catch(() => ""), shown => shown.contains(document.activeElement));
  const soonSaid = afterPause(MOST_WAIT, showSaid);

  // ── What was read by who looks at it.
  let told = "0";
  const tellRead = () => {
    const newest = all(".incoming[data-id]", log).pop()?.dataset.id;
    if (!newest || newest === told || document.hidden || !form) return;
    told = newest;
    post(talk.dataset.read, new URLSearchParams({ id: newest })).catch(() => { told = "0"; });
  };

  // ── The stream; a browser that gets none asks every few seconds.
  let asks = 0;
  const ask = () => { showRows(); if (talk) showSaid(); };
  const listen = () => {
    const address = new URL(list.dataset.live, location.href);
    if (now) { address.searchParams.set("case", now); address.searchParams.set("last", talk.dataset.last); }
    const stream = new EventSource(address);
    stream.addEventListener("open", () => { clearInterval(asks); asks = 0; });
    stream.addEventListener("error", () => { if (!asks) asks = setInterval(() => { if (!document.hidden) ask(); }, ASK_EVERY); });
    stream.addEventListener("changed", showRows);
    stream.addEventListener("message", event => {
      const said = JSON.parse(event.data);
      showRows();
      if (said.case === now && !one(`[data-id="${CSS.escape(said.id)}"]`, log)) {
        if (said.from === "customer") { typesNow(false); append(said); }
        soonSaid();
      }
    });
    stream.addEventListener("typing", event => typesNow(JSON.parse(event.data).on));
    stream.addEventListener("seen", event => {
      const seen = JSON.parse(event.data);
      if (here()) here().textContent = seen.here ? here().dataset.here : here().dataset.away;
      if (!talk) return;
      if (seen.stands !== talk.dataset.stands) showHead();
      soonSaid();
    });
    addEventListener("pagehide", () => stream.close());
  };
  const append = said => {
    const stay = !atEnd(), box = document.createElement("div"), words = document.createElement("div");
    box.className = "chat-one incoming chat-new";
    box.dataset.id = said.id;
    words.className = "bub";
    words.textContent = said.text;
    const around = document.createElement("article");
    around.className = "msg in";
    around.append(words);
    box.append(around);
    log.append(box);
    if (!stay) toEnd();
  };

  // ── Who types: they for us, we for them.
  let typing = 0, ends = 0;
  const typesNow = on => {
    if (!types) return;
    clearTimeout(ends);
    typing = on ? Date.now() : 0;
    types.textContent = on ? types.dataset.words : "";
    if (on) ends = setTimeout(() => typesNow(false), TYPES_FOR);
  };
  let toldTyping = 0;
  field?.addEventListener("input", () => {
    if (Date.now() - toldTyping < TYPING || !field.value.trim()) return;
    toldTyping = Date.now();
    post(talk.dataset.typing, new URLSearchParams({ on: "1" })).catch(() => {});
  });

  // ── Sending keeps the page; what was refused stays written, with the reason below.
  const refused = document.getElementById("chat-refused");
  const files = one("input[type=file]", form ?? document);
  files?.addEventListener("change", () => {
    document.getElementById("chat-files").textContent = [...files.files].map(each => each.name).join(", ");
  });
  const say = why => { refused.textContent = why; refused.hidden = !why; };
  const anyway = on => {
    one("[name=anyway]", form)?.remove();
    if (on) form.insertAdjacentHTML("afterbegin", "<input type=hidden name=anyway value=1>");
  };
  form?.addEventListener("submit", async event => {
    if (event.submitter?.hasAttribute("formaction")) return keepTyped("");
    event.preventDefault();
    const send = one("[data-send]", form), stayed = document.activeElement === field;
    send.disabled = true;
    await sent(field.value).catch(() => { line.lost(); say(form.dataset.away); });
    send.disabled = false;
    if (!stayed && document.activeElement === document.body) field.focus(); // who left the field meanwhile is somewhere else
    return undefined;
  });
  // Whoever takes it may write at once: the page stays, and so does the field that the next letters go to.
  talk?.addEventListener("submit", async event => {
    if (!event.target.matches("[data-stays]")) return;
    event.preventDefault();
    const asked = { method: "POST", body: new URLSearchParams(new FormData(event.target)) };
    const answer = await fetch(event.target.action, asked).catch(() => null);
    if (!answer) { line.lost(); say(form.dataset.away); return; }
    line.found();
    const within = event.target.contains(document.activeElement);
    if (!renew(await answer.text(), () => false)) { location.reload(); return; }
    if (within) field?.focus();
    showRows();
  });
  const sent = async text => {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual" });
    line.found();
    if (answer.type === "opaqueredirect") return location.reload(); // signed out; what is typed is kept here
    const said = await answer.json().catch(() => null);
    if (!said) { keepTyped(""); return form.submit(); } // the ordinary way says what is wrong
    if (answer.ok) return isSent(text, said.submission);
    say(said.refused);
    return anyway(said.anyway);
  };
  const isSent = async (text, submission) => {
    if (field.value === text) field.value = ""; // else somebody wrote on meanwhile
    keepTyped(field.value);
    files.value = "";
    document.getElementById("chat-files").textContent = "";
    one("[name=submission]", form).value = submission;
    anyway(false);
    say("");
    await showSaid();
    toEnd();
  };

  // ── What is typed stays when one looks into another chat, or loads the page anew; it is gone with the tab.
  const shelf = `tantam-chat-${one("#palette")?.dataset.person}-${now}`;
  const keepTyped = words => {
    try { if (words) sessionStorage.setItem(shelf, words); else sessionStorage.removeItem(shelf); } catch { /* no room */ }
  };
  const restore = () => {
    try { field.value ||= sessionStorage.getItem(shelf) ?? ""; } catch { /* nothing was kept */ }
  };
  field?.addEventListener("input", () => keepTyped(field.value));
  if (field) restore();
  field?.addEventListener("input", () => { if (!typing) { say(""); anyway(false); } });

  if (log) { toEnd(); tellRead(); document.addEventListener("visibilitychange", tellRead); }
  if (window.EventSource) listen(); else asks = setInterval(ask, ASK_EVERY);
})();
