// Progress of a job: asks its address until it is finished, then goes on. Slower while nothing moves or the page is hidden.
import { word } from "../lib/words.js";

async function follow(node) {
  const bar = node.querySelector("progress");
  const message = node.querySelector("[data-poll-message]");
  const count = node.querySelector("[data-poll-count]");
  let wait = 700;
  let last = -1;
  for (;;) {
    try {
      const answer = await fetch(node.dataset.pollUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { done, total, message: text, state, next_url: next } = await answer.json();
      if (total) {
        bar.max = total;
        bar.value = done;
        count.textContent = `${done}/${total}`;
      }
      message.textContent = text ?? "";
      node.dataset.state = state;
      if (state === "finished" && next) return location.assign(next);
      if (state !== "running") return undefined;
      wait = done === last ? Math.min(wait * 1.3, 5000) : 700;
      last = done;
    } catch {
      message.textContent = word("pollLost");
      wait = Math.min(wait * 2, 15000);
    }
    await new Promise((resolve) => setTimeout(resolve, document.hidden ? 5000 : wait));
  }
}

export function start() {
  document.querySelectorAll("[data-poll-url]").forEach(follow);
}
