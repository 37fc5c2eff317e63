// Sends words and files, one after the other, and says what became of each.
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
