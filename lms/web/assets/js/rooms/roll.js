// Calling the roll: a tap on a name goes from present to without leave, with leave, present. Without this file the radio
// buttons do the same. What was tapped stays on this machine until the server has it, so a lost network loses nothing.

const STATES = ["", "unexcused", "excused"];
/** A phone on a dead connection would wait for minutes; sending the same roll again does no harm. */
const PATIENCE = 15_000;

function stateOf(row) {
  return row.querySelector("input[type=radio]:checked")?.value ?? "";
}

function wordsOf(form, row) {
  return row.querySelector("input[type=radio]:checked")?.closest("label").textContent.trim() ?? form.dataset.present;
}

function show(form, row) {
  const state = stateOf(row);
  row.dataset.state = state || "present";
  row.querySelector("[data-roll-state]").textContent = wordsOf(form, row);
  const note = row.querySelector("[data-roll-note]");
  note.hidden = state !== "excused" && !(state && note.querySelector("input").value);
}

function count(form) {
  const sums = new Map(STATES.map((state) => [state, 0]));
  for (const row of form.querySelectorAll("[data-roll-row]")) sums.set(stateOf(row), sums.get(stateOf(row)) + 1);
  for (const place of form.querySelectorAll("[data-roll-count]")) place.textContent = String(sums.get(place.dataset.rollCount));
}

function choose(row, state) {
  for (const radio of row.querySelectorAll("input[type=radio]")) radio.checked = radio.value === state;
}

// --- what was tapped and is not saved

const keyOf = (form) => `roll-${form.dataset.roll}`;

function entriesOf(form) {
  return [...new FormData(form)].filter(([name, value]) => /^(roll|note)-/.test(name) && value);
}

function keep(form) {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ revision: form.elements.revision.value, entries: entriesOf(form) }));
  } catch {
    // A private window keeps nothing; the page itself still does.
  }
}

function drop(form) {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // Nothing was kept.
  }
}

function kept(form) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
}

function news(form, text, kind) {
  const place = form.querySelector("[data-roll-news]");
  place.textContent = text;
  place.dataset.kind = kind;
  place.hidden = !text;
}

function restore(form) {
  const found = kept(form);
  if (!found) return;
  if (JSON.stringify(found.entries) === JSON.stringify(entriesOf(form))) {
    drop(form);
    return;
  }
  const given = new Map(found.entries);
  for (const row of form.querySelectorAll("[data-roll-row]")) {
    const radio = row.querySelector("input[type=radio]");
    choose(row, given.get(radio.name) ?? "");
    const note = row.querySelector("[data-roll-note] input");
    note.value = given.get(note.name) ?? "";
  }
  // The revision these taps were made upon: the server then shows what somebody else saved since.
  form.elements.revision.value = found.revision;
  news(form, form.dataset.kept, "info");
}

// --- saving

async function save(form) {
  const button = form.querySelector(".roll-bar [type=submit]");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  news(form, form.dataset.saving, "info");
  const { status, url } = await post(form);
  button.removeAttribute("aria-disabled");
  if (url) {
    drop(form);
    location.assign(url);
  } else if (status < 300 || status >= 500 || status === 429) {
    news(form, form.dataset.lost, "danger");
  } else {
    form.submit(); // The server's own page says what is wrong; what was tapped stays kept.
  }
}

/** Only the server's own word that it is stored counts: a portal's sign-in page answers 200 as well. */
async function post(form) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: abort.signal });
    if (answer.redirected) return { status: 403 };
    const stored = answer.ok && answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    return { status: answer.status, url: stored.url };
  } catch {
    return { status: 0 };
  } finally {
    clearTimeout(timer);
  }
}

function tapped(form, row) {
  choose(row, STATES[(STATES.indexOf(stateOf(row)) + 1) % STATES.length]);
  changed(form, row);
}

function changed(form, row) {
  show(form, row);
  count(form);
  keep(form);
}

function button(form, row) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "roll-tap";
  const state = document.createElement("span");
  state.className = "roll-state";
  state.dataset.rollState = "";
  made.append(...row.querySelector("legend").cloneNode(true).childNodes, " ", state);
  made.addEventListener("click", () => tapped(form, row));
  row.querySelector("legend").classList.add("visually-hidden");
  row.querySelector("[data-roll-choices]").hidden = true;
  row.prepend(made);
  row.querySelector("[data-roll-note] input").addEventListener("input", () => changed(form, row));
}

function begin(form, dropLink) {
  const rows = [...form.querySelectorAll("[data-roll-row]")];
  for (const row of rows) button(form, row);
  if (dropLink) {
    keep(form); // What was sent stands on the page, beside the revision of what is stored.
    dropLink.addEventListener("click", () => drop(form));
  } else restore(form);
  for (const row of rows) show(form, row);
  count(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(form);
  });
  document.querySelector("[data-roll-hint]")?.removeAttribute("hidden");
}

export function start() {
  for (const form of document.querySelectorAll("form[data-roll]")) begin(form, document.querySelector("[data-roll-drop]"));
}
