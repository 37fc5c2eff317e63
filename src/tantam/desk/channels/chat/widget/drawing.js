// Draws only what changed, so that nothing is read aloud twice.
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
