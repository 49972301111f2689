// Tables: rows of cells with text, lists and pictures, the first row as heads. Column widths are the reader's screen's.
import { Node } from "@tiptap/core";
import { TextSelection } from "@tiptap/pm/state";
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  fixTables,
  goToNextCell,
  isInTable,
  tableEditing,
  toggleHeaderRow,
} from "@tiptap/pm/tables";

const SIZE = 3;
const CELL = "(paragraph | heading | bulletList | orderedList | blockquote | image)+";

// A table within a cell, as Word has them, becomes lines of that cell.
const rules = (tag) => [{ tag, context: "tableCell//|tableHeader//", skip: true, priority: 60 }, { tag }];

const span = (name) => ({
  default: 1,
  parseHTML: (node) => Math.max(1, Number.parseInt(node.getAttribute(name) ?? "1", 10) || 1),
  renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
});

const cell = (name, tag, tableRole) =>
  Node.create({
    name,
    content: CELL,
    tableRole,
    isolating: true,
    addAttributes: () => ({ colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, rendered: false, parseHTML: () => null } }),
    parseHTML: () => rules(tag),
    renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0],
  });

function next(editor) {
  if (!isInTable(editor.state)) return false;
  if (editor.commands.command(({ state, dispatch }) => goToNextCell(1)(state, dispatch))) return true;
  run(editor, "rowAfter");
  return editor.commands.command(({ state, dispatch }) => goToNextCell(1)(state, dispatch));
}

const Table = Node.create({
  name: "table",
  group: "block",
  content: "tableRow+",
  tableRole: "table",
  isolating: true,
  parseHTML: () => rules("table"),
  renderHTML: () => ["table", ["tbody", 0]],
  addProseMirrorPlugins: () => [tableEditing()],
  addKeyboardShortcuts() {
    return {
      Tab: () => next(this.editor),
      "Shift-Tab": () => this.editor.commands.command(({ state, dispatch }) => goToNextCell(-1)(state, dispatch)),
    };
  },
  extendNodeSchema: ({ config }) => (config.tableRole ? { tableRole: config.tableRole } : {}),
  // Rows of unequal length, as they come from elsewhere, are filled up.
  onCreate() {
    const mended = fixTables(this.editor.state);
    if (mended) this.editor.view.dispatch(mended.setMeta("addToHistory", false));
  },
});

const Row = Node.create({
  name: "tableRow",
  content: "(tableCell | tableHeader)*",
  tableRole: "row",
  parseHTML: () => rules("tr"),
  renderHTML: () => ["tr", 0],
});

export const tables = [Table, Row, cell("tableCell", "td", "cell"), cell("tableHeader", "th", "header_cell")];

const verbs = {
  rowAfter: addRowAfter,
  columnAfter: addColumnAfter,
  headerRow: toggleHeaderRow,
  dropRow: deleteRow,
  dropColumn: deleteColumn,
  dropTable: deleteTable,
};

export const isVerb = (name) => name in verbs;
export const may = (editor, name) => verbs[name](editor.state);
export const within = (editor) => isInTable(editor.state);

export function run(editor, name) {
  verbs[name](editor.state, editor.view.dispatch);
  editor.view.focus();
}

// A small table with a row of heads, the cursor in its first cell. Tables don't stand within tables.
export function insert(editor) {
  if (within(editor)) return;
  const { state, view } = editor;
  const { table, tableRow, tableCell, tableHeader } = state.schema.nodes;
  const row = (kind) => tableRow.create(null, Array.from({ length: SIZE }, () => kind.createAndFill()));
  const made = table.create(null, [row(tableHeader), row(tableCell), row(tableCell)]);
  const change = state.tr.replaceSelectionWith(made);
  change.setSelection(TextSelection.near(change.doc.resolve(state.selection.from + 1))).scrollIntoView();
  view.dispatch(change);
  view.focus();
}
