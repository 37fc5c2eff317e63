// Hears what happens: over a stream that one tab holds, told to the others.
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
  if (stream || !token || state === "resolved" || !window.TextDecoderStream) return;
  if (leads !== true) return wait();
  const own = stream = new AbortController();
  follow(own).catch(() => {}).then(() => {
    if (stream !== own) return;
    hush();
    alive(false);
    tries += 1;
    again = setTimeout(listen, Math.min(500 * 2 ** tries, CALM) * (0.5 + Math.random()));
    ask();
  });
};
// The token goes in a header, as everywhere: an address is written down by whoever passes it on.
const follow = async own => {
  const headers = { Authorization: `Chat ${token}`, ...last && { "Last-Event-ID": last } };
  const answer = await fetch(`${AT}stream`, { headers, credentials: "omit", cache: "no-store", signal: own.signal });
  if (!answer.ok) throw answer.status;
  load().catch(() => {});  // what happened before it was there
  tries = 0;
  alive(true);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part; !(part = await reader.read()).done && stream === own;) {
    const events = (rest + part.value).split("\n\n");
    rest = events.pop();
    events.forEach(told);
  }
};
const told = event => {
  const { id, event: kind, data } = Object.fromEntries(event.split("\n").map(each => each.split(/: ?(.*)/s, 2)));
  last = id || last;
  if (!KINDS.includes(kind)) return;
  const what = JSON.parse(data);
  share(kind, what);
  hear(kind, what);
  paint();
};
const hush = () => { stream?.abort(); stream = null; };
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
