/**
 * One question on the page: reads and writes its inputs.
 *
 * Answers are what the question kinds store, by `data-input`: radio: an option's id, or a boolean for true and false;
 * checkbox: a sorted list of ids; text: a string; group: {statement id: boolean}. Nothing answered is null.
 */
import { $, $$, make } from "./dom.js";

const WORDS = { true: true, false: false };

export class Question {
  /** @param {HTMLElement} section  `[data-slot]` */
  constructor(section) {
    this.section = section;
    this.slot = Number(section.dataset.slot);
    this.number = section.dataset.number;
    this.input = section.dataset.input;
    this.revision = Number(section.dataset.revision) || 0;
    this.fields = $$("[data-answer]", section);
    this.flag = $("[data-flag]", section);
    this.fieldset = $("[data-fields]", section);
    // What the server wrote, not what the browser put back into the form after a reload.
    for (const field of [...this.fields, this.flag]) {
      if ("checked" in field && isChoice(field)) field.checked = field.defaultChecked;
      else field.value = field.defaultValue;
    }
  }

  get flagged() {
    return this.flag.checked;
  }

  get answer() {
    if (this.input === "text") return this.fields[0].value.normalize("NFC").trim() || null;
    const chosen = this.fields.filter((field) => isChoice(field) && field.checked);
    if (!chosen.length) return null;
    if (this.input === "checkbox") return chosen.map((field) => field.value).sort();
    if (this.input === "group") return Object.fromEntries(chosen.map((field) => [field.dataset.answer, judged(field)]));
    return WORDS[chosen[0].value] ?? chosen[0].value;
  }

  /** Whether every part has an answer. */
  get complete() {
    const { answer } = this;
    if (answer === null || this.input !== "group") return answer !== null;
    return this.fields.length === 2 * Object.keys(answer).length;
  }

  /** Show an answer as if the learner had given it. */
  show(answer, flagged) {
    this.flag.checked = Boolean(flagged);
    for (const field of this.fields) {
      if (isChoice(field)) field.checked = this.#holds(answer, field);
      else field.value = answer ?? "";
    }
  }

  lock(locked) {
    this.fieldset.disabled = locked;
  }

  /** The answer in words, for reading beside another. @returns {Node} */
  describe(answer, nothing) {
    if (answer === null || answer === undefined || answer.length === 0) return make("p", "exam-version-none", nothing);
    if (this.input === "text") return make("p", "exam-version-text", String(answer));
    const rows = this.fields
      .filter((field) => this.#holds(answer, field))
      .map((field) => make("li", "", $$("[data-words]", field.closest("[data-choice]")).map(words).join(". ")));
    return make("ul", "exam-version-list", ...rows);
  }

  #holds(answer, field) {
    if (answer === null || answer === undefined) return false;
    if (this.input === "group") return answer[field.dataset.answer] === judged(field);
    return Array.isArray(answer) ? answer.includes(field.value) : String(answer) === field.value;
  }
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

/** A statement's radio says `a:true`. */
function judged(field) {
  return field.value.endsWith(":true");
}

function words(element) {
  return element.textContent.trim().replace(/\s+/g, " ");
}
