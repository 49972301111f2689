// The door of an exam: a tap is one small request, and the row changes in place; the field above narrows the list.
// Without this file the same form posts and the same field asks the server.

import { icon, make, on } from "../lib/dom.js";
import { toast } from "../lib/toast.js";

function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").trim();
}

function count() {
  const line = document.querySelector("[data-door-count]");
  const rows = [...document.querySelectorAll("[data-door-row]")];
  const done = rows.filter((row) => row.classList.contains("is-checked")).length;
  const all = done + rows.filter((row) => row.querySelector("[data-door-tick]")).length;
  line.textContent = line.dataset.words.replace("{done}", done).replace("{all}", all);
}

async function tick(event, form) {
  event.preventDefault();
  const list = form.closest("[data-door]");
  const button = form.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) {
      toast("danger", told.message || list.dataset.lost);
      button.removeAttribute("aria-disabled");
      return;
    }
    const row = form.closest("[data-door-row]");
    row.classList.add("is-checked");
    form.replaceWith(make("span", { class: "door-done", tabindex: "-1" }, icon("check-lg"), list.dataset.done));
    row.querySelector(".door-done").focus({ preventScroll: true });
    count();
  } catch {
    toast("danger", list.dataset.lost);
    button.removeAttribute("aria-disabled");
  }
}

function narrow(_event, field) {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll("[data-door-row]")) {
    row.hidden = !words.every((word) => row.dataset.find.includes(word));
  }
}

export function start() {
  on("submit", "[data-door-tick]", tick);
  on("input", "[data-door-search]", narrow);
}
