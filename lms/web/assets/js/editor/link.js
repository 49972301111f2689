// The dialog of a link: an address on the web or of a mail box.

const right = /^(https?:\/\/[^\s/]+\S*|mailto:\S+@\S+)$/i;

export function start(editor, box) {
  const dialog = document.getElementById("editor-link");
  const form = dialog.querySelector("[data-link-form]");
  const field = dialog.querySelector("#link-address");
  const error = dialog.querySelector("[data-link-error]");
  const remove = dialog.querySelector("[data-link-remove]");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = field.value.trim();
    const address = /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(typed) ? `https://${typed}` : typed;
    error.hidden = right.test(address);
    error.textContent = box.dataset.linkWrong;
    if (!error.hidden) return;
    dialog.close();
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run();
    } else chain.setLink({ href: address }).run();
  });
  remove.addEventListener("click", () => {
    dialog.close();
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
  });

  return {
    ask() {
      field.value = editor.getAttributes("link").href ?? "";
      remove.hidden = !editor.isActive("link");
      error.hidden = true;
      dialog.showModal();
      field.focus();
    },
  };
}
