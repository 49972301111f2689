// Blueprint table: sums of rows, columns, theory and practice, and what a cell lacks, while numbers are typed.
// Without this file the sums are those of the last save.

const whole = (text) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0);

function add(sums, key, count) {
  sums.set(key, (sums.get(key) ?? 0) + count);
}

function show(form, name, sums) {
  for (const place of form.querySelectorAll(`[data-sum-${name}]`)) {
    place.textContent = String(sums.get(place.getAttribute(`data-sum-${name}`)) ?? 0);
  }
}

// 10 points shared evenly, in hundredths, as the server rounds them.
function evenPoints(count, mark) {
  const hundredths = Math.max(1, Math.floor((2000 + count) / (2 * count)));
  return String(hundredths / 100).replace(".", mark);
}

function refresh(form) {
  const rows = new Map();
  const columns = new Map();
  const aspects = new Map();
  let all = 0;
  for (const cell of form.querySelectorAll("[data-cell]")) {
    const count = whole(cell.value);
    add(rows, cell.dataset.row, count);
    add(columns, cell.dataset.column, count);
    add(aspects, cell.dataset.aspect, count);
    all += count;
    const missing = count - Number(cell.dataset.have);
    const box = cell.closest("td");
    box.classList.toggle("is-short", missing > 0);
    box.classList.toggle("is-taken", count > 0);
    box.querySelector("[data-lacks]").textContent = missing > 0 ? ` ${form.dataset.lacks.replace("{count}", String(missing))}` : "";
  }
  show(form, "row", rows);
  show(form, "column", columns);
  show(form, "aspect", aspects);
  for (const place of form.querySelectorAll("[data-sum-all]")) place.textContent = String(all);
  const even = form.querySelector('[name="weights"][value="even"]').checked;
  form.querySelector("[data-weights]").hidden = even;
  form.querySelector("[data-points]").textContent = all === 0
    ? form.dataset.none
    : even ? form.dataset.even.replace("{points}", evenPoints(all, form.dataset.point)) : "";
}

export function start() {
  for (const form of document.querySelectorAll("[data-blueprint]")) {
    form.addEventListener("input", () => refresh(form));
    form.addEventListener("change", () => refresh(form));
    refresh(form);
  }
}
