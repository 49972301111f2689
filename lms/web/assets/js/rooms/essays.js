// Essays on staff pages: the sum of points while they are typed, Ctrl+Enter, and a photograph that is sent at once.
// Without this file the sum is the server's, and a button sends.
import { make, on } from "../lib/dom.js";

const mark = () => (document.documentElement.lang === "en" ? "." : ",");

// Hundredths of a point, or null for what is no number.
function hundredths(text) {
  const plain = text.trim().replace(",", ".");
  if (!/^\d{1,3}(\.\d{0,2})?$/.test(plain)) return null;
  return Math.round(Number(plain) * 100);
}

function words(value) {
  return String(value / 100).replace(".", mark());
}

function refresh(box) {
  const place = box.querySelector("[data-sum-words]");
  if (!place) return;
  const fields = [...box.querySelectorAll("[data-part]")];
  const sum = fields.reduce((total, field) => total + (hundredths(field.value) ?? 0), 0);
  const whole = Number(box.dataset.sumTo) * 100;
  const { sumWords, sumShort, sumOver } = place.dataset;
  const text = sum < whole && sumShort ? sumShort : sum > whole && sumOver ? sumOver : sumWords;
  place.textContent = text.replace("{sum}", words(sum)).replace("{off}", words(Math.abs(whole - sum)));
  place.classList.toggle("is-off", Boolean(sumShort) && sum !== whole);
  for (const field of fields) {
    if (field.dataset.most) field.setCustomValidity("");
    const given = hundredths(field.value);
    const wrong = field.value.trim() !== "" && (given === null || (field.dataset.most && given > Number(field.dataset.most)));
    field.toggleAttribute("data-wrong", Boolean(wrong));
    const over = field.closest(".marking-line")?.querySelector("[data-over]");
    if (over) over.hidden = !wrong || given === null;
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

// Photographs go one by one, so that a whole class fits through a narrow network; the server says whose the next one is.
// One that can't be placed keeps the pages behind it back until the next cover, and the page stays to say which.
async function shoot(form) {
  const photos = [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
  const progress = form.querySelector("[data-shoot-progress]");
  const { words: sending, heavy, strays } = progress.dataset;
  const trouble = [];
  const stray = [];
  const pages = new Set();
  let { action } = form;
  for (const [index, photo] of photos.entries()) {
    const number = String(index + 1);
    progress.textContent = sending.replace("{number}", number).replace("{all}", String(photos.length));
    const answer = await send(form, action, photo, number);
    if (answer === null) {
      trouble.push(heavy.replace("{number}", number));
      action = form.dataset.start;
      continue;
    }
    trouble.push(...answer.trouble);
    if (answer.stray) stray.push(number);
    if (answer.page !== form.dataset.start) pages.add(answer.page);
    action = answer.next;
  }
  if (stray.length) trouble.push(strays.replace("{numbers}", stray.join(", ")));
  const onward = pages.size === 1 ? [...pages][0] : form.dataset.start;
  if (trouble.length) show(form, trouble, onward);
  else window.location.assign(onward);
}

// What the server says of one photograph; null where it is too heavy.
async function send(form, action, photo, number) {
  if (photo.size > Number(form.dataset.maxMb) * 1048576) return null;
  const data = new FormData();
  data.append("csrf_token", form.elements.csrf_token.value);
  if (form.elements["no-covers"]?.checked) data.append("no-covers", "1");
  data.append("number", number);
  data.append("photos", photo, photo.name);
  const response = await fetch(action, { method: "POST", body: data, headers: { Accept: "application/json" } });
  if (response.status === 413) return null;
  if (!response.ok) throw Object.assign(new Error(String(response.status)), { number });
  return response.json();
}

function show(form, trouble, onward) {
  const box = form.querySelector("[data-shoot-trouble]");
  box.querySelector("[data-shoot-list]").replaceChildren(...trouble.map((text) => make("li", {}, text)));
  box.querySelector("[data-shoot-on]").href = onward;
  box.hidden = false;
  form.querySelector("[data-shoot-progress]").textContent = "";
  ready(form);
  box.scrollIntoView({ block: "nearest" });
}

function ready(form) {
  delete form.dataset.shooting;
  delete form.dataset.sent;
  for (const field of form.querySelectorAll("input[type=file]")) field.value = "";
  for (const note of form.querySelectorAll(".file-name")) note.remove();
}

function sendPhotos(event, form) {
  const count = [...form.querySelectorAll("input[type=file]")].reduce((sum, field) => sum + field.files.length, 0);
  if (event.defaultPrevented || count === 0) return;
  event.preventDefault();
  const progress = form.querySelector("[data-shoot-progress]");
  if (form.dataset.shooting !== undefined) return;
  form.dataset.shooting = "";
  form.querySelector("[data-shoot-trouble]").hidden = true;
  shoot(form).catch((error) => {
    progress.textContent = progress.dataset.failed.replace("{number}", error.number ?? "1");
    ready(form);
  });
}

export function start() {
  on("submit", "form[data-shoot]", sendPhotos);
  for (const box of document.querySelectorAll("[data-rubric]")) refresh(box);
  on("input", "[data-rubric] [data-part]", (event, field) => refresh(field.closest("[data-rubric]")));
  on("keydown", "form[data-marking]", (event, form) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.querySelector("[data-give]")?.click();
  });
  on("keydown", "form[data-marking] [data-part]", (event, field) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const fields = [...field.form.querySelectorAll("[data-part], textarea")];
    fields[fields.indexOf(field) + 1]?.focus();
  });
  on("change", "input[data-send-at-once]", (event, field) => {
    if (field.files.length) field.form.requestSubmit?.();
  });
}
