// Asks every few seconds whether anything happened, while the page is seen; what changed is left to whoever listens.
"use strict";

(() => {
  const EVERY = 4000, SLOWEST = 60000;

  // Ask `address` for as long as the page is open. ask(signal) returns a promise; a failure makes the pauses longer.
  window.tantamAsk = ask => {
    let pause = EVERY, timer = 0;
    const next = () => { clearTimeout(timer); timer = setTimeout(turn, pause); };
    const turn = async () => {
      if (document.hidden) return next();
      try {
        await ask();
        pause = EVERY;
      } catch {
        pause = Math.min(2 * pause, SLOWEST);
      }
      return next();
    };
    document.addEventListener("visibilitychange", () => { if (!document.hidden) { pause = EVERY; turn(); } });
    next();
    return turn;
  };

  // ── A case: who else is here, and whether they are answering.
  const here = document.querySelector("[data-looking]");
  if (here) {
    let typed = 0, mark = here.dataset.mark;
    const field = event => event.target.closest("#say textarea, textarea[name=body], textarea[name=note]");
    document.addEventListener("input", event => {
      if (!field(event)) return;
      const begins = Date.now() - typed > 8000;
      typed = Date.now();
      if (begins) say();
    });
    const tell = also => post(here.dataset.looking, new URLSearchParams(also), { keepalive: "leaves" in also });
    const say = async () => {
      const answer = await tell(Date.now() - typed < 10000 ? { typing: "1" } : {});
      if (!answer.ok) throw new Error(String(answer.status));
      const told = await answer.json();
      if (here.textContent !== told.said) here.textContent = told.said;
      here.classList.toggle("typing", told.typing);
      if (mark && told.mark !== mark) changed();
      mark = told.mark;
    };
    // The part of the page that says that there is news asks for itself at once, not at its next minute.
    const changed = () => {
      const part = document.querySelector("#owed[hx-get]");
      if (part && window.htmx) window.htmx.ajax("GET", part.getAttribute("hx-get"), { source: part });
    };
    const turn = window.tantamAsk(say);
    turn();
    addEventListener("pagehide", () => { tell({ leaves: "1" }).catch(() => {}); });
  }
})();
