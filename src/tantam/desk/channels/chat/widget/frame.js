// The parts of the window.
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
