// Does the sum that an odd form asks for, beside the page; whoever sends sooner waits for it, and never for long.
"use strict";
(() => {
  const LONGEST = 8000; // milliseconds that sending waits: then it goes without
  for (const field of document.querySelectorAll("input[data-puzzle]")) {
    if (!window.Worker) continue;
    const form = field.form;
    const worker = new Worker(field.dataset.worker);
    let sending = null;
    const done = () => {
      worker.terminate();
      if (sending === null) return;
      const how = sending;
      sending = null;
      form.requestSubmit(how.button || undefined);
    };
    let finished = false;
    const finish = (solution) => {
      if (finished) return;
      finished = true;
      field.value = solution;
      done();
    };
    worker.onmessage = (told) => finish(told.data);
    worker.onerror = () => finish("");
    form.addEventListener("submit", (event) => {
      if (finished) return;
      event.preventDefault();
      if (sending !== null) return;
      sending = { button: event.submitter };
      form.setAttribute("aria-busy", "true");
      setTimeout(() => finish(""), LONGEST);
    });
    worker.postMessage(field.dataset.puzzle);
  }
})();
