// How it begins.
// ── It begins. A desk that does not answer, or has no chat, leaves no button that leads nowhere.
document.addEventListener("click", event => {
  const opener = ui.all && event.target.closest?.("[data-tantam-chat]");
  if (!opener) return;
  event.preventDefault();
  back = opener;
  show(true);
});
addEventListener("offline", paint);
addEventListener("online", () => { fails = 0; tries = 0; reached(); listen(); ask(); });
addEventListener("pagehide", hush);
addEventListener("pageshow", event => { if (event.persisted) listen(), ask(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden && ui.all) paint(), ask(); });
const begin = async wait => {
  try { await greet(); } catch (refusal) {
    if (!refusal.status || refusal.status >= 500) setTimeout(begin, wait, Math.min(2 * wait, 10 * CALM));
    return;
  }
  build();
  draw();
  if (shown) show(true, true);
  wrote();
  pump();
  ask();
};
begin(5000);
