// Lets this browser show what concerns its reader, or no longer.
"use strict";

(() => {
  const part = document.querySelector("[data-push]");
  if (!part || !("serviceWorker" in navigator) || !("PushManager" in window)) return;
  const on = part.querySelector("[data-push-on]"), off = part.querySelector("[data-push-off]");
  const said = part.querySelector("[data-push-said]");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const bytes = words => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), each => each.charCodeAt(0));
  const send = async fields => {
    const answer = await fetch(part.dataset.pushTo, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(fields) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const worker = () => navigator.serviceWorker.register(part.dataset.pushWorker, { scope: "/desk/" });
  const show = subscribed => { on.hidden = subscribed; off.hidden = !subscribed; };

  on.addEventListener("click", async () => {
    if (await Notification.requestPermission() !== "granted") { said.textContent = said.dataset.pushDenied; return; }
    try {
      const registration = await worker();
      const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(part.dataset.pushKey) });
      await send({ endpoint: subscription.endpoint, p256dh: text(subscription.getKey("p256dh")), auth: text(subscription.getKey("auth")) });
      said.textContent = said.dataset.pushDone;
      show(true);
    } catch {
      said.textContent = said.dataset.pushFailed;
    }
  });
  off.addEventListener("click", async () => {
    const registration = await navigator.serviceWorker.getRegistration("/desk/");
    const subscription = await registration?.pushManager.getSubscription();
    if (subscription) {
      await send({ endpoint: subscription.endpoint, off: "1" });
      await subscription.unsubscribe();
    }
    said.textContent = "";
    show(false);
  });
  part.hidden = false;
  navigator.serviceWorker.getRegistration("/desk/").then(async known => show(Boolean(await known?.pushManager.getSubscription())));
})();
