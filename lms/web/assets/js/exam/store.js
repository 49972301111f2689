/**
 * Where unsaved answers outlive the page: IndexedDB, else localStorage, else nothing (`kind` says which).
 *
 * One record per account, attempt and page load. A page load writes only its own record, so two tabs never drain the
 * same entry; it takes over the records of page loads that are gone.
 */
const NAME = "lms-exam";
const TABLE = "pending";
const PATIENCE = 2_000;

/** @param {string} scope  account and attempt @param {string} client  this page load */
export async function openStore(scope, client) {
  const local = usableLocalStorage();
  let db = null;
  try {
    db = await openDatabase();
  } catch {
    // private windows and some in-app browsers
  }
  return new Store(scope, client, db, local);
}

class Store {
  #own;
  #over = false;
  #prefix;
  #writing = Promise.resolve(true);

  constructor(scope, client, db, local) {
    this.scope = scope;
    this.db = db;
    this.local = local;
    this.#prefix = `${NAME}|${scope}|`;
    this.#own = this.#prefix + client;
  }

  get kind() {
    return this.db ? "database" : this.local ? "local" : "none";
  }

  /** Write this page's whole queue. @returns {Promise<boolean>} whether it is kept; in order, the newest last */
  write(entries) {
    const copy = this.#over ? [] : [...entries];
    this.#writing = this.#writing.then(() => this.#write(copy));
    return this.#writing;
  }

  async #write(entries) {
    if (this.db) {
      try {
        await this.#transact((table) => {
          if (entries.length) table.put({ id: this.#own, scope: this.scope, entries });
          else table.delete(this.#own);
        });
        this.#forgetLocal(this.#own);
        return true;
      } catch {
        this.db = null;
      }
    }
    return this.writeNow(entries);
  }

  /** The same at once, for a page that is being closed. @returns {boolean} */
  writeNow(entries) {
    if (!this.local) return false;
    try {
      if (entries.length && !this.#over) this.local.setItem(this.#own, JSON.stringify(entries));
      else this.local.removeItem(this.#own);
      return true;
    } catch {
      return false;
    }
  }

  /** The paper is over: what this page keeps goes, and nothing is kept any more, not even while the page is left. */
  end() {
    this.#over = true;
    return this.write([]);
  }

  /** Entries of page loads that are gone. They stay stored until `forget`. @param {Set<string>} alive */
  async orphans(alive) {
    const records = new Map();
    const add = (id, entries) => {
      if (id === this.#own || alive.has(id.slice(this.#prefix.length))) return;
      records.set(id, (records.get(id) ?? []).concat(entries));
    };
    if (this.db) {
      try {
        const found = await this.#transact((table) => table.index("scope").getAll(this.scope));
        for (const record of found) add(record.id, record.entries);
      } catch {
        this.db = null;
      }
    }
    for (const id of this.#localIds()) {
      try {
        add(id, JSON.parse(this.local.getItem(id)));
      } catch {
        this.#forgetLocal(id);
      }
    }
    return { ids: [...records.keys()], entries: inOrder([...records.values()].flat()) };
  }

  /** @param {string[]} ids */
  async forget(ids) {
    for (const id of ids) this.#forgetLocal(id);
    if (this.db && ids.length) {
      try {
        await this.#transact((table) => ids.forEach((id) => table.delete(id)));
      } catch {
        // they come back as orphans; the server knows their keys
      }
    }
  }

  #localIds() {
    if (!this.local) return [];
    return Object.keys(this.local).filter((id) => id.startsWith(this.#prefix));
  }

  #forgetLocal(id) {
    this.local?.removeItem(id);
  }

  #transact(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.db.transaction(TABLE, "readwrite", { durability: "strict" });
      const request = work(transaction.objectStore(TABLE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      rejectLate(reject);
    });
  }
}

/** Every entry once, the revisions of a slot ascending. */
function inOrder(entries) {
  const unique = new Map(entries.map((entry) => [entry.key, entry]));
  return [...unique.values()].sort((a, b) => a.slot - b.slot || a.revision - b.revision);
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(TABLE, { keyPath: "id" }).createIndex("scope", "scope");
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
    rejectLate(reject);
  });
}

/** Some browsers let IndexedDB hang; no answer may wait for that. */
function rejectLate(reject) {
  setTimeout(() => reject(new Error("IndexedDB does not answer")), PATIENCE);
}

function usableLocalStorage() {
  try {
    localStorage.setItem(NAME, "1");
    localStorage.removeItem(NAME);
    return localStorage;
  } catch {
    return null;
  }
}
