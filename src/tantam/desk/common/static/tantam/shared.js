// What the desk's scripts share: finding elements, words without their marks, posting as this page, waiting for a pause.
"use strict";

const all = (what, within = document) => [...within.querySelectorAll(what)];
const one = (what, within = document) => within?.querySelector(what) ?? null;

// "Gộp", "gop" and "GOP" are one word, and so are "Gruß" and "grus".
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").replace(/ß/g, "ss").toLowerCase();

// The token of the cookie, which is new after signing in again in another tab; else that of a form of the page.
const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? one("[name=csrfmiddlewaretoken]")?.value ?? "";

// Post fields as this page. Whoever is signed out is sent to sign in: that answer is neither `ok` nor followed.
const post = (address, fields, options = {}) => fetch(address, {
  method: "POST",
  headers: { "X-CSRFToken": token() },
  body: fields,
  redirect: "manual",
  ...options,
});

// Return a function that calls `act` once `pause` ms have passed since it was called last; its `cancel` forgets that.
function afterPause(pause, act) {
  let timer = 0;
  const soon = (...given) => { clearTimeout(timer); timer = setTimeout(() => act(...given), pause); };
  soon.cancel = () => clearTimeout(timer);
  return soon;
}
