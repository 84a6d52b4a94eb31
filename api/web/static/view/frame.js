// What every view has: tools above, the outline beside, a window that scrolls, and the way to the marked place.

import { el, icon, t } from "../dom.js";
import { call } from "../http.js";

const LIST = "M4 6h16M4 12h16M4 18h10";
const AIM = "M12 3v4M12 17v4M3 12h4M17 12h4M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z";
const WIDE_ENOUGH = 1000;

/** Fill `box` with the frame of a view. `acts` are {signal, open(within)}. */
export function frame(box, of, data, quote, acts) {
  const at = data.place;
  const scroller = el("div.view-scroll", { tabindex: "0", role: "region", "aria-label": t("原文内容") });
  const tools = el("div.view-tools", { role: "toolbar", "aria-label": t("查看工具") });
  const notices = el("div.view-notices");
  const heard = el("p.unseen", { role: "status", "aria-live": "polite" });
  const outline = data.outline.length > 1 ? el("nav.view-outline", { "aria-label": t("目录") }) : null;
  const made = {
    ...acts, box, of, data, quote, scroller, tools, at,
    /** Ask for a piece of a part. */
    piece: (part, piece) => call("GET", address(of, data, `pieces/${part}/${piece}`), null, acts.signal),
    /** Where the picture of a page or in the document is. */
    address: (path) => address(of, data, path),
    notice: (text) => notices.append(el("p.notice", {}, text)),
    /** Bring the marked place into view and say where one is. */
    arrive() {
      const place = scroller.querySelector("[data-highlight]");
      if (!place) return;
      reveal(scroller, place);
      // Not from who steps from place to place.
      if (!document.activeElement?.matches("[data-step]")) place.focus({ preventScroll: true });
      heard.textContent = t("已定位到 {place}", { place: data.label });
    },
    reveal: (node) => reveal(scroller, node),
    goTo: () => {},
  };
  holdOn(scroller, acts.signal);
  if (outline) addOutline(made, outline);
  if (at) {
    tools.append(el("button.quiet.aim", { type: "button", title: t("回到引用处"), "aria-label": t("回到引用处"),
      onclick: () => made.home ? made.home() : made.arrive() }, icon(AIM)));
  }
  box.replaceChildren(...[tools, path(made), notices, el("div.view-body", {}, outline, scroller), heard].filter(Boolean));
  return made;
}

/** Scroll so that the node stands in the upper half of the window, and not under its edges. */
export function reveal(scroller, node) {
  const window = scroller.getBoundingClientRect();
  const place = node.getBoundingClientRect();
  const above = Math.max(16, (window.height - place.height) / 3);
  scroller.scrollTop += place.top - window.top - above;
  // The numbers of a sheet's rows stay in sight, over what is scrolled below them.
  const covered = scroller.querySelector(".corner")?.offsetWidth ?? 0;
  if (place.left < window.left + covered || place.right > window.right) {
    const beside = Math.max(8, (window.width - covered - place.width) / 3);
    scroller.scrollLeft += place.left - window.left - covered - beside;
  }
  // On a narrow page the window itself reaches below the screen, and may hold the node there.
  if (node.getBoundingClientRect().bottom > innerHeight) scroller.closest(".viewing").scrollIntoView({ block: "nearest" });
}

const READ = ".leaf, [data-at], .line, tr";

/** What one reads stays where it is when the window gets wider or narrower and all is laid out anew. */
function holdOn(scroller, signal) {
  let held = null;
  let share = 0;
  let width = 0;
  const line = () => scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
  const note = () => {
    // A page that got shorter is scrolled by the browser before its new width is told: that is not where one reads.
    if (scroller.clientWidth !== width) return;
    const { left } = scroller.getBoundingClientRect();
    const node = document.elementFromPoint(left + scroller.clientWidth / 2, line())?.closest(READ);
    if (!node || !scroller.contains(node)) return;
    const box = node.getBoundingClientRect();
    held = node;
    share = (line() - box.top) / box.height;
  };
  let waiting = false;
  scroller.addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      note();
    });
  });
  const seen = new ResizeObserver(() => {
    const before = width;
    width = scroller.clientWidth;
    if (before && width && before !== width && held?.isConnected) {
      const box = held.getBoundingClientRect();
      scroller.scrollTop += box.top + share * box.height - line();
    }
    note();
  });
  seen.observe(scroller);
  signal.addEventListener("abort", () => seen.disconnect());
}

/** A marked place: what a citation points at. Of several, the first is the current one. */
export function markAsPlace(node, first) {
  node.setAttribute("data-highlight", "");
  if (!first) return;
  node.setAttribute("aria-current", "location");
  node.setAttribute("tabindex", "-1");
}

function address(of, data, path) {
  return `/api/documents/${of.id}/view/${path}${data.inside ? `?inside=${data.inside}` : ""}`;
}

function addOutline(made, outline) {
  const open = made.box.closest(".document") !== null && made.box.clientWidth >= WIDE_ENOUGH;
  const button = el("button.quiet", { type: "button", "aria-expanded": String(open) }, icon(LIST), el("span.words", {}, t("目录")));
  outline.hidden = !open;
  button.addEventListener("click", () => {
    outline.hidden = !outline.hidden;
    button.setAttribute("aria-expanded", String(!outline.hidden));
  });
  const top = Math.min(...made.data.outline.map((one) => one.level));
  outline.append(el("ol", {}, made.data.outline.map((one) => el("li", {},
    el(`button.level-${Math.min(one.level - top, 4)}`, { type: "button", onclick: () => {
      if (made.box.clientWidth < 640) button.click();
      made.goTo(one);
    } }, one.text)))));
  made.tools.append(button);
}

/** For a file inside the document: the way to it, each step to be opened. */
function path(made) {
  const { path: within } = made.data;
  if (!within.length) return null;
  const steps = within.map((name, at) => at === within.length - 1 ? el("b", {}, name)
    : el("button.quiet", { type: "button", onclick: () => made.open(within.slice(0, at + 1)) }, name));
  return el("p.view-path", {}, el("button.quiet", { type: "button", onclick: () => made.open([]) }, made.data.document.title),
    steps.flatMap((one) => [" › ", one]));
}
