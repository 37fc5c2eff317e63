// Shows in an approved text what is typed into its places. Without it the text shows what stood there first.
"use strict";

document.addEventListener("input", (event) => {
  const field = event.target, name = field.dataset?.place, form = field.closest("[data-wording]");
  if (!name || !form) return;
  for (const shown of form.querySelectorAll("[data-shows]")) {
    if (shown.dataset.shows !== name) continue;
    shown.textContent = field.value.trim() || shown.dataset.else;
    shown.classList.toggle("wording-empty", !field.value.trim());
  }
});
