// Words as the desk gives them, and elements made of them: text stays text, whatever it says.
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
