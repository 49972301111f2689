// Forms: questions before they are sent, one sending only, a warning before unsaved changes are left.
import { make, on } from "../lib/dom.js";
import { ask } from "../lib/confirm.js";
import { word } from "../lib/words.js";

const agreed = new WeakSet();
const changed = new Set();

function questionOf(form, submitter) {
  return submitter?.dataset.confirm !== undefined ? submitter : form.dataset.confirm !== undefined ? form : null;
}

function guardSubmit(event, form) {
  const holder = questionOf(form, event.submitter);
  if (holder && !agreed.has(form)) {
    event.preventDefault();
    const { confirm, confirmLabel, confirmKind } = holder.dataset;
    const { submitter } = event;
    ask(confirm || word("sure"), { yes: confirmLabel, kind: confirmKind }).then((yes) => {
      if (!yes) return;
      agreed.add(form);
      form.requestSubmit ? form.requestSubmit(submitter ?? undefined) : form.submit();
    });
    return;
  }
  agreed.delete(form);
  if (event.defaultPrevented) return;
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  changed.delete(form);
  if (form.dataset.once === undefined) return;
  form.dataset.sent = "";
  // Disabled only after the browser has read the form, so that the button's own value is sent.
  setTimeout(() => buttonsOf(form).forEach((button) => button.setAttribute("aria-disabled", "true")));
  // An answer that is a file leaves the page standing: then the form may be sent again.
  setTimeout(() => allowAgain(form), 10000);
}

function buttonsOf(form) {
  return [...form.elements].filter((field) => field.type === "submit");
}

function allowAgain(form) {
  delete form.dataset.sent;
  buttonsOf(form).forEach((button) => button.removeAttribute("aria-disabled"));
}

// Back and forward show the page as it was left.
function release(event) {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(allowAgain);
}

function warnBeforeLeaving(event) {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  if (changed.size) event.preventDefault();
}

function autoSubmit(form, field) {
  if (field.type === "search" || field.type === "text" || isTooLarge(field)) return;
  form.requestSubmit ? form.requestSubmit() : form.submit();
}

function megabytes(field) {
  return [...(field.files ?? [])].reduce((sum, file) => sum + file.size, 0) / 1048576;
}

function isTooLarge(field) {
  const max = Number(field.dataset.maxMb ?? 0);
  return max > 0 && megabytes(field) > max;
}

function showFile(field) {
  const note = field.parentElement.querySelector(".file-name") ?? make("p", { class: "file-name", role: "status" });
  const max = Number(field.dataset.maxMb ?? 0);
  const shown = megabytes(field).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
  const large = isTooLarge(field);
  note.dataset.kind = large ? "danger" : "";
  note.textContent = large
    ? word("tooBig", { size: shown, max })
    : [...field.files].map((file) => file.name).join(", ") + (field.files.length ? ` (${shown} MB)` : "");
  field.after(note);
}

function reveal(field) {
  const target = document.querySelector(field.dataset.reveal);
  if (target) target.hidden = !field.checked;
}

export function start() {
  on("submit", "form", guardSubmit);
  window.addEventListener("pageshow", release);
  window.addEventListener("beforeunload", warnBeforeLeaving);
  on("input", "form[data-dirty]", (event, form) => changed.add(form));
  on("change", "form[data-auto-submit] :is(select, input)", (event, field) => autoSubmit(field.form, field));
  on("change", "input[data-file-name]", (event, field) => showFile(field));
  on("change", "input[type=checkbox], input[type=radio]", (event, field) => {
    const group = field.type === "radio" ? document.querySelectorAll(`input[name="${CSS.escape(field.name)}"]`) : [field];
    for (const one of group) if (one.dataset.reveal) reveal(one);
  });
  document.querySelectorAll("[data-reveal]").forEach(reveal);
  document.querySelector("[data-error-summary]")?.focus();
}
