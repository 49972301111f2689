// Essays on staff pages: the sum of points while they are typed, Ctrl+Enter, and a photograph that is sent at once.
// Without this file the sum is the server's, and a button sends.
import { on } from "../lib/dom.js";

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
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

// Photographs go one by one, so that a whole class fits through a narrow network; the server says whose the next one is.
async function shoot(form) {
  const fields = [...form.querySelectorAll("input[type=file]")];
  const photos = fields.flatMap((field) => [...field.files]);
  const progress = form.querySelector("[data-shoot-progress]");
  let { action } = form;
  for (const [index, photo] of photos.entries()) {
    progress.textContent = progress.dataset.words.replace("{number}", String(index + 1)).replace("{all}", String(photos.length));
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    data.append("photos", photo, photo.name);
    const response = await fetch(action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(String(response.status));
    action = (await response.json()).next;
  }
  window.location.assign(action);
}

function sendPhotos(event, form) {
  const count = [...form.querySelectorAll("input[type=file]")].reduce((sum, field) => sum + field.files.length, 0);
  if (event.defaultPrevented || count === 0) return;
  event.preventDefault();
  const progress = form.querySelector("[data-shoot-progress]");
  if (form.dataset.shooting !== undefined) return;
  form.dataset.shooting = "";
  shoot(form).catch(() => {
    delete form.dataset.shooting;
    delete form.dataset.sent;
    progress.textContent = progress.dataset.failed;
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
