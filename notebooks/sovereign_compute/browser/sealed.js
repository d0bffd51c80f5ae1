// What a page holds and does not show: sealed of browser/sealed.py.

import { sha256 } from "./cases.js";

const KEY = sha256("sovereign-compute");

export function opened(letters) {
  const bytes = Uint8Array.from(atob(letters), (letter, i) => letter.charCodeAt(0) ^ KEY[i % KEY.length]);
  return JSON.parse(new TextDecoder().decode(bytes));
}
