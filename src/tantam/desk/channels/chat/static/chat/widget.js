// A company's chat on any page: one script tag, a conversation in a shadow tree, nothing of the page touched.
//   <script src="https://desk.example/static/chat/widget.js" defer data-corner="left" data-accent="#7a1fa2"></script>
// Every word comes from the desk (/chat/hello). The browser keeps a token; the tab keeps what was not sent yet.
"use strict";

(() => {
  const NAME = "tantam-chat", tag = document.currentScript;
  if (!tag || document.querySelector(NAME)) return;
  const SITE = new URL(tag.src).origin, AT = `${SITE}/chat/`, set = tag.dataset;
  const EVERY = 4000, CALM = 60000, PATIENCE = 30000, TYPES = 3000, FORGOTTEN = 6000, NEAR = 300000, GOES_STALE = 300000;
  const KINDS = ["message", "typing", "read", "presence", "state"];

  // ── Kept: where a browser refuses to keep anything, it lasts as long as the page.
  const held = {};
  const kept = (where, name) => {
    const key = `${NAME} ${SITE} ${name}`;
    try { return window[where].getItem(key) ?? held[key] ?? null; } catch { return held[key] ?? null; }
  };
  const keep = (where, name, value) => {
    const key = `${NAME} ${SITE} ${name}`;
    delete held[key];
    try {
      if (value === null) window[where].removeItem(key); else window[where].setItem(key, value);
    } catch { held[key] = value; }
  };
  const keptList = name => { try { return JSON.parse(kept("sessionStorage", name)) ?? []; } catch { return []; } };

  // ── What is known.
  let hello = null, asked = 0, token = kept("sessionStorage", "token") ?? kept("localStorage", "token"), state = "", agent = null, promise = null;
  let shown = kept("sessionStorage", "open") === "1", typing = null, announced = 0, fails = 0, proved = 0, changes = 0, seen = Number(kept("sessionStorage", "seen"));
  let restored = false, noticed = "", back = null;
  const said = new Map(), drawn = new Map();
  let unsent = keptList("unsent").map(each => ({ ...each, state: "sending" }));

  // ── The desk. A refusal is thrown as {status, message, wait}; status 0: nobody answered.
  const call = async (what, body) => {
    const headers = token ? { Authorization: `Chat ${token}` } : {};
    if (body) headers["Content-Type"] = "application/json";
    let answer;
    try {
      answer = await fetch(AT + what, {
        method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), credentials: "omit",
        signal: window.AbortSignal?.timeout?.(PATIENCE),
      });
    } catch { throw { status: 0 }; }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) return told;
    throw { status: answer.status, message: told.message, wait: Number(answer.headers.get("Retry-After")) };
  };
  const upload = each => new Promise((done, fail) => {
    const request = new XMLHttpRequest(), body = new FormData();
    body.append("client_id", each.client_id);
    body.append("file", each.file, each.file.name);
    request.open("POST", `${AT}file`);
    request.setRequestHeader("Authorization", `Chat ${token}`);
    request.upload.onprogress = event => { each.part = event.loaded / event.total; paint(); };
    request.onerror = request.onabort = () => fail({ status: 0 });
    request.onload = () => {
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* no words of the desk's */ }
      if (request.status < 300) return done(told);
      return fail({ status: request.status, message: told.message, wait: Number(request.getResponseHeader("Retry-After")) });
    };
    request.send(body);
  });

  // ── Tabs of one visitor: one of them listens and tells the others.
  let air = null;
  try { air = new BroadcastChannel(`${NAME} ${SITE}`); } catch { /* each tab for itself */ }
  const share = (kind, data) => air?.postMessage({ kind, data });
  const heard = (kind, data) => {
    switch (kind) {
      case "token": if (!token) { take(data); load().catch(() => {}); } break;
      case "gone": if (token === data) forget(); break;
      case "seen": seen = Math.max(seen, data); break;
      case "live": live = data; if (live) load().catch(() => {}); plan(); break;
      default: hear(kind, data);
    }
    paint();
  };
  if (air) air.onmessage = event => heard(event.data.kind, event.data.data);

  let stream = null, live = false, tries = 0, again = 0, last = "", leads = null;
  const alive = is => { live = is; share("live", is); plan(); };
  const listen = () => {
    clearTimeout(again);
    if (stream || !token || state === "resolved" || !window.EventSource) return;
    if (leads !== true) return wait();
    const own = stream = new EventSource(`${AT}stream?token=${encodeURIComponent(token)}${last && `&last=${encodeURIComponent(last)}`}`);
    own.onopen = () => {
      load().catch(() => {});  // what happened before it was there
      tries = 0;
      alive(true);
    };
    own.onerror = () => {
      hush();
      alive(false);
      tries += 1;
      again = setTimeout(listen, Math.min(500 * 2 ** tries, CALM) * (0.5 + Math.random()));
      ask();
    };
    for (const kind of KINDS) own.addEventListener(kind, event => {
      last = event.lastEventId || last;
      const data = JSON.parse(event.data);
      share(kind, data);
      hear(kind, data);
      paint();
    });
  };
  const hush = () => { stream?.close(); stream = null; };
  const lead = () => { leads = true; listen(); return new Promise(() => {}); };  // until the tab is closed
  const wait = () => {
    if (leads === false) return;
    leads = false;
    if (air && navigator.locks) navigator.locks.request(`${NAME} ${SITE}`, lead).catch(lead); else lead();
  };

  const put = each => {
    const id = String(each.id || each.client_id), old = said.get(id), client_id = each.client_id || old?.client_id;
    if (each.id) said.delete(client_id);  // as it stood there until it had a number
    said.set(id, { ...old, ...each, client_id, read: each.read || old?.read, when: Date.parse(each.at) });
    if (client_id) unsent = unsent.filter(one => one.client_id !== client_id);
    return !old;
  };
  const hear = (kind, data) => {
    switch (kind) {
      case "message":
        if (put(data) && data.from === "us") typing = null;
        break;
      case "typing":
        typing = data.on === false ? null : { name: data.who || hello?.name, until: Date.now() + FORGOTTEN };
        setTimeout(paint, FORGOTTEN + 50);
        break;
      case "read":
        for (const each of said.values()) if (each.from === "you" && each.id && BigInt(each.id) <= BigInt(data.id)) each.read = true;
        break;
      case "presence": changes += 1; agent = data; break;
      case "state": changes += 1; state = data.state; promise = data.promise ?? promise; if (state === "resolved") hush(); break;
    }
  };

  // ── Asking: all of it after each gap, once a minute beside a stream, every few seconds without one.
  let turn = 0;
  const load = async () => {
    if (!token) return;
    const mine = token, began = Date.now(), before = changes;
    try {
      const told = await call("history");
      if (mine !== token) return;
      told.messages.forEach(put);
      if (before === changes) ({ state, agent, promise } = told);  // else something newer was heard meanwhile
      restored = true;
      reached();
      listen();
    } catch (refusal) {
      if (mine === token && (refusal.status === 401 || refusal.status === 404)) forget(say("gone"));
      else if (!refusal.status && began >= proved) fails += 1;
      throw refusal;
    } finally { paint(); }
  };
  const plan = () => {
    clearTimeout(turn);
    const seenNow = shown && !document.hidden;
    turn = setTimeout(ask, fails ? Math.min(1000 * 2 ** fails, CALM) : live || !seenNow ? CALM : EVERY);
  };
  const ask = async () => {
    try {
      if (shown && Date.now() - asked > GOES_STALE) await greet();
      if (token && state !== "resolved") await load();
    } catch { /* the banner says it */ }
    paint();
    plan();
  };
  const reached = () => {
    fails = 0;
    proved = Date.now();
    for (const each of unsent) if (each.state === "lost" && each.tries < 9) each.state = "sending";
    pump();
  };
  const greet = async anew => {
    const early = keptList("hello"), lang = set.lang || document.documentElement.lang || navigator.language || "";
    const fresh = early.lang === lang && Date.now() - early.at < GOES_STALE && Date.now() < Date.parse(early.told.until || early.told.opens || "9999");
    const use = fresh && !hello && !anew, told = use ? early.told : await call(`hello?lang=${encodeURIComponent(lang)}`);
    asked = use ? early.at : Date.now();
    hello = told;
    keep("sessionStorage", "hello", JSON.stringify({ lang, at: asked, told }));
  };

  // ── Who one is: a token, taken with the first word.
  const hold = (where, given) => { for (const each of ["localStorage", "sessionStorage"]) keep(each, "token", each === where ? given : null); };
  const take = given => { token = given; hush(); last = ""; restored = false; hold("localStorage", token); listen(); };
  const forget = (why = "") => {
    token = null; state = ""; agent = promise = null; typing = null;
    hush();
    said.clear();
    hold();
    noticed = why;
  };
  const start = async () => {
    const { name, mail } = own();
    const told = await call("start", { lang: hello.lang, name, mail, page: location.origin + location.pathname, consent: true });
    take(told.token);
    share("token", token);
  };

  // ── Sending, one after the other; a name of its own makes each harmless to send twice.
  let busy = false;
  const store = () => keep("sessionStorage", "unsent", JSON.stringify(unsent.filter(each => !each.file).map(({ client_id, text, at }) => ({ client_id, text, at, tries: 0 }))));
  const add = what => {
    const random = crypto.getRandomValues(new Uint8Array(12));
    unsent.push({ client_id: [...random].map(each => each.toString(16).padStart(2, "0")).join(""), at: new Date().toISOString(), state: "sending", tries: 0, ...what });
    down = true;
    store();
    paint();
    pump();
  };
  const pump = async () => {
    if (busy || !hello) return;
    busy = true;
    for (let each; (each = unsent.find(one => one.state === "sending"));) await send(each);
    busy = false;
    store();
    paint();
  };
  const send = async each => {
    try {
      if (!token) await start();
      const told = each.file ? await upload(each) : await call("write", { text: each.text, client_id: each.client_id });
      unsent = unsent.filter(one => one !== each);
      put({ from: "you", text: each.text, files: each.files, client_id: each.client_id, ...told });
      if (!said.get(String(told.id))?.files?.every(one => one.url) || !state || state === "resolved") load().catch(() => {});
      fails = 0;
      proved = Date.now();
    } catch (refusal) { unsentBy(each, refusal); }
    store();
    paint();
  };
  const unsentBy = (each, refusal) => {
    each.tries += 1;
    each.why = refusal.message;
    if (refusal.status === 401 && token && each.tries < 3) return forget();  // it begins a new conversation
    if (refusal.status === 429 && each.tries < 9) {
      each.state = "slow";
      each.wait = Math.min(Math.max(refusal.wait || 5, 1), 3600);
      return setTimeout(() => { each.state = "sending"; pump(); }, each.wait * 1000);
    }
    each.state = refusal.status ? "failed" : "lost";
    if (refusal.status === 409) greet(true).then(paint, () => {});  // closed meanwhile
    if (refusal.status) return null;
    fails += 1;
    for (const one of unsent) if (one.state === "sending") one.state = "lost";  // they keep their order
    return plan();
  };
  const addFiles = files => {
    const most = hello.limits?.bytes ?? 20 * 2 ** 20;
    for (const file of files) {
      if (file.size > most) notice(say("too_large", { name: file.name, most: Math.floor(most / 2 ** 20) }));
      else add({ file, files: [{ name: file.name, size: file.size }] });
    }
  };
  let typed = 0;
  const tellTyping = () => {
    if (!token || Date.now() - typed < TYPES) return;
    typed = Date.now();
    call("typing", {}).catch(() => {});
  };
  const markSeen = () => {
    if (!shown || document.hidden) return;
    const latest = [...said.values()].filter(each => each.from === "us" && each.when > seen && !each.read).sort((a, b) => b.when - a.when)[0];
    if (!latest) return;
    seen = latest.when;
    keep("sessionStorage", "seen", seen);
    share("seen", seen);
    call("read", { id: latest.id }).catch(() => {});
  };

  // ── Words.
  const say = (key, fill = {}) => (hello?.words?.[key] ?? "").replace(/\{(\w+)\}/g, (whole, name) => fill[name] ?? "");
  const when = (moment, far) => {
    const at = new Date(moment), today = at.toDateString() === new Date().toDateString();
    const soon = Math.abs(at - Date.now()) < 6 * 86400000;
    const day = today ? {} : soon && far ? { weekday: "long" } : { day: "numeric", month: "short" };
    return new Intl.DateTimeFormat(hello.lang, { ...day, hour: "numeric", minute: "2-digit" }).format(at);
  };
  const later = seconds => new Intl.RelativeTimeFormat(hello.lang).format(...seconds > 90 ? [Math.ceil(seconds / 60), "minute"] : [seconds, "second"]);
  const size = bytes => bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 2 ** 20).toLocaleString(hello.lang, { maximumFractionDigits: 1 })} MB`;

  // ── Elements: text stays text, whatever it says.
  const el = (name, given, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given ?? {})) {
      if (typeof value === "function") made.addEventListener(key, value);
      else if (value === true || value === "") made.setAttribute(key, "");
      else if (value != null && value !== false) made.setAttribute(key, value);
    }
    made.append(...inside.flat().filter(each => each != null && each !== false));
    return made;
  };
  const icon = (...lines) => {
    const of = name => document.createElementNS("http://www.w3.org/2000/svg", name), made = of("svg");
    made.setAttribute("viewBox", "0 0 16 16");
    made.setAttribute("aria-hidden", "true");
    for (const each of lines) made.append(of("path")), made.lastChild.setAttribute("d", each);
    return made;
  };
  const CHAT = "M2.5 3h11v8H7l-3 2.5V11H2.5z", CROSS = "M4 4l8 8M12 4l-8 8", CHECK = "M3 8.5l3.2 3.2L13 5", PAUSE = "M6 4v8M10 4v8";
  const CLIP = "M12.5 7.3l-5.1 5.1a3 3 0 0 1-4.2-4.2l5.4-5.5a2 2 0 0 1 2.8 2.8L6 11a1 1 0 0 1-1.4-1.4l5-5", SEND = ["M14 2L7 9", "M14 2l-4.5 12L7 9 2 6.5z"];
  const linked = text => {
    const parts = [];
    let from = 0;
    for (const found of text.matchAll(/\bhttps?:\/\/[^\s<>"“”]+/gi)) {
      const href = found[0].replace(/[.,:;!?…'’»]+$/, "").replace(/^([^(]*)\)[.,]*$/, "$1");
      parts.push(text.slice(from, found.index), outside(href, href));
      from = found.index + href.length;
    }
    return [...parts, text.slice(from)];
  };
  const outside = (href, ...inside) => el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, ...inside);
  const safe = (address, ...inside) => {
    let url = null;
    try { url = new URL(address, SITE); } catch { /* no address */ }
    return url && /^(https?|mailto|tel):$/.test(url.protocol) ? outside(url.href, ...inside) : el("span", {}, ...inside);
  };

  // ── Colours: text on the company's colour turns so that it can be read, and the colour itself as text on paper.
  const parts = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
  const luminance = colour => {
    const [r, g, b] = colour.map(each => (each /= 255) <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const legible = (colour, paper, least) => {
    const ink = luminance(paper) > 0.2 ? 0 : 255;
    let now = colour;
    for (let step = 1; step <= 25 && contrast(now, paper) < least; step += 1) now = colour.map(each => each + (ink - each) * step / 25);
    return now;
  };
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const dress = () => {
    const dark = set.theme ? set.theme === "dark" : scheme.matches, paper = parts(dark ? "#11191a" : "#f5f4ee");
    ui.probe.style.color = "";
    ui.probe.style.color = set.accent || hello.theme?.accent || "";
    const named = /^rgba?\((\d+), (\d+), (\d+)/.exec(ui.probe.style.color && getComputedStyle(ui.probe).color);
    const accent = named ? named.slice(1, 4).map(Number) : parts(dark ? "#7cd3cd" : "#005f61");
    const fill = dark ? legible(accent, paper, 3) : accent, white = [255, 255, 255];
    const colours = { a: fill, on: contrast(fill, white) >= 4.5 ? white : [0, 0, 0], at: legible(accent, parts(dark ? "#1d2729" : "#f0eee6"), 4.5) };
    for (const [name, value] of Object.entries(colours)) ui.all.style.setProperty(`--${name}`, `rgb(${value.map(Math.round)})`);
    ui.all.classList.toggle("dark", dark);
  };

  // ── The parts.
  const ui = {};
  let down = true;
  const build = () => {
    const button = (kind, label, click, ...inside) => el("button", { type: "button", class: kind, click, "aria-label": inside.length ? label : null }, ...(inside.length ? inside : [label]));
    const field = (id, type, label, ...more) => el("p", { class: "fi" }, el("label", { for: id }, label, " ", el("span", { class: "q" }, `(${say("optional")})`)), ui[id] = el("input", { id, type, autocomplete: type === "email" ? "email" : "name", maxlength: 200, "aria-describedby": more.length ? "why" : null }), ...more);
    const host = el(NAME, { popover: "manual" }), root = host.attachShadow({ mode: "open" });
    ui.badge = el("b", { class: "n", hidden: true });
    ui.go = el("button", { type: "button", class: "go", "aria-haspopup": "dialog", "aria-expanded": "false", click: () => { back = null; show(true); } }, icon(CHAT), el("span", {}, say("chat")), ui.badge);
    ui.loud = el("p", { class: "vh", role: "status" });
    ui.title = el("h2", { id: "t", tabindex: "-1" }, set.company || hello.name);
    ui.status = el("p", { class: "su" });
    ui.bar = el("p", { class: "bar", role: "status" });
    ui.wrong = el("p", { class: "bad", role: "alert", hidden: true }, icon(CROSS), say("bad_mail"));
    ui.fields = el("div", {}, field("name", "text", say("name")), field("mail", "email", say("mail"), el("span", { class: "q", id: "why" }, say("mail_why"))), ui.wrong);
    ui.closed = el("div", { class: "shut" });
    ui.first = el("div", { class: "first" }, el("p", { class: "hi" }, say("hello")), ui.closed, ui.fields);
    ui.log = el("div", { class: "log", role: "log", "aria-label": say("log") });
    ui.typing = el("p", { class: "ty", "aria-live": "off" });
    ui.scroll = el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": say("log"), scroll: () => { down = ui.scroll.scrollHeight - ui.scroll.scrollTop - ui.scroll.clientHeight < 60; } }, ui.first, ui.log, ui.typing);
    ui.ask = el("form", { class: "ask", hidden: true });
    ui.picked = el("input", { type: "file", multiple: true, hidden: true, change: () => { addFiles(ui.picked.files); ui.picked.value = ""; } });
    ui.text = el("textarea", { id: "w", rows: "1", input: wrote, keydown: pressed, paste: event => { if (event.clipboardData.files.length) { event.preventDefault(); addFiles(event.clipboardData.files); } } });
    ui.text.value = kept("sessionStorage", "draft") ?? "";
    ui.form = el("form", { class: "co", submit: event => { event.preventDefault(); submit(); } },
      button("ic", say("attach"), () => ui.picked.click(), icon(CLIP)), ui.picked, el("label", { class: "vh", for: "w" }, say("write")), ui.text,
      el("button", { type: "submit", class: "ic send", "aria-label": say("send") }, icon(...SEND)));
    ui.text.placeholder = say("write");
    ui.consent = el("p", { class: "q con" }, linked(hello.consent || ""));
    ui.more = el("p", { class: "more" }, button("pl", say("by_mail"), askMail), button("pl", say("end"), askEnd));
    ui.over = el("p", { class: "q con over" }, say("ended"), " ", button("pl", say("anew"), () => { share("gone", token); forget(); paint(); ui.text.focus(); }));
    ui.panel = el("div", { class: "p", role: "dialog", "aria-labelledby": "t", hidden: true, keydown: event => { if (event.key === "Escape" && !event.isComposing) { event.stopPropagation(); if (ui.ask.hidden) show(false); else answered(); } } },
      el("header", {}, el("div", {}, ui.title, ui.status), button("ic", say("close"), () => show(false), icon(CROSS))),
      ui.bar, ui.scroll, ui.ask, ui.over, ui.form, ui.consent, ui.more, el("p", { class: "drop", hidden: true }, say("drop")));
    ui.probe = el("i", { hidden: true });
    ui.all = el("div", { class: `w${set.corner === "left" ? " left" : ""}`, lang: hello.lang, dir: hello.dir || "ltr" }, el("section", { "aria-label": say("chat") }, ui.go, ui.loud), ui.panel, ui.probe);
    if (root.adoptedStyleSheets && window.CSSStyleSheet?.prototype.replaceSync) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(CSS_TEXT);
      root.adoptedStyleSheets = [sheet];
    } else root.append(el("style", { nonce: tag.nonce }, CSS_TEXT));
    root.append(ui.all);
    document.documentElement.append(host);
    try { host.showPopover(); } catch { /* an older browser: the highest number has to do */ }
    dress();
    scheme.addEventListener?.("change", dress);
    dropping();
    fit();
  };
  const dropping = () => {
    const over = ui.panel.querySelector(".drop");
    const on = (kind, shows, then) => ui.panel.addEventListener(kind, event => {
      if (ui.form.hidden || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      over.hidden = !shows(event);
      then?.(event.dataTransfer.files);
    });
    on("dragover", () => true);
    on("dragleave", event => ui.panel.contains(event.relatedTarget));
    on("drop", () => false, addFiles);
  };
  // A telephone's keyboard covers the page without telling it: the sheet takes what is left to see.
  const fit = () => {
    const view = window.visualViewport;
    if (!view) return;
    const now = () => {
      if (view.scale > 1.05) return;  // somebody looks closer
      ui.panel.style.setProperty("--h", `${view.height}px`);
      ui.panel.style.setProperty("--y", `${view.offsetTop}px`);
      if (down && token) bottom();
    };
    view.addEventListener("resize", now);
    view.addEventListener("scroll", now);
    now();
  };
  const bottom = () => { ui.scroll.scrollTop = ui.scroll.scrollHeight; };
  const tell = words => { if (ui.loud) ui.loud.textContent = words; };
  let noticing = 0;
  const notice = words => { noticed = words; clearTimeout(noticing); noticing = setTimeout(() => { noticed = ""; paint(); }, 12000); paint(); };

  // ── What one does.
  const show = (open, quietly) => {
    shown = open;
    keep("sessionStorage", "open", open ? "1" : "0");
    draw();
    if (open && token) down = true, bottom();
    if (!quietly && open) (matchMedia("(pointer: coarse)").matches || ui.form.hidden ? ui.title : ui.text).focus();
    if (!quietly && !open) (back ?? ui.go).focus();
    if (open) ask(); else plan();
  };
  const own = () => ({ name: ui.name.value.trim(), mail: ui.mail.value.trim() });
  const wrote = () => {
    keep("sessionStorage", "draft", ui.text.value || null);
    ui.text.style.height = "auto";
    ui.text.style.height = `${ui.text.scrollHeight + 2}px`;
    if (ui.text.value) tellTyping();
  };
  const pressed = event => {  // Enter that puts a word together belongs to that word
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229 || matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    submit();
  };
  const submit = () => {
    const text = ui.text.value.trim(), most = hello.limits?.text ?? 5000;
    ui.wrong.hidden = Boolean(token) || ui.mail.validity.valid;
    if (!ui.wrong.hidden) return ui.mail.focus();
    if (!text) return ui.text.focus();
    if (text.length > most) return notice(say("too_long", { most }));
    ui.text.value = "";
    wrote();
    add({ text });
    return ui.text.focus();
  };
  const question = (...inside) => { ui.ask.replaceChildren(...inside); ui.ask.hidden = false; ui.ask.querySelector("input, button").focus(); };
  const answered = () => { ui.ask.hidden = true; (ui.form.hidden ? ui.title : ui.text).focus(); };
  const act = (what, body, done) => event => {
    event.preventDefault();
    call(what, body()).then(told => { answered(); done(told); paint(); }, refusal => notice(refusal.message || (refusal.status ? say("error") : say("offline"))));
  };
  const askMail = () => {
    const mail = el("input", { type: "email", id: "to", required: true, autocomplete: "email", maxlength: 200 });
    mail.value = ui.mail.value;
    ui.ask.onsubmit = act("mail", () => ({ mail: mail.value.trim() }), told => {
      const to = { mail: mail.value.trim() };
      notice(told.sent === "at_end" ? say("by_mail_later", to) : say("by_mail_done", to));
    });
    question(el("label", { for: "to" }, say("by_mail_to")), mail, choices(say("send"), say("cancel")));
  };
  const askEnd = () => {
    ui.ask.onsubmit = act("end", () => {
      hold("sessionStorage", token);  // whoever sits here next begins anew
      return {};
    }, () => { state = "resolved"; hush(); });
    question(el("p", {}, say("end_sure")), choices(say("end_yes"), say("end_no")));
  };
  const choices = (yes, no) => el("p", { class: "row" }, el("button", { type: "submit", class: "bt" }, yes), el("button", { type: "button", class: "pl", click: answered }, no));

  // ── Drawing: only what changed, so that nothing is read aloud twice.
  let due = false;
  const paint = () => {
    if (due || !ui.all) return;
    due = true;
    queueMicrotask(() => { due = false; draw(); });
  };
  const draw = () => {
    const open = hello.open !== false, going = Boolean(token) || unsent.length > 0, over = state === "resolved";
    markSeen();
    const news = [...said.values()].filter(each => each.from === "us" && each.when > seen && !each.read), count = news.length;
    ui.badge.hidden = !count;
    ui.badge.textContent = count;
    const name = count ? `${say("chat")}, ${count === 1 ? say("unread_one") : say("unread", { n: count })}` : say("chat");
    ui.go.setAttribute("aria-label", name);
    ui.go.setAttribute("aria-expanded", shown);
    ui.go.hidden = shown || !open && !going && set.closed === "hide";
    ui.panel.hidden = !shown;
    if (shown) tell("");
    else if (count > announced) tell(say("new", { name: news.at(-1).name || hello.name }));
    announced = count;
    line(...status(open));
    const away = !navigator.onLine || fails > 1;
    ui.bar.classList.toggle("off", away);
    ui.bar.textContent = away ? say("offline") : noticed || (token && !restored && !said.size && !unsent.length ? say("loading") : "");
    ui.first.hidden = going;
    ui.fields.hidden = !open;
    ui.form.hidden = !open && !going;
    ui.consent.hidden = going || !open || !hello.consent;
    ui.more.hidden = !token;
    ui.more.lastChild.hidden = over;
    ui.over.hidden = !over;
    ui.closed.hidden = open;
    if (!open) closed();
    ui.typing.textContent = typing && typing.until > Date.now() ? say("typing", { name: typing.name }) : "";
    drawLog();
    if (shown && down && going) bottom();
  };
  const line = (mark, words, kind) => {
    ui.status.className = `su ${kind}`;
    ui.status.replaceChildren(...words ? [icon(mark), el("span", {}, words)] : []);
  };
  const status = open => {
    const vow = (promise ?? (state === "open" ? null : hello.promise))?.text;
    if (state === "handed_to_mail") return [PAUSE, say("mailed"), "off"];
    if (state === "open" && agent?.name) return agent.present === false ? [PAUSE, say("away", agent), "off"] : [CHECK, say("here", agent), "on"];
    if (!open) return [PAUSE, hello.opens ? say("opens", { when: when(hello.opens, true) }) : say("shut"), "off"];
    return vow ? [CHECK, vow, "on vow"] : [CHECK, hello.until ? say("until", { when: when(hello.until, true) }) : say("open"), "on"];
  };
  const closed = () => {
    const { best, form } = hello, is = JSON.stringify([best, form]);
    if (ui.closed.dataset.is === is) return;
    ui.closed.dataset.is = is;
    ui.closed.replaceChildren(
      ...best ? [el("p", {}, say("best"), " ", (best.href ? safe : (_href, inside) => inside)(best.href, el("b", {}, best.label, " ", best.address ?? "")))] : [],
      ...form ? [el("p", {}, safe(form, el("b", {}, say("form")))), el("p", { class: "q" }, say("form_why"))] : [],
    );
  };
  const drawLog = () => {
    const turns = [...said.values()].sort((a, b) => a.when - b.when).concat(unsent);
    const mine = turns.filter(each => each.from === "you" && !each.state).at?.(-1);
    let at = ui.log.firstChild, before = null;
    const left = new Set(drawn.keys());
    for (const each of turns) {
      const key = each.client_id || String(each.id), close = before && sameTurn(before, each);
      left.delete(key);
      const made = drawn.get(key) ?? el("div");
      drawn.set(key, made);
      const is = JSON.stringify([each.text, each.state, each.why, each.read, each === mine, close, each.files, each.part, each.name]);
      if (made.dataset.is !== is) fill(made, each, close, each === mine);
      made.dataset.is = is;
      if (made === at) at = at.nextSibling; else ui.log.insertBefore(made, at);
      before = each;
    }
    for (const key of left) drawn.get(key).remove(), drawn.delete(key);
  };
  const sameTurn = (one, two) => (one.from ?? "you") === (two.from ?? "you") && (one.name ?? "") === (two.name ?? "") && Math.abs(Date.parse(two.at) - Date.parse(one.at)) < NEAR;
  const fill = (made, each, close, isLast) => {
    const from = each.from ?? "you", who = from === "you" ? say("you") : each.name || set.company || hello.name;
    made.className = `m ${from}`;
    made.replaceChildren(
      el("p", { class: close ? "vh" : "by" }, el("b", {}, who), " ", el("time", { datetime: each.at }, when(each.at))),
      ...each.text ? [el("p", { class: "b" }, linked(each.text))] : [],
      ...(each.files ?? []).map(file),
      ...each.part != null && each.state === "sending" ? [el("progress", { max: 1, value: each.part, "aria-label": say("done", { n: Math.round(100 * each.part) }) })] : [],
      ...from === "you" ? remark(each, isLast) : [],
    );
  };
  const file = each => {
    const words = el("span", {}, each.name, el("span", { class: "q" }, ` ${size(each.size)}`)), inside = [words];
    if (each.image && each.url) inside.unshift(el("img", { src: new URL(each.url, SITE).href, alt: "", loading: "lazy", error: event => event.target.remove(), load: () => { if (down) bottom(); } }));
    return each.url ? (link => { link.className = "b fl"; return link; })(safe(each.url, ...inside)) : el("p", { class: "b fl" }, ...inside);
  };
  const remark = (each, isLast) => {
    switch (each.state) {
      case "sending": return [el("p", { class: "q" }, say("sending"))];
      case "slow": return [el("p", { class: "q" }, each.why ? `${each.why} ` : "", say("slowly", { when: later(each.wait) }))];
      case "failed": case "lost": return [el("p", { class: "bad" }, icon(CROSS), el("span", {}, say("failed"), " ", each.why ?? ""), el("button", { type: "button", class: "pl", click: () => { each.state = "sending"; pump(); paint(); } }, say("again")))];
      default: return isLast ? [el("p", { class: "q" }, icon(CHECK), each.read ? say("read") : say("sent"))] : [];
    }
  };

  // ── The look: that of the desk's own pages. Nothing of the page reaches in, not even what it calls important.
  const CSS_TEXT = `
:host { all: initial !important; display: block !important; position: fixed !important; inset: auto 0 0 auto !important; width: 0 !important; height: 0 !important; overflow: visible !important; z-index: 2147483647 !important; color-scheme: light dark !important }
@media print { :host { display: none !important } }
.w { --serif: ui-serif, "New York", "Noto Serif", Cambria, "Times New Roman", serif; --paper: #fcfbf7; --sunk: #f5f4ee; --hover: #f0eee6; --ink: #162428; --quiet: #505e61; --line: #dbd9d2; --edge: #758387; --kept: #196537; --broken: #ae2322; --waiting: #485a6d; --soon: #ffeed1; color-scheme: light; font: 400 1em/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); text-align: start; overflow-wrap: anywhere }
.w.dark { --paper: #11191a; --sunk: #1d2729; --hover: #1f2a2c; --ink: #e9e8e2; --quiet: #a0acac; --line: #2f3a3c; --edge: #6f7d80; --kept: #7ad59c; --broken: #f8877d; --waiting: #a4b6ca; --soon: #322615; color-scheme: dark }
*, ::before { box-sizing: border-box }
[hidden] { display: none !important }
p, h2 { margin: 0 }
button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; margin: 0 }
button { cursor: pointer }
.ic svg { width: 22px; height: 22px }
svg { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round }
a { color: var(--at); text-underline-offset: .2em }
:focus-visible { outline: 2px solid var(--at); outline-offset: 2px; border-radius: 4px }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
.q { color: var(--quiet); font-size: .875em }
.go, .p { position: fixed; right: 20px; bottom: 20px; box-shadow: 0 1px 2px #16242814, 0 8px 32px #16242838 } .left .go, .left .p { right: auto; left: 20px }
.go { display: flex; gap: 10px; align-items: center; min-height: 52px; padding: 0 20px 0 16px; border: 1px solid transparent; border-radius: 26px; background: var(--a); color: var(--on); font-weight: 600 }
.go:focus-visible { outline-color: var(--on); outline-offset: -5px; border-radius: 26px; box-shadow: 0 0 0 3px var(--at) }
.go:hover { filter: brightness(1.08) }
.n { min-width: 24px; padding: 0 7px; border-radius: 12px; background: var(--on); color: var(--a); text-align: center; font-variant-numeric: tabular-nums }
.p { display: flex; flex-direction: column; width: 392px; max-width: calc(100vw - 24px); height: min(640px, 100vh - 40px); background: var(--paper); border: 1px solid var(--edge); border-radius: 8px; overflow: hidden; animation: in .12s ease-out }
@keyframes in { from { opacity: 0 } }
header { display: flex; gap: 8px; align-items: flex-start; justify-content: space-between; padding: 12px 8px 12px 20px; border-bottom: 1px solid var(--line); background: var(--sunk) }
header div { min-width: 0; display: grid; gap: 2px; padding-top: 4px }
h2, .hi { font: 600 1.2em/1.4 var(--serif) }
h2:focus { outline: none }
.su { display: flex; gap: 8px; align-items: flex-start; font-size: .9375em } .su:empty { display: none }
.su svg { width: 18px; height: 18px; padding: 3px; margin-top: 3px; border-radius: 50%; background: var(--kept); color: var(--paper); stroke-width: 2.6 }
.su.off svg { background: var(--waiting) }
.vow span { font-family: var(--serif) }
.ic { display: grid; place-items: center; width: 44px; height: 44px; flex: none; padding: 0; border: 1px solid transparent; border-radius: 6px; background: none; color: var(--quiet) } .ic:hover { background: var(--hover); color: var(--ink) }
.send, .send:hover { background: var(--a); color: var(--on) }
.bar { padding: 8px 20px; background: var(--hover); border-bottom: 1px solid var(--line); font-size: .9375em } .bar.off { background: var(--soon) } .bar:empty { display: none }
.scroll { flex: 1 1 0; min-height: 72px; overflow-y: auto; overscroll-behavior: contain; padding: 20px } .scroll:focus-visible { outline-offset: -3px }
.first { display: grid; gap: 20px } .first div { display: grid; gap: 16px }
.hi { font-size: 1.44em }
.fi { display: grid; gap: 4px } label { font-weight: 600 } label .q { font-weight: 400 }
input, textarea { width: 100%; min-height: 44px; padding: 9px 12px; border: 1px solid var(--edge); border-radius: 6px; background: var(--paper); resize: none } ::placeholder { color: var(--quiet); opacity: 1 }
.shut { border-inline-start: 4px solid var(--waiting); padding-inline-start: 16px } .first .shut { gap: 8px }
.log { display: grid; gap: 4px }
.m { display: grid; gap: 4px; justify-items: start; max-width: 88%; width: fit-content; margin-top: 2px } .m.you { margin-inline-start: auto; justify-items: end } .m.note { max-width: none; margin: 12px 0 4px; padding-inline-start: 14px; border-inline-start: 3px solid var(--line) }
.by { color: var(--quiet); font-size: .875em; margin-top: 12px } .by b { font-weight: 600; color: var(--ink) }
.b { padding: 8px 14px; border: 1px solid var(--line); border-radius: 2px 14px 14px 14px; background: var(--sunk); white-space: pre-wrap } .you .b { border-radius: 14px 2px 14px 14px; background: color-mix(in oklab, var(--at) 11%, var(--paper)); border-color: color-mix(in oklab, var(--at) 40%, var(--paper)) } .note .b { padding: 0; border: 0; background: none; color: var(--quiet); font-size: .9375em }
.fl { display: grid; gap: 6px } img { max-width: 100%; max-height: 220px; border-radius: 6px; display: block } progress { width: 100%; accent-color: var(--at) }
.m .q { display: flex; gap: 4px; align-items: center } .m .q svg { width: 14px; height: 14px } .fl .q { display: inline }
.bad { display: flex; flex-wrap: wrap; gap: 2px 6px; align-items: center; color: var(--broken); font-size: .9375em } .you .bad { justify-content: flex-end; text-align: end } .bad svg { width: 16px; height: 16px }
.ty { min-height: 1.5em; margin-top: 8px; color: var(--quiet); font-size: .9375em } .first:not([hidden]) ~ .ty { display: none }
.co { display: flex; gap: 8px; align-items: flex-end; padding: 10px 12px; border-top: 1px solid var(--line) } .co textarea { flex: 1; min-width: 0; height: 44px; max-height: 140px }
.con { padding: 0 20px 12px } .over { padding: 12px 20px 4px; border-top: 1px solid var(--line) } .over + .co { border: 0 } .more { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; padding: 0 12px 6px }
.pl { min-height: 44px; padding: 4px 8px; border: 0; background: none; color: var(--at); font-weight: 600; text-decoration: underline 1px; text-underline-offset: .2em; font-size: .9375em } .bad .pl, .con .pl { min-height: 32px; padding: 2px 4px }
.ask { display: grid; gap: 8px; padding: 14px 20px; border-top: 1px solid var(--line); background: var(--sunk) } .row { display: flex; flex-wrap: wrap; gap: 8px } .bt { min-height: 44px; padding: 4px 16px; border: 1px solid transparent; border-radius: 6px; background: var(--a); color: var(--on); font-weight: 600 }
.drop { position: absolute; inset: 8px; display: grid; place-items: center; border: 2px dashed var(--at); border-radius: 6px; background: var(--paper); font-weight: 600 }
@media (max-width: 480px), (max-height: 480px) { .p, .left .p { inset: 0 auto auto 0; top: var(--y, 0); width: 100vw; max-width: none; height: var(--h, 100vh); border: 0; border-radius: 0 } .go { right: 16px; bottom: 16px; width: 56px; height: 56px; padding: 0; justify-content: center; border-radius: 50% } .left .go { left: 16px } .go > span { display: none } .go svg { width: 26px; height: 26px } .n { position: absolute; top: -6px; inset-inline-end: -6px; border: 2px solid var(--a) } }
@media (max-height: 360px) { .con, .su { display: none } }
@media (forced-colors: active) { .go, .b, .send, .bt { border-color: CanvasText } }
@media (prefers-reduced-motion: reduce) { .p { animation: none } }`;

  // ── It begins. A desk that does not answer, or has no chat, leaves no button that leads nowhere.
  document.addEventListener("click", event => {
    const opener = ui.all && event.target.closest?.("[data-tantam-chat]");
    if (!opener) return;
    event.preventDefault();
    back = opener;
    show(true);
  });
  addEventListener("offline", paint);
  addEventListener("online", () => { fails = 0; tries = 0; reached(); listen(); ask(); });
  addEventListener("pagehide", hush);
  addEventListener("pageshow", event => { if (event.persisted) listen(), ask(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && ui.all) paint(), ask(); });
  const begin = async wait => {
    try { await greet(); } catch (refusal) {
      if (!refusal.status || refusal.status >= 500) setTimeout(begin, wait, Math.min(2 * wait, 10 * CALM));
      return;
    }
    build();
    draw();
    if (shown) show(true, true);
    wrote();
    pump();
    ask();
  };
  begin(5000);
})();
