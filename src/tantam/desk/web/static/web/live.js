// Asks every few seconds whether anything happened, while the page is seen; what changed is left to whoever listens.
"use strict";

(() => {
  const EVERY = 4000, SLOWEST = 60000, PATIENCE = 6000;

  // Ask for as long as the page is open. ask(signal) returns a promise; a failure makes the pauses longer, and is said
  // where nobody answered. Once the line is back it is asked at once.
  window.tantamAsk = ask => {
    let pause = EVERY, timer = 0;
    const next = () => { clearTimeout(timer); timer = setTimeout(turn, pause); };
    const turn = async () => {
      if (document.hidden) return next();
      try {
        await ask(AbortSignal.timeout(PATIENCE));
        pause = EVERY;
        line.found();
      } catch (failed) {
        pause = Math.min(2 * pause, SLOWEST);
        if (unanswered(failed)) line.lost(); else line.found();
      }
      return next();
    };
    const now = () => { if (!document.hidden) { pause = EVERY; turn(); } };
    document.addEventListener("visibilitychange", now);
    addEventListener("online", now);
    next();
    return turn;
  };

  const unanswered = failed => ["TypeError", "TimeoutError"].includes(failed.name) || /^50[234]$/.test(failed.message);

  // ── A case: who else is here, and whether they are answering.
  const here = document.querySelector("[data-looking]");
  if (here) {
    let typed = 0, mark = here.dataset.mark;
    const field = event => event.target.closest("#say textarea, textarea[name=body], textarea[name=note]");
    document.addEventListener("input", event => {
      if (!field(event)) return;
      const begins = Date.now() - typed > 8000;
      typed = Date.now();
      if (begins) say().catch(() => {});
    });
    const tell = (also, signal) => post(here.dataset.looking, new URLSearchParams(also), { keepalive: "leaves" in also, signal });
    const say = async signal => {
      const answer = await tell(Date.now() - typed < 10000 ? { typing: "1" } : {}, signal);
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
