/** What is in front of the learner: one question, the overview, the hand-in panel, or the end. */
import { $, $$, recall, remember, show } from "./dom.js";

export class Pager {
  /** @param {HTMLElement} form @param {import("./question.js").Question[]} questions @param {string} memory  a
   *  sessionStorage key @param {() => void} onMove */
  constructor(form, questions, memory, onMove) {
    this.form = form;
    this.questions = questions;
    this.memory = memory;
    this.onMove = onMove;
    this.panels = $$("[data-panel]", form);
    this.panel = "";
    this.at = Math.max(0, questions.findIndex((question) => question.slot === Number(recall(memory))));
    document.addEventListener("keydown", (event) => this.#key(event));
    this.#draw();
  }

  get current() {
    return this.questions[this.at];
  }

  goto(slot) {
    const at = this.questions.findIndex((question) => question.slot === Number(slot));
    if (at < 0) return;
    this.at = at;
    remember(this.memory, slot);
    this.open("");
  }

  back() {
    if (this.panel) this.open("");
    else this.step(-1);
  }

  step(by) {
    if (this.panel === "closed") return;
    const next = this.questions[this.at + by];
    if (next) this.goto(next.slot);
    else if (by > 0) this.open("overview");
  }

  /** @param {"" | "overview" | "hand-in" | "closed"} panel  "" is the question
   *  @param {boolean} again  also after the end, which else nothing leaves */
  open(panel, again = false) {
    if (this.panel === "closed" && !again) return;
    this.panel = panel;
    this.#draw();
    this.onMove();
    const heading = $("[tabindex='-1']", panel ? this.#panelNamed(panel) : this.current.section);
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  #key(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault(); // elsewhere the browser would go back a page
    this.step(by);
  }

  #draw() {
    this.questions.forEach((question, index) => show(question.section, !this.panel && index === this.at));
    for (const panel of this.panels) show(panel, panel.dataset.panel === this.panel);
    const nav = $("[data-nav]", this.form);
    show(nav, this.panel !== "closed");
    $("[data-do=back]", nav).disabled = !this.panel && this.at === 0;
    const next = $("[data-do=next]", nav);
    next.disabled = this.panel === "overview" && this.at === this.questions.length - 1;
    next.classList.toggle("btn-primary", !this.panel); // a panel has a main action of its own
    next.classList.toggle("btn-secondary", Boolean(this.panel));
    $("[data-do=overview]", nav).setAttribute("aria-expanded", String(this.panel === "overview"));
    for (const cell of $$("[data-goto]", this.#panelNamed("overview"))) {
      if (Number(cell.dataset.goto) === this.current.slot) cell.setAttribute("aria-current", "step");
      else cell.removeAttribute("aria-current");
    }
  }

  #panelNamed(name) {
    return this.panels.find((panel) => panel.dataset.panel === name);
  }
}
