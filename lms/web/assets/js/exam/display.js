/** Says on the page what is true of the paper: saved or not, network, time, what is missing. Decides nothing. */
import { formatRemaining } from "./clock.js";
import { $, $$, make, show, write } from "./dom.js";

const NOTE = 20_000;
const SOON = 300_000;

export class Display {
  constructor(form, text) {
    this.form = form;
    this.text = text;
    this.cells = new Map($$("#overview [data-goto]").map((cell) => [Number(cell.dataset.goto), cell]));
    this.chip = $("[data-save-chip]", form);
    this.clock = $("[data-clock]", form);
    for (const element of $$("[data-scripted]", form)) show(element, true);
    show($("[data-plain]", form), false);
    show(this.chip, true);
  }

  /** @param {number} count  questions unsaved @param {string} state  of Sync */
  saving(count, state) {
    const trouble = !["idle", "saving"].includes(state);
    const kind = !count ? "saved" : trouble ? "unsaved" : "saving";
    this.chip.dataset.state = kind;
    write(this.chip, this.text(kind, { n: count }));
  }

  /** @param {string} state  of Sync or of the last heartbeat @param {boolean} kept  on this machine */
  network(state, count, kept) {
    const words = this.text(`link-${state === "offline" && !kept ? "unkept" : state}`);
    const more = count ? ` ${this.text("left-unsaved", { n: count })}` : "";
    this.strip("network", words !== "", words + more);
  }

  /** Show or hide `[data-<name>]`, with other words if some are given. */
  strip(name, visible, words) {
    const element = $(`[data-${name}]`, this.form);
    show(element, visible);
    if (words !== undefined) write(element, words);
  }

  time(remaining) {
    const limited = remaining !== Infinity;
    show(this.clock, limited);
    if (!limited) return;
    const face = formatRemaining(remaining);
    this.clock.classList.toggle("soon", remaining <= SOON);
    const words = remaining > 0 ? this.text("left", { time: face }) : this.text("over");
    write($("[data-clock-text]", this.clock), remaining > SOON ? face : words);
  }

  timeNote(words) {
    this.strip("time-note", true, words);
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => this.strip("time-note", false), NOTE);
  }

  /** @param {{id: string, text: string}} item @param {() => void} onRead */
  news(item, onRead) {
    const button = make("button", "btn btn-quiet btn-small", this.text("read"));
    button.type = "button";
    const strip = make("p", "exam-strip info", make("span", "", item.text), button);
    button.addEventListener("click", () => {
      strip.remove();
      onRead();
    });
    $("[data-news]", this.form).append(strip);
  }

  /** @param {import("./question.js").Question[]} questions @param {Set<number>} unsaved */
  overview(questions, unsaved) {
    let done = 0;
    for (const question of questions) {
      const cell = this.cells.get(question.slot);
      const facts = { answered: question.complete, flagged: question.flagged, unsaved: unsaved.has(question.slot) };
      done += facts.answered;
      for (const [name, holds] of Object.entries(facts)) cell.classList.toggle(name, holds);
      const words = Object.keys(facts).filter((name) => facts[name]);
      if (!facts.answered) words.unshift("empty");
      write($("[data-cell-words]", cell), words.map((name) => `, ${this.text(`cell-${name}`)}`).join(""));
    }
    this.strip("progress", true, this.text("progress", { done, all: questions.length }));
    this.strip("do=empty", done < questions.length);
  }

  /** List questions under a heading, or hide it. @param {"empty" | "flagged" | "unsaved" | "lost"} name */
  missing(name, questions) {
    const block = $(`[data-missing=${name}]`, this.form);
    show(block, questions.length > 0);
    const numbers = questions.map((question) => question.number).join(" ");
    if (block.dataset.numbers === numbers) return;
    block.dataset.numbers = numbers;
    write($("[data-missing-words]", block), this.text(`missing-${name}`, { n: questions.length }));
    $("ul", block).replaceChildren(...questions.map((question) => make("li", "", numberLink(question, name !== "lost"))));
  }

  handIn(key) {
    this.strip("hand-in-state", Boolean(key), key && this.text(key));
  }

  closed(titleKey, wordsKey) {
    this.strip("closed-title", true, this.text(titleKey));
    this.strip("closed-words", Boolean(wordsKey), wordsKey && this.text(wordsKey));
  }
}

function numberLink(question, linked) {
  const element = make(linked ? "a" : "span", "exam-cell", question.number);
  if (linked) {
    element.href = `#${question.section.id}`;
    Object.assign(element.dataset, { do: "goto", goto: question.slot });
  }
  return element;
}
