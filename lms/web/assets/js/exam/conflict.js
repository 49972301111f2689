/** The panel in a question that was changed elsewhere too: both versions, and the learner chooses. */
import { $, show } from "./dom.js";

/**
 * @param {import("./question.js").Question} question
 * @param {{answer: unknown}} mine @param {import("./queue.js").Stored} stored
 * @param {{nothing: string, keepMine: () => void, takeStored: () => void}} choice
 */
export function showConflict(question, mine, stored, { nothing, keepMine, takeStored }) {
  const place = $("[data-conflict]", question.section);
  const panel = $("#exam-conflict").content.cloneNode(true);
  const title = $(".exam-conflict-title", panel);
  title.id = `q-${question.slot}-conflict`;
  $(".exam-conflict", panel).setAttribute("aria-labelledby", title.id);
  $("[data-mine]", panel).append(question.describe(mine.answer, nothing));
  $("[data-stored]", panel).append(question.describe(stored.answer, nothing));
  const close = (act) => () => {
    hideConflict(question);
    act();
  };
  $("[data-keep-mine]", panel).addEventListener("click", close(keepMine));
  $("[data-take-stored]", panel).addEventListener("click", close(takeStored));
  place.replaceChildren(panel);
  show(place, true);
}

export function hideConflict(question) {
  const place = $("[data-conflict]", question.section);
  place.replaceChildren();
  show(place, false);
}
