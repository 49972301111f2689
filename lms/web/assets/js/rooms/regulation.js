// Regulation form: the sum of the weights while they are typed. Without this file the server says it on saving.

const WHOLE = 10_000;

// A number as people write it, in hundredths; null for anything else.
function hundredths(text) {
  const plain = text.trim().replace(",", ".");
  if (plain === "") return 0;
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null;
  const [whole, rest = ""] = plain.split(".");
  return Number(whole) * 100 + Number(rest.padEnd(2, "0"));
}

function written(value, point) {
  return String(value / 100).replace(".", point);
}

function refresh(form) {
  const place = form.querySelector("[data-weight-sum]");
  const weights = [...form.querySelectorAll("[data-weight]")].map((field) => hundredths(field.value));
  if (weights.includes(null)) {
    place.textContent = "";
    return;
  }
  const sum = weights.reduce((total, one) => total + one, 0);
  const gap = Math.abs(WHOLE - sum);
  const words = place.dataset.words.replace("{sum}", written(sum, form.dataset.point));
  const wrong = sum < WHOLE ? form.dataset.short : form.dataset.over;
  place.textContent = gap === 0 ? words : `${words}, ${wrong.replace("{gap}", written(gap, form.dataset.point))}`;
  place.classList.toggle("is-wrong", gap !== 0);
}

export function start() {
  for (const form of document.querySelectorAll("[data-regulation]")) {
    form.addEventListener("input", () => refresh(form));
    refresh(form);
  }
}
