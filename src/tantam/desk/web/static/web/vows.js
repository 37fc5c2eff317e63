// Offers to remember a promise that is being written. Without it the form "Promise something" does the same.
"use strict";

(() => {
  const PAUSE = 600; // ms after the last key
  let asked = "", left = "";

  const offer = () => one(".vow-offer");
  const body = () => one("#say #body");

  async function send(address, fields) {
    const answer = await post(address, fields);
    return answer.ok || answer.status === 409 ? answer.text() : null;
  }

  async function look() {
    const at = offer(), field = body();
    if (!at || !field) return;
    const text = field.value.slice(-4000);
    if (text === asked) return;
    asked = text;
    if (text.trim().length < 8) { at.replaceChildren(); return; }
    const fields = new FormData();
    fields.set("body", text);
    const html = await send(at.dataset.found, fields).catch(() => null);
    if (html === null || text !== body()?.value.slice(-4000)) return;
    const words = html.match(/name="when" value="([^"]*)"/)?.[1] || "";
    if (words && words === left) return; // said no to this time already
    at.innerHTML = html.trim();
  }

  const lookSoon = afterPause(PAUSE, look);
  document.addEventListener("input", event => { if (event.target.id === "body") lookSoon(); });

  document.addEventListener("submit", async event => {
    const form = event.target.closest(".vow-found");
    if (!form) return;
    event.preventDefault();
    const html = await send(form.action, new FormData(form)).catch(() => null);
    if (html !== null && offer()) offer().innerHTML = html.trim();
    body()?.focus();
  });

  document.addEventListener("click", event => {
    if (!event.target.closest("[data-vow-leave]")) return;
    left = offer()?.querySelector("[name=when]")?.value || "";
    offer()?.replaceChildren();
    body()?.focus();
  });

  // Alt P, then Enter: two keystrokes.
  document.addEventListener("keydown", event => {
    if (!event.altKey || event.code !== "KeyP" || event.ctrlKey || event.metaKey) return;
    const button = document.querySelector("[data-vow-take]");
    const form = document.querySelector(".vow-form");
    if (!button && !form) return;
    event.preventDefault();
    if (button) { button.focus(); return; }
    form.open = true;
    form.querySelector("[name=when]")?.focus();
  });
})();
