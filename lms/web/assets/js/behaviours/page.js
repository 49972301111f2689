// The page itself: theme, text size, menus, dialogs, toasts, copying, printing, going back, words for times.
import { on } from "../lib/dom.js";
import { choose, read } from "../lib/choices.js";
import { expire, toast } from "../lib/toast.js";
import { word } from "../lib/words.js";

const themes = ["light", "dark", ""];
const names = { light: "themeLight", dark: "themeDark", "": "themeSystem" };

function showTheme() {
  for (const node of document.querySelectorAll("[data-theme-words]")) node.textContent = word(names[read("theme")] ?? names[""]);
}

function nextTheme() {
  choose("theme", themes[(themes.indexOf(read("theme")) + 1) % themes.length]);
  showTheme();
}

function nextText() {
  const size = (Number(read("text") || 1) % 3) + 1;
  choose("text", size === 1 ? "" : String(size));
  document.querySelectorAll("[data-text-toggle]").forEach((button) => button.setAttribute("title", word("textSize", { n: size })));
}

async function copy(button) {
  const source = button.dataset.copyFrom ? document.querySelector(button.dataset.copyFrom) : null;
  const text = source ? (source.value ?? source.innerText) : button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
    toast("ok", word("copied"));
  } catch {
    toast(copyOld(text) ? "ok" : "warn", copyOld(text) ? word("copied") : word("copyFailed"));
  }
}

// Plain HTTP on a local network and some in-app browsers have no clipboard interface.
function copyOld(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

function openDialog(event, button) {
  const dialog = document.getElementById(button.dataset.dialogOpen);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
}

function goBack(event) {
  const from = document.referrer && new URL(document.referrer).origin === location.origin;
  if (!from || history.length < 2) return;
  event.preventDefault();
  history.back();
}

// A menu near the right edge opens to the left.
function placeMenu(menu) {
  menu.classList.remove("is-flipped");
  const list = menu.querySelector(".menu-list");
  if (menu.open && list && list.getBoundingClientRect().right > document.documentElement.clientWidth) menu.classList.add("is-flipped");
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (menu !== except) menu.open = false;
}

function toggleNavigation(button) {
  const nav = document.getElementById(button.getAttribute("aria-controls"));
  const open = nav.classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
  if (open) nav.querySelector("a")?.focus();
}

const units = [["day", 86400], ["hour", 3600], ["minute", 60]];

function span(seconds) {
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? units[2];
  const count = Math.floor(seconds / size);
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

function tellTimes() {
  for (const node of document.querySelectorAll("time[data-relative]")) {
    node.dataset.absolute ??= node.textContent;
    const left = (new Date(node.dateTime) - Date.now()) / 1000;
    const words = Math.abs(left) < 60 ? word("now") : word(left > 0 ? "left" : "ago", { span: span(Math.abs(left)) });
    node.textContent = `${words} (${node.dataset.absolute})`;
  }
}

// On a phone the tabs scroll sideways: the current one must be seen.
function showCurrentTab() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }
}

export function start() {
  showTheme();
  showCurrentTab();
  tellTimes();
  setInterval(tellTimes, 30000);
  document.querySelectorAll("[data-toast]").forEach(expire);
  on("click", "[data-theme-toggle]", nextTheme);
  on("click", "[data-text-toggle]", nextText);
  on("click", "[data-copy], [data-copy-from]", (event, button) => copy(button));
  on("click", "[data-dialog-open]", openDialog);
  on("click", "[data-dialog-close]", (event, button) => button.closest("dialog")?.close());
  on("click", "dialog", (event, dialog) => event.target === dialog && outside(event, dialog) && dialog.close());
  on("click", "[data-toast-close]", (event, button) => button.closest("[data-toast]").remove());
  on("click", "[data-print]", () => window.print());
  on("click", "a[data-back]", goBack);
  on("click", "[data-nav-toggle]", (event, button) => toggleNavigation(button));
  document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details[data-menu]")));
  on("toggle", "details[data-menu]", (event, menu) => placeMenu(menu), true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest?.("details[data-menu][open]");
    closeMenus();
    menu?.querySelector("summary")?.focus();
  });
}

function outside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
