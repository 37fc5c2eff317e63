// What is known: what the browser keeps, who one is, what was said.
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
