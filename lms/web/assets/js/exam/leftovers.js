/**
 * Answers that pages which are gone left unsent on this machine, for whoever hands it on. Each is sent word for word,
 * with its own idempotency key, so that one which did arrive is only acknowledged once more.
 *
 * @typedef {{id: string, account: string, attempt: string, entries: object[]}} Left
 */
import { sameAnswer } from "./queue.js";

const NAME = "lms-exam";
const TABLE = "pending";

/** Everything that waits, of whatever account; rejects where the browser doesn't tell. @returns {Promise<Left[]>} */
export async function leftAnswers() {
  const known = await indexedDB.databases();
  // Opening a database that isn't there would make one, without its table.
  const stored = known.some((one) => one.name === NAME) ? await withTable("readonly", (table) => table.getAll()) : [];
  const found = new Map();
  const add = (id, entries) => {
    // A page that was closed in a hurry wrote into both places.
    if (!found.has(id)) found.set(id, new Map());
    for (const entry of entries) found.get(id).set(entry.key, entry);
  };
  for (const { id, entries } of stored ?? []) add(id, entries);
  for (const id of Object.keys(localStorage)) if (id.startsWith(`${NAME}|`)) add(id, JSON.parse(localStorage.getItem(id)));
  return [...found].filter(([, entries]) => entries.size).map(([id, entries]) => ({ id, ...ownerOf(id), entries: [...entries.values()] }));
}

function ownerOf(id) {
  const [account = "", attempt = ""] = (id.split("|")[1] ?? "").split(":");
  return { account, attempt };
}

/** Write down what is left of a record. */
export async function keepAnswers({ id, account, attempt }, entries) {
  const known = await indexedDB.databases();
  if (!known.some((one) => one.name === NAME)) {
    if (entries.length) localStorage.setItem(id, JSON.stringify(entries));
    else localStorage.removeItem(id);
    return;
  }
  await withTable("readwrite", (table) =>
    entries.length ? table.put({ id, scope: `${account}:${attempt}`, entries }) : table.delete(id),
  );
  localStorage.removeItem(id);
}

function withTable(mode, work) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      if (!db.objectStoreNames.contains(TABLE)) {
        db.close();
        resolve(undefined);
        return;
      }
      const transaction = db.transaction(TABLE, mode);
      const asked = work(transaction.objectStore(TABLE));
      transaction.oncomplete = () => {
        db.close();
        resolve(asked.result);
      };
      transaction.onerror = transaction.onabort = () => {
        db.close();
        reject(transaction.error);
      };
    };
  });
}

/**
 * Send the answers of one record in order. Pure but for `post`.
 *
 * @param {object[]} entries
 * @param {(entry: object) => Promise<{status: number, body: any}>} post  status 0: nobody answered
 * @returns {Promise<{waiting: object[], differing: object[], lost: object[], reachable: boolean}>} what was not stored:
 *   it may be sent later, somebody has to choose, or the paper is closed
 */
export async function sendAnswers(entries, post) {
  const fate = { waiting: [], differing: [], lost: [], reachable: true };
  const ordered = [...entries].sort((a, b) => a.slot - b.slot || a.revision - b.revision);
  const settled = new Set();
  let closed = false;
  for (const entry of ordered) {
    if (settled.has(entry.slot)) continue;
    if (closed || !fate.reachable || fate.differing.some((one) => one.slot === entry.slot)) {
      (closed ? fate.lost : fate.reachable ? fate.differing : fate.waiting).push(entry);
      continue;
    }
    const { status, body } = await post(entry);
    if (status === 200 && body?.revision >= entry.revision) continue;
    const mine = ordered.filter((one) => one.slot === entry.slot).pop();
    if (status === 409 && body?.stored) {
      if (sameAnswer(mine.answer, body.stored.answer) && Boolean(mine.flagged) === Boolean(body.stored.flagged)) settled.add(entry.slot);
      else fate.differing.push(entry);
    } else if (status === 410) {
      closed = true;
      fate.lost.push(entry);
    } else if (status === 422) fate.differing.push(entry);
    else {
      fate.reachable = false;
      fate.waiting.push(entry);
    }
  }
  return fate;
}
