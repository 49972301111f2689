// Choosing rows of a table: all, one, a range with shift; the bar of actions shows how many.
import { on } from "../lib/dom.js";

const last = {};
const boxesOf = (id) => [...document.querySelectorAll(`[data-bulk="${CSS.escape(id)}"]`)];

function show(id) {
  const boxes = boxesOf(id);
  const chosen = boxes.filter((box) => box.checked).length;
  const bar = document.querySelector(`[data-bulk-bar="${CSS.escape(id)}"]`);
  bar?.classList.toggle("is-active", chosen > 0);
  const count = bar?.querySelector("[data-bulk-count]");
  if (count) count.textContent = String(chosen);
  for (const all of document.querySelectorAll(`[data-bulk-all="${CSS.escape(id)}"]`)) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  for (const box of boxes) box.closest("tr")?.classList.toggle("is-picked", box.checked);
}

function pick(event, box) {
  const id = box.dataset.bulk;
  const boxes = boxesOf(id);
  const [from, to] = [boxes.indexOf(last[id]), boxes.indexOf(box)];
  if (event.shiftKey && from >= 0) {
    for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  }
  last[id] = box;
  show(id);
}

export function start() {
  on("click", "[data-bulk]", pick);
  on("change", "[data-bulk-all]", (event, all) => {
    for (const box of boxesOf(all.dataset.bulkAll)) box.checked = all.checked;
    show(all.dataset.bulkAll);
  });
  for (const bar of document.querySelectorAll("[data-bulk-bar]")) show(bar.dataset.bulkBar);
}
