// The procedure's panel: puts a question or a text of the plan into the composer. Without it both are there to read.
"use strict";

(() => {
  function put(words, mode) {
    const form = document.getElementById("say");
    const field = form?.querySelector("#body");
    if (!field) return;
    const chosen = form.querySelector(`[name=mode][value=${mode}]`);
    if (chosen) chosen.click();
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${words}` : words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector('[data-shows="mid"]')?.click();
    field.focus();
  }

  document.addEventListener("click", event => {
    const at = event.target.closest("[data-steps-ask], [data-steps-say]");
    if (!at || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (at.dataset.stepsAsk) put(at.dataset.stepsAsk, "ask"); else put(at.dataset.stepsSay, "reply");
  });
})();
