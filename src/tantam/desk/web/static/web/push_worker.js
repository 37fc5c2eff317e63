// Shows what is pushed, and opens what it is about; keeps nothing.
"use strict";

self.addEventListener("push", event => {
  const news = event.data ? event.data.json() : { title: "Tantam", body: "", url: "/desk/notices/", tag: "news" };
  event.waitUntil(self.registration.showNotification(news.title, { body: news.body, tag: news.tag, data: { url: news.url } }));
});

self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil((async () => {
    const to = new URL(event.notification.data.url, self.location.origin);
    if (to.origin !== self.location.origin) return;
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const shown = open.find(each => new URL(each.url).pathname.startsWith("/desk/"));
    if (shown) { await shown.focus(); await shown.navigate(to.href); } else await self.clients.openWindow(to.href);
  })());
});
