// The dialog of a picture: chosen, pasted or dropped; described in words; sent; put where the cursor stood.

export function start(editor, box, form) {
  const dialog = document.getElementById("editor-picture");
  const own = dialog.querySelector("[data-picture-form]");
  const file = dialog.querySelector("#picture-file");
  const alt = dialog.querySelector("#picture-alt");
  const plain = dialog.querySelector("#picture-plain");
  const error = dialog.querySelector("[data-picture-error]");
  const send = dialog.querySelector("[data-picture-send]");

  function complain(text) {
    error.textContent = text;
    error.hidden = !text;
  }

  async function upload() {
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("file-file", file.files[0]);
    data.append("file-title", alt.value.trim());
    const answer = await fetch(box.dataset.pictures, { method: "POST", body: data, headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok || !said.url) throw new Error(said.message || box.dataset.failed);
    return said.url;
  }

  own.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!file.files.length) return complain(box.dataset.fileMissing);
    if (!alt.value.trim() && !plain.checked) return complain(box.dataset.altMissing);
    complain("");
    send.disabled = true;
    try {
      const src = await upload();
      dialog.close();
      const attrs = { src, alt: plain.checked ? "" : alt.value.trim() };
      editor.chain().focus().insertContent([{ type: "image", attrs }, { type: "paragraph" }]).run();
    } catch (trouble) {
      complain(trouble instanceof TypeError ? box.dataset.failed : trouble.message);
    } finally {
      send.disabled = false;
    }
  });

  function ask() {
    own.reset();
    complain("");
    dialog.showModal();
    file.focus();
  }

  return {
    ask,
    // Whether what is pasted or dropped is a picture, which the dialog then holds.
    take(transfer) {
      const [picture] = [...(transfer?.files ?? [])].filter((one) => one.type.startsWith("image/"));
      if (!picture || transfer.getData("text/html")) return false;
      ask();
      const held = new DataTransfer();
      held.items.add(picture);
      file.files = held.files;
      alt.focus();
      return true;
    },
  };
}
