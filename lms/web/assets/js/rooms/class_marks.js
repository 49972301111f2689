// A page of marks: Enter and the arrows go to the same column of the next or previous person. Without this file Tab does.

const STEPS = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

function move(form, event) {
  const step = STEPS[event.key];
  const field = event.target.closest("[data-mark]");
  if (step === undefined || field === null || event.altKey || event.ctrlKey || event.metaKey) return;
  const column = [...form.querySelectorAll("[data-mark]")].filter((one) => one.dataset.mark === field.dataset.mark);
  const next = column[column.indexOf(field) + step];
  event.preventDefault();
  if (next === undefined) return;
  next.focus();
  next.select();
}

export function start() {
  for (const form of document.querySelectorAll("[data-marks]")) {
    form.addEventListener("keydown", (event) => move(form, event));
  }
}
