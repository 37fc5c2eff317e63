// The company's colour, so that it can be read on paper and paper on it.
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
