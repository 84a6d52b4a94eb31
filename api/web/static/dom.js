// Elements made from data: text is always text, so nothing a document says can become markup.

const messages = JSON.parse(document.getElementById("messages").textContent);

/** The message in the page's language; `{name}` takes the value of that name. */
export function t(message, values = {}) {
  return (messages[message] ?? message).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** An element: `el("a.quiet", {href, onclick}, "text", child)`. Attributes that are null or false are left out. */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon of one path on a field of 24 by 24. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Says something at the page's foot for a few seconds, also to screen readers. */
export function toast(text) {
  const said = el("p", {}, text);
  document.querySelector(".toasts").append(said);
  setTimeout(() => said.remove(), 4000);
}
