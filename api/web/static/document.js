// A document as a page of its own; beside it, once asked for, what was read of it.

import { showParsed } from "./parsed.js";
import { view } from "./view.js";

const box = document.getElementById("view");
const parsed = document.getElementById("parsed");
const button = document.getElementById("parsed-button");
/** Where both stand beside each other; elsewhere one takes the other's place. */
const wide = matchMedia("(width >= 900px)");

const { id, title, at, quote } = box.dataset;
const of = { id, title };
const locator = at ? JSON.parse(at) : null;

button.addEventListener("click", () => {
  const open = parsed.hidden;
  fold(open);
  if (open && !parsed.firstChild) showParsed(parsed, of, locator, go);
});

function fold(open) {
  parsed.hidden = !open;
  parsed.parentElement.classList.toggle("open", open);
  button.setAttribute("aria-expanded", String(open));
}

function go(place, text) {
  if (!wide.matches) fold(false);
  view(box, of, place, text);
}

view(box, of, locator, quote);
