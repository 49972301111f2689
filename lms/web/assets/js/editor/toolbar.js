// The bars above the text: each one stop of the Tab key, arrows within, pressed where the cursor stands in such a text.
// Alt+F10 leads from the text to them; that of tables is there while the cursor stands in one.
import * as table from "./table.js";

const verbs = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  underline: (chain) => chain.toggleUnderline(),
  h2: (chain) => chain.toggleHeading({ level: 2 }),
  h3: (chain) => chain.toggleHeading({ level: 3 }),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};
const headings = { h2: 2, h3: 3 };

function isActive(editor, name) {
  return name in headings ? editor.isActive("heading", { level: headings[name] }) : editor.isActive(name);
}

function show(editor, buttons) {
  for (const button of buttons) {
    const name = button.dataset.do;
    if (name === "undo" || name === "redo") button.setAttribute("aria-disabled", String(!editor.can()[name]()));
    else if (table.isVerb(name)) button.setAttribute("aria-disabled", String(!table.may(editor, name)));
    else if (name === "table") button.setAttribute("aria-disabled", String(table.within(editor)));
    else if (name !== "picture") button.setAttribute("aria-pressed", String(isActive(editor, name)));
  }
}

function move(buttons, event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const place = buttons.indexOf(document.activeElement);
  if (place < 0 || (!step && event.key !== "Home" && event.key !== "End")) return;
  event.preventDefault();
  const next = step ? (place + step + buttons.length) % buttons.length : event.key === "Home" ? 0 : buttons.length - 1;
  for (const button of buttons) button.tabIndex = -1;
  buttons[next].tabIndex = 0;
  buttons[next].focus();
}

function bind(editor, bar, dialogs) {
  const buttons = [...bar.querySelectorAll("[data-do]")];
  buttons.forEach((button, place) => {
    button.tabIndex = place === 0 ? 0 : -1;
  });
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("keydown", (event) => move(buttons, event));
  bar.addEventListener("click", (event) => {
    const name = event.target.closest("[data-do]")?.dataset.do;
    if (name in dialogs) dialogs[name]();
    else if (name === "table") table.insert(editor);
    else if (table.isVerb(name)) table.run(editor, name);
    else if (name in verbs) {
      editor.view.focus(); // at once: the editor's own command waits a frame, and a key pressed meanwhile is lost
      verbs[name](editor.chain()).run();
    }
  });
  return buttons;
}

export function start(editor, box, dialogs) {
  const bars = [...box.querySelectorAll("[data-editor-bar]")];
  const buttons = bars.flatMap((bar) => bind(editor, bar, dialogs));
  const ofTables = box.querySelector("[data-editor-table]");
  const refresh = () => {
    ofTables.hidden = !table.within(editor);
    show(editor, buttons);
  };
  editor.on("transaction", refresh);
  refresh();
  return {
    focus: () => (ofTables.hidden ? bars[0] : ofTables).querySelector('[tabindex="0"]').focus(),
  };
}
