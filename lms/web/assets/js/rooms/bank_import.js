// Import preview: the list and the open question change in place, every correction is one small request.
// Keys: j k move, a–f set the key, e edits, Enter accepts. Without this file the same links and forms load whole pages.

import { toast } from "../lib/toast.js";

const FIELDS = "input, textarea, select, button, a, summary, [contenteditable]";
let work = Promise.resolve();

// One step after another, each on the page that the step before left.
function queue(step) {
  work = work.then(step).catch(() => undefined);
}

function changed(form) {
  return [...form.elements].some((field) =>
    field.tagName === "SELECT"
      ? [...field.options].some((option) => option.selected !== option.defaultSelected)
      : field.type === "radio" || field.type === "checkbox"
        ? field.checked !== field.defaultChecked
        : field.type !== "hidden" && "defaultValue" in field && field.value !== field.defaultValue,
  );
}

// A page of our own as an inert document. XMLHttpRequest parses it itself, so no text becomes markup here.
function fetchPage(method, address, body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = "document";
    request.setRequestHeader("Accept", "text/html");
    request.onload = () => (request.status < 500 && request.response ? resolve([request.response, request.responseURL]) : reject());
    request.onerror = reject;
    request.send(body);
  });
}

function show(page, address, push) {
  const parts = [...document.querySelectorAll("[data-import-preview] [data-part]")];
  if (!parts.every((part) => page.getElementById(part.id))) {
    location.assign(address);
    return;
  }
  const scrolled = document.getElementById("import-list").scrollTop;
  const focused = document.activeElement?.id;
  for (const part of parts) part.replaceWith(document.adoptNode(page.getElementById(part.id)));
  const list = document.getElementById("import-list");
  list.scrollTop = scrolled;
  list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  const next = (focused && document.getElementById(focused)) || document.getElementById("import-item");
  next.focus({ preventScroll: true });
  if (push && address !== location.href) history.pushState({}, "", address);
}

async function load(address, push = true) {
  try {
    show(...(await fetchPage("GET", address)), push);
  } catch {
    location.assign(address);
  }
}

async function send(form, button) {
  try {
    const [page, address] = await fetchPage("POST", form.action, new FormData(form, button ?? undefined));
    show(page, address.includes("/items/") ? location.href : address, true);
  } catch {
    toast("danger", document.querySelector("[data-import-preview]").dataset.lost);
  }
}

async function keepEdits() {
  const form = document.querySelector("[data-edit] form");
  const save = form?.querySelector("[name=do][value=save]");
  if (form && save && changed(form)) await send(form, save);
}

async function go(link) {
  const address = link.href;
  await keepEdits();
  await load(address);
}

function press(key) {
  const item = document.getElementById("import-item");
  if (key === "j" || key === "k") {
    const link = item.querySelector(`[data-move="${key}"]`);
    return link && go(link);
  }
  if (key === "Enter") {
    const button = item.querySelector("[data-accept]");
    return button && keepEdits().then(() => send(button.form, button));
  }
  if (key === "e") {
    const edit = item.querySelector("[data-edit]");
    if (edit) {
      edit.open = true;
      edit.querySelector("[data-first-field]")?.focus();
    }
    return undefined;
  }
  const letter = item.querySelector(`[data-key="${key}"]`);
  return letter && send(letter.form, letter);
}

export function start() {
  const root = document.querySelector("[data-import-preview]");
  if (!root) return;
  root.addEventListener("click", (event) => {
    const link = event.target.closest("#import-list a, a[data-move]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    queue(() => go(link));
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.getAttribute("action").includes("/items/")) return;
    event.preventDefault();
    queue(() => send(form, event.submitter));
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
    if (!/^([a-fjk]|Enter)$/.test(event.key)) return;
    event.preventDefault();
    const { key } = event;
    queue(() => press(key));
  });
  window.addEventListener("popstate", () => queue(() => load(location.href, false)));
}
