// Asks for all of it after each gap, and takes the token with the first word.
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
