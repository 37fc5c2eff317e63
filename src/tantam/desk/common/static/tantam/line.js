// Says at once that nobody answers any more, and stops saying so when somebody does.
"use strict";

// lost(): nobody answered. found(): somebody did. Both may be called at any time, as often as one likes.
const line = (() => {
  const place = document.querySelector("#line > p");
  const say = lost => { if (place && place.hidden === lost) place.hidden = !lost; };
  const lost = () => say(true), found = () => say(false);
  addEventListener("offline", lost);
  addEventListener("online", found); // whoever asks next knows better
  document.addEventListener("htmx:sendError", lost);
  document.addEventListener("htmx:afterRequest", event => { if (event.detail.xhr?.status) found(); });
  if (!navigator.onLine) lost();
  return { lost, found };
})();
