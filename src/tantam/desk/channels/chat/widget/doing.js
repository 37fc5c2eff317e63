// What one does at the window.
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
