/** Small helpers. Trusted Types: nothing here makes HTML from a string. */

export const $ = (selector, within = document) => within.querySelector(selector);
export const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Show an element, or hide it; nothing happens where it is missing. */
export function show(element, visible) {
  if (element && element.hidden === visible) element.hidden = !visible;
}

/** Write only what changed: live regions speak at every write. */
export function write(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** @param {string} tag @param {string} className @param {...(Node | string)} children */
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

/** A random version 4 UUID, also where `crypto.randomUUID` is missing. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The page's translated sentences by key, with `{name}` places; empty for a key that has none. */
export function texts(element) {
  return (key, places = {}) =>
    (element.getAttribute(`data-${key}`) ?? "").replace(/\{(\w+)\}/g, (_whole, name) => places[name] ?? "");
}

/** What a tab remembers over a reload; a convenience, so nothing depends on it. @returns {string | null} */
export function recall(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // full or forbidden
  }
}
