// The pane beside the answer: the very place a citation names, in the document itself.

import { el, icon, t } from "./dom.js";
import { view } from "./view.js";

const pane = document.getElementById("source");
const desk = document.getElementById("desk");
const CLOSE = "M6 6l12 12M18 6 6 18";

const BACK = -1;
const ON = 1;
/** Letters of a quote that go into a link: addresses may not be long. */
const LINKED = 300;
/** Where the pane leaves no room beside it. */
const covering = matchMedia("(width <= 640px)");

let from = null;

/** Open the place of a citation; `all` are the answer's citations, to step through. */
export function openSource(citation, all) {
  from = document.activeElement;
  show(citation, all);
  pane.focus({ preventScroll: true });
}

/** The place before or after, with the same button under the finger, and the way back to the number it belongs to. */
function step(by, citation, all) {
  const next = all[(all.indexOf(citation) + by + all.length) % all.length];
  from = from?.closest(".turn")?.querySelector(`.cite[data-n="${next.n}"]`) ?? from;
  show(next, all);
  pane.querySelector(`[data-step="${by}"]`).focus();
}

function show(citation, all) {
  const at = all.indexOf(citation);
  const { document: of, locator } = citation;
  const place = el("div.view");
  pane.setAttribute("aria-label", t("原文：{title}", { title: of.title }));
  pane.replaceChildren(
    el("header", {},
      el("div.title", {}, el("h2", {}, of.title),
        el("button.quiet", { type: "button", "aria-label": t("关闭原文"), onclick: closeSource }, icon(CLOSE))),
      el("p.where", {}, [of.version, of.date, locator.label].filter(Boolean).join(" · ")),
      el("div.tools", {},
        at >= 0 && all.length > 1 ? [
          el("button.quiet", { type: "button", "data-step": BACK, onclick: () => step(BACK, citation, all) }, t("上一处")),
          el("span.quiet", {}, `${at + 1} / ${all.length}`),
          el("button.quiet", { type: "button", "data-step": ON, onclick: () => step(ON, citation, all) }, t("下一处"))] : null,
        el("a.quiet", { href: whole(of, locator, citation.quote), target: "_blank" }, t("整页打开")),
        el("a.quiet", { href: `/api/documents/${of.id}/source`, download: true }, t("下载原件")))),
    place);
  pane.hidden = false;
  desk.classList.add("open");
  document.querySelectorAll(".cite").forEach((one) => one.removeAttribute("aria-expanded"));
  if (from?.classList.contains("cite")) from.setAttribute("aria-expanded", "true");
  cover();
  view(place, of, locator, citation.quote);
}

export function closeSource() {
  pane.hidden = true;
  pane.replaceChildren();
  desk.classList.remove("open");
  document.querySelectorAll(".cite").forEach((one) => one.removeAttribute("aria-expanded"));
  cover();
  from?.focus?.();
}

function whole(of, locator, quote) {
  const asked = new URLSearchParams({ at: JSON.stringify({ ...locator, label: undefined }), quote: quote.slice(0, LINKED) });
  return `/documents/${of.id}?${asked}`;
}

/** What lies wholly below the pane is not to be reached by keyboard either. */
function cover() {
  const below = covering.matches && !pane.hidden;
  for (const one of document.querySelectorAll("#main, .rail, .skip")) one.inert = below;
}

covering.addEventListener("change", cover);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !pane.hidden && !document.querySelector("dialog[open]")) closeSource();
});
