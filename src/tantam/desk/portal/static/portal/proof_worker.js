// Finds, for each part, the first number whose SHA-256 begins with enough zeros; see tantam.desk.portal.puzzle.
// SHA-256 by hand: what it hashes is shorter than a block, and crypto.subtle is slow for many and missing without TLS.
"use strict";
const PARTS = 4;
const BITS = 15;
const K = new Uint32Array(64);
const START = new Uint32Array(8);
{
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    const part = (root) => Math.floor((root - Math.floor(root)) * 4294967296);
    if (found < 8) START[found] = part(Math.sqrt(n));
    K[found++] = part(Math.cbrt(n));
  }
}
const w = new Uint32Array(64);
const block = new Uint8Array(64);

function firstWord(text) {
  block.fill(0);
  for (let i = 0; i < text.length; i++) block[i] = text.charCodeAt(i);
  block[text.length] = 0x80;
  block[62] = (text.length * 8) >> 8;
  block[63] = (text.length * 8) & 255;
  for (let i = 0; i < 16; i++) {
    w[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const t = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = w[i - 16] + s + w[i - 7] + t;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const s = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const t = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (t + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (START[0] + a) >>> 0;
}

onmessage = (told) => {
  const found = [];
  for (let part = 0; part < PARTS; part++) {
    let n = 0;
    while (firstWord(`${told.data}${part}:${n}`) >>> (32 - BITS) !== 0) n++;
    found.push(n);
  }
  postMessage(found.join(","));
};
