// Asks a question in a native dialog; resolves to true or false.
import { make } from "./dom.js";
import { word } from "./words.js";

export function ask(question, { yes = word("agree"), kind = "" } = {}) {
  if (typeof HTMLDialogElement === "undefined") return Promise.resolve(window.confirm(question));
  return new Promise((resolve) => {
    const agree = make("button", { type: "button", class: "btn btn-primary" }, yes);
    const cancel = make("button", { type: "button", class: "btn btn-secondary" }, word("cancel"));
    const text = make("p", { id: "confirm-question" }, question);
    const dialog = make(
      "dialog",
      { class: `dialog ${kind ? `dialog-${kind}` : ""}`, role: "alertdialog", "aria-labelledby": "confirm-question" },
      text,
      make("div", { class: "dialog-foot" }, cancel, agree),
    );
    let answer = false;
    agree.addEventListener("click", () => {
      answer = true;
      dialog.close();
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
    document.body.append(dialog);
    dialog.showModal();
    cancel.focus();
  });
}
