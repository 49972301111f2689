// The editor of lessons. What is stored comes as nodes of a <template>, never as a text to parse, and what is written
// goes back with the form as HTML, which the server cleans. Without this file the plain text field stands in its place.
import { Editor, getSchema } from "@tiptap/core";
import Image from "@tiptap/extension-image";
import { DOMParser as NodesParser } from "@tiptap/pm/model";
import StarterKit from "@tiptap/starter-kit";
import { start as startDraft } from "./draft.js";
import { start as startLink } from "./link.js";
import { start as startPicture } from "./picture.js";
import { tables } from "./table.js";
import { start as startToolbar } from "./toolbar.js";

// A picture is one of ours: others could not be shown, and would tell elsewhere who reads.
const OwnImage = Image.extend({
  parseHTML: () => [{ tag: 'img[src^="/files/lessons/"]' }],
});

function extensions() {
  return [
    StarterKit.configure({
      heading: { levels: [2, 3] },
      code: false,
      codeBlock: false,
      strike: false,
      horizontalRule: false,
      link: { openOnClick: false, autolink: true, protocols: ["mailto"], defaultProtocol: "https", HTMLAttributes: { target: null, rel: null } },
    }),
    OwnImage.configure({ inline: false, allowBase64: false }),
    ...tables,
  ];
}

function start(box) {
  const frame = box.querySelector("[data-editor-frame]");
  const html = box.querySelector("[data-editor-html]");
  const form = box.closest("form");
  const source = box.querySelector("[data-editor-source]").content;
  const all = extensions();
  const content = NodesParser.fromSchema(getSchema(all)).parse(source).toJSON();
  const keep = () => {
    html.value = editor.isEmpty ? "" : editor.getHTML();
  };
  const editor = new Editor({
    element: box.querySelector("[data-editor-area]"),
    extensions: all,
    content,
    injectCSS: false,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-labelledby": "body-label", spellcheck: "false" },
      handlePaste: (view, event) => picture.take(event.clipboardData),
      handleDrop: (view, event, slice, moved) => !moved && picture.take(event.dataTransfer),
    },
    onUpdate: () => {
      keep();
      html.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  const picture = startPicture(editor, box, form);
  const link = startLink(editor, box);
  const bars = startToolbar(editor, box, { picture: picture.ask, link: link.ask });
  for (const node of box.querySelectorAll("[data-editor-plain]")) node.hidden = true;
  for (const node of document.querySelectorAll(".study-files .editor-plain")) node.hidden = true;
  box.querySelector("textarea").disabled = true;
  box.querySelector("label").removeAttribute("for");
  html.disabled = false;
  frame.hidden = false;
  keep();
  startDraft(form);
  box.querySelector("label").addEventListener("click", () => editor.commands.focus());
  frame.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      link.ask();
    }
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      bars.focus();
    }
  });
}

document.querySelectorAll("[data-editor]").forEach(start);
