// Short words after an action. Errors stay until closed; the rest goes after a while, never while pointed at or focused.
import { icon, make } from "./dom.js";
import { word } from "./words.js";

const shapes = { ok: "check-circle-fill", info: "info-circle-fill", warn: "exclamation-triangle-fill", danger: "x-octagon-fill" };

export function expire(item) {
  if (item.classList.contains("toast-danger")) return;
  const wait = 4000 + item.textContent.trim().length * 60;
  const check = () => (item.matches(":hover, :focus-within") ? setTimeout(check, 1000) : item.remove());
  setTimeout(check, wait);
}

export function toast(kind, text) {
  const close = make("button", { type: "button", class: "toast-close", "data-toast-close": "", "aria-label": word("close") }, icon("x-lg"));
  const item = make(
    "div",
    { class: `toast-item toast-${kind}`, role: kind === "danger" ? "alert" : "status", "data-toast": "" },
    icon(shapes[kind] ?? shapes.info),
    make("span", { class: "toast-words" }, text),
    close,
  );
  document.getElementById("toasts")?.append(item);
  expire(item);
  return item;
}
