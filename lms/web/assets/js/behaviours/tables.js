// A table that fits its column keeps its head in view; a wider one scrolls sideways in its frame instead.

function judge(frame) {
  const table = frame.querySelector("table");
  if (table) frame.classList.toggle("is-fitting", table.scrollWidth <= frame.clientWidth + 1);
}

export function start() {
  const observer = new ResizeObserver((entries) => entries.forEach((entry) => judge(entry.target.closest(".table-wrap"))));
  for (const frame of document.querySelectorAll(".table-wrap")) {
    observer.observe(frame);
    observer.observe(frame.querySelector("table"));
  }
}
