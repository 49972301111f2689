/** Which page loads of this paper are open in this browser. Without Web Locks nobody is known to be. */
const NAME = "lms-exam";

export class Tabs {
  constructor(scope, client) {
    this.prefix = `${NAME}|${scope}|`;
    this.client = client;
    navigator.locks?.request(this.prefix + client, () => new Promise(() => {})).catch(() => {});
  }

  /** Other open page loads. @returns {Promise<Set<string>>} */
  async others() {
    try {
      const { held } = await navigator.locks.query();
      const names = held.map((lock) => lock.name).filter((name) => name.startsWith(this.prefix));
      return new Set(names.map((name) => name.slice(this.prefix.length)).filter((client) => client !== this.client));
    } catch {
      return new Set();
    }
  }
}
