// Choices kept on this device only, shown as data attributes of <html>.

export function read(name) {
  try {
    return localStorage.getItem(`lms.${name}`) ?? "";
  } catch {
    return "";
  }
}

export function apply(name, value) {
  if (value) document.documentElement.dataset[name] = value;
  else delete document.documentElement.dataset[name];
}

export function choose(name, value) {
  apply(name, value);
  try {
    if (value) localStorage.setItem(`lms.${name}`, value);
    else localStorage.removeItem(`lms.${name}`);
  } catch {
    // A private window keeps nothing; the choice holds for this page.
  }
}
