/**
 * Texts that pages which are gone left unsaved on this machine: `essay-ACCOUNT-TASK` holds the text and the revision it
 * was typed upon.
 *
 * @typedef {{id: string, account: string, task: string, text: string, base: number}} LeftText
 */
const FORM = /^essay-([^-]+)-([^-]+)$/;

/** Every one of them, of whatever account. @returns {LeftText[]} */
export function leftTexts() {
  return Object.keys(localStorage).flatMap((id) => {
    const [, account, task] = FORM.exec(id) ?? [];
    if (!account) return [];
    const { text, base } = JSON.parse(localStorage.getItem(id)) ?? {};
    return [{ id, account, task, text, base }];
  });
}

/**
 * @param {LeftText} left
 * @param {(data: object) => Promise<{status: number, body: any}>} post  status 0: nobody answered
 * @returns {Promise<"saved" | "waiting" | "differing" | "lost">}
 */
export async function sendText({ text, base }, post) {
  const { status, body } = await post({ text, revision: base });
  if (status === 200 && Number.isInteger(body?.revision)) return "saved";
  if (status === 409 && body?.error === "stale") return body.text === text ? "saved" : "differing";
  if (status === 409 || status === 410) return "lost";
  return "waiting";
}
