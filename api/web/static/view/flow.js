// Documents without pages: headings, paragraphs, lists, tables and pictures one below the other.

import { el, t } from "../dom.js";
import { markAsPlace } from "./frame.js";
import { overlay } from "./overlay.js";
import { pieces } from "./window.js";
import { markWords } from "./words.js";

/** Draw the elements; those of the place are marked, and in them the quote's words. */
export async function drawFlow(v) {
  const [part] = v.data.parts;
  const inside = el("article.view-flow");
  v.scroller.append(inside);
  if (!part.pieces.length) {
    inside.append(el("p.faint", {}, t("这份文档里没有可以显示的文字。")));
    return;
  }
  let page = null;
  const window = pieces(v.scroller, inside, part.pieces.length, async (n) => {
    const first = part.pieces[n - 1][0];
    const items = await v.piece(1, n);
    const nodes = items.flatMap((item, at) => {
      const node = element(v, item, first + at);
      const turned = item.page && item.page !== page;
      page = item.page ?? page;
      return turned ? [el("p.view-page", {}, t("第 {page} 页", { page: item.page })), node] : [node];
    });
    return el("div.view-piece", {}, nodes);
  });
  v.goTo = async ({ at }) => {
    await window.show(part.pieces.findLastIndex(([first]) => first <= at) + 1);
    v.reveal(inside.querySelector(`[data-at="${at}"]`));
  };
  v.home = async () => {
    await window.show(v.at.piece);
    v.arrive();
  };
  await window.show(v.at?.piece ?? 1);
  const lit = [...inside.querySelectorAll("[data-highlight]")];
  if (!markWords(lit, v.quote).length) for (const words of v.quote.split("\n")) markWords(lit, words);
  v.arrive();
}

function element(v, item, at) {
  const marks = (v.at?.marks ?? []).filter((one) => one.at === at);
  const first = v.at?.marks?.[0];
  const made = drawn(v, item, marks, first);
  made.setAttribute("data-at", at);
  if (item.margin) {
    made.classList.add("margin");
    made.prepend(el("span.chip", {}, item.margin === "header" ? t("页眉") : t("页脚")), " ");
  }
  const boxed = item.kind === "picture" && v.at?.boxes?.length;
  if (marks.some((one) => one.row === undefined) && !boxed) markAsPlace(made, marks.includes(first));
  return made;
}

function drawn(v, item, marks, first) {
  switch (item.kind) {
    case "heading": return el(`h${Math.min(item.level + 1, 6)}`, {}, item.text);
    case "list_item": {
      const made = el("p.item", {}, item.text);
      made.style.setProperty("--depth", Math.min(item.level || 1, 8));
      return made;
    }
    case "code": return el("pre", {}, item.text);
    case "table": return table(item, marks, first);
    case "picture": return picture(v, item, marks);
    case "file": return el("p.inner", {}, el("button.button", { type: "button",
      onclick: () => v.open([...v.data.path, ...item.within]) }, t("打开里面的文件：{name}", { name: item.text })));
    default: return el(`p.${item.kind}`, {}, item.text ?? "");
  }
}

function table(item, marks, first) {
  const body = item.rows.map((cells, at) => {
    const row = el("tr", {}, cells.map((text) => el("td", {}, text)));
    const mark = marks.find((one) => one.row === at);
    if (mark) markAsPlace(row, mark === first);
    return row;
  });
  const header = item.header ?? [];
  const head = header.length ? el("thead", {}, el("tr", {}, header.map((text) => el("th", { scope: "col" }, text)))) : null;
  return el("div.scroll", {}, el("table", {}, head, el("tbody", {}, body)));
}

function picture(v, item, marks) {
  const box = el("div.sheet", {}, el("img", { src: v.address(`pictures/${item.picture}`), alt: item.text, loading: "lazy",
    width: item.width, height: item.height }));
  box.style.aspectRatio = `${item.width} / ${item.height}`;
  box.style.width = `min(100%, ${item.width}px)`;
  if (marks.length && v.at.boxes) overlay(box, v.at.boxes, item.width, item.height);
  return el("figure", {}, box);
}
