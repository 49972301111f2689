// Small helpers. Nodes are made, never parsed: exam pages enforce Trusted Types.

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  const sample = document.querySelector("svg.icon use")?.getAttribute("href") ?? "";
  use.setAttribute("href", `${sample.split("#")[0]}#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

// Listens on the document, so that nodes added later behave as well.
export function on(type, selector, handle, options) {
  document.addEventListener(
    type,
    (event) => {
      const node = event.target instanceof Element ? event.target.closest(selector) : null;
      if (node) handle(event, node);
    },
    options,
  );
}
