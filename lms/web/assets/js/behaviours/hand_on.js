/**
 * Handing the machine on: nothing of this person stays in it, but answers that were never sent are not thrown away.
 *
 * While answers wait in the exam page's store, the form asks first; when none do, it says so (`drained`), and the server
 * has the browser forget everything it stored for this site.
 */
const NAME = "lms-exam";
const TABLE = "pending";
/** Choices such as the size of letters; all else in localStorage is somebody's unsent work. */
const CHOICES = "lms.";

/** How many answers and texts wait, of whatever attempt; rejects where the browser doesn't tell. */
async function waiting() {
  const local = Object.keys(localStorage).filter((key) => !key.startsWith(CHOICES)).length;
  const known = await indexedDB.databases();
  // Opening a database that isn't there would make one, without its table.
  return known.some((one) => one.name === NAME) ? local + (await stored()) : local;
}

function stored() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      if (!db.objectStoreNames.contains(TABLE)) {
        db.close();
        resolve(0);
        return;
      }
      const all = db.transaction(TABLE).objectStore(TABLE).getAll();
      all.onerror = () => reject(all.error);
      all.onsuccess = () => {
        db.close();
        resolve(all.result.reduce((sum, record) => sum + record.entries.length, 0));
      };
    };
  });
}

async function look(forms) {
  let count = -1;
  try {
    count = await waiting();
  } catch {
    // private windows and some in-app browsers: neither asked nor cleared
  }
  for (const form of forms) {
    form.elements.drained.value = count === 0 ? "1" : "";
    if (count > 0) form.dataset.confirm = form.dataset.handOn;
    else delete form.dataset.confirm;
  }
}

export function start() {
  const forms = document.querySelectorAll("form[data-hand-on]");
  if (!forms.length) return;
  look(forms);
  window.addEventListener("focus", () => look(forms));
}
