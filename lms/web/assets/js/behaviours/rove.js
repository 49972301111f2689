// Arrow keys (and j, k) move between the items of a list; typing in a field is left alone.
import { on } from "../lib/dom.js";

const steps = { ArrowDown: 1, ArrowRight: 1, j: 1, ArrowUp: -1, ArrowLeft: -1, k: -1 };

export function itemsOf(container) {
  const marked = [...container.querySelectorAll("[data-rove-item]")];
  return (marked.length ? marked : [...container.querySelectorAll("a[href], button:not([disabled])")]).filter((item) => item.offsetParent);
}

export function move(container, step) {
  const items = itemsOf(container);
  if (!items.length) return;
  const now = items.findIndex((item) => item.contains(document.activeElement));
  const next = items[now < 0 ? 0 : Math.min(Math.max(now + step, 0), items.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

export function start() {
  on("keydown", "[data-rove]", (event, container) => {
    if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select") || event.altKey || event.ctrlKey || event.metaKey) return;
    const items = itemsOf(container);
    const end = { Home: -items.length, End: items.length }[event.key];
    const step = steps[event.key] ?? end;
    if (!step) return;
    event.preventDefault();
    move(container, step);
  });
}
