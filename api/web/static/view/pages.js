// Pages and slides: pictures that are fetched when one comes near them, with the place marked.

import { el, icon, t } from "../dom.js";
import { markAsPlace } from "./frame.js";
import { overlay } from "./overlay.js";
import { drawSlide } from "./slide.js";

const UP = "M6 15l6-6 6 6";
const DOWN = "M6 9l6 6 6-6";
const TURN = "M20 11a8 8 0 1 0-2.3 6.2M20 4v7h-7";
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** Draw every page as an empty sheet of its size; what is on it comes when it is near the window. */
export async function drawPages(v) {
  const { parts } = v.data;
  const stack = el("div.view-stack");
  const sheets = parts.map((part) => {
    const sheet = el("div.sheet", { role: "img", "aria-label": name(v, part) });
    return sheet;
  });
  stack.append(...sheets.map((sheet, at) => el("div.leaf", {}, turnable(sheet, parts[at]),
    el("p.faint", {}, parts[at].hidden ? t("{page}（隐藏）", { page: name(v, parts[at]) }) : name(v, parts[at])))));
  v.scroller.append(stack);
  const near = new IntersectionObserver((seen) => {
    for (const one of seen) {
      if (!one.isIntersecting) continue;
      near.unobserve(one.target);
      fill(v, one.target, parts[sheets.indexOf(one.target)]);
    }
  }, { root: v.scroller, rootMargin: "800px" });
  const toPart = (number) => {
    v.scroller.scrollTop = leafOf(sheets[number - 1]).offsetTop - stack.offsetTop;
  };
  v.goTo = ({ part }) => toPart(part);
  tools(v, stack, sheets, toPart);
  if (v.at) {
    const part = parts[v.at.part - 1];
    // At the place first: the pages above it need not be fetched.
    toPart(v.at.part);
    if (v.at.boxes?.length) overlay(sheets[v.at.part - 1], v.at.boxes, part.width, part.height);
    else markAsPlace(sheets[v.at.part - 1], true);
    v.arrive();
  }
  sheets.forEach((sheet) => near.observe(sheet));
}

function turnable(sheet, part) {
  const made = el("div.turned", {}, sheet);
  made.style.setProperty("--ratio", (part.width || 4) / (part.height || 3));
  return made;
}

function leafOf(sheet) {
  return sheet.closest(".leaf");
}

function name(v, part) {
  return v.data.kind === "slides" ? t("幻灯片 {number}", { number: part.number }) : t("第 {page} 页", { page: part.number });
}

async function fill(v, sheet, part) {
  try {
    if (v.data.kind === "slides") {
      sheet.prepend(drawSlide(await v.piece(part.number, 1), part, v.address));
      if (v.data.prints) printed(v, sheet, part);
    } else sheet.prepend(await picture(v.address(`pages/${part.number}.png`)));
  } catch (error) {
    if (error.name !== "AbortError") sheet.prepend(el("p.notice.bad", {}, t("这一页画不出来。"), error.message ?? ""));
  }
}

/** The slide as it is printed, once it is; until then, and where it cannot be, the drawing stands. */
async function printed(v, sheet, part) {
  try {
    const image = await picture(v.address(`pages/${part.number}.png`));
    sheet.querySelector("svg")?.replaceWith(image);
  } catch {
    sheet.dataset.unprinted = "";
  }
}

function picture(src) {
  return new Promise((done, failed) => {
    const image = new Image();
    image.alt = "";
    image.onload = () => done(image);
    image.onerror = () => failed(new Error(""));
    image.src = src;
  });
}

function tools(v, stack, sheets, toPart) {
  const total = sheets.length;
  const field = el("input", { type: "number", min: 1, max: total, value: v.at?.part ?? 1, "aria-label": t("页码") });
  const go = (by) => toPart(Math.min(Math.max(Number(field.value) + by, 1), total));
  field.addEventListener("change", () => go(0));
  let zoom = 2;
  const shown = el("button.quiet.zoom", { type: "button", title: t("适合宽度"), onclick: () => set(2) }, "100%");
  const marked = () => stack.querySelector("[data-highlight]");
  /** Whether the marked place is what one looks at. */
  const looksAtMark = () => {
    const [place, window] = [marked(), v.scroller].map((one) => one?.getBoundingClientRect());
    return place && place.bottom > window.top && place.top < window.bottom;
  };
  function set(to) {
    const back = looksAtMark();
    zoom = Math.min(Math.max(to, 0), ZOOMS.length - 1);
    const middle = (v.scroller.scrollTop + v.scroller.clientHeight / 2) / v.scroller.scrollHeight;
    stack.style.setProperty("--zoom", ZOOMS[zoom]);
    shown.textContent = `${ZOOMS[zoom] * 100}%`;
    v.scroller.scrollTop = middle * v.scroller.scrollHeight - v.scroller.clientHeight / 2;
    if (back) v.reveal(marked());
  }
  let waiting = false;
  v.scroller.addEventListener("scroll", () => {
    if (waiting || document.activeElement === field) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const line = v.scroller.scrollTop + v.scroller.clientHeight / 3 + stack.offsetTop;
      const at = sheets.findIndex((one) => leafOf(one).offsetTop + leafOf(one).offsetHeight > line);
      field.value = (at < 0 ? total : at + 1);
    });
  });
  v.scroller.addEventListener("keydown", (event) => {
    if (event.target !== v.scroller && event.target.tagName === "INPUT") return;
    if (event.key === "+" || event.key === "=") set(zoom + 1);
    else if (event.key === "-") set(zoom - 1);
  });
  v.tools.append(el("span.group", {},
    el("button.quiet", { type: "button", "aria-label": t("上一页"), onclick: () => go(-1) }, icon(UP)),
    field, el("span.faint", {}, `/ ${total}`),
    el("button.quiet", { type: "button", "aria-label": t("下一页"), onclick: () => go(1) }, icon(DOWN))),
  el("span.group", {},
    el("button.quiet", { type: "button", "aria-label": t("缩小"), onclick: () => set(zoom - 1) }, "−"), shown,
    el("button.quiet", { type: "button", "aria-label": t("放大"), onclick: () => set(zoom + 1) }, "+")));
  if (v.data.kind !== "pages") return;
  v.tools.append(el("button.quiet", { type: "button", "aria-label": t("转动页面"), title: t("转动页面"), onclick: () => {
    const [at, back] = [Number(field.value), looksAtMark()];
    stack.dataset.turn = (Number(stack.dataset.turn ?? 0) + 1) % 4;
    // A scan that lies on its side is marked where it is read, too.
    if (back) v.reveal(marked());
    else toPart(at);
  } }, icon(TURN)));
}
