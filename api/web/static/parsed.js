// What was read of a document, beside the document itself: each element leads to its place there.

import { el, icon, t } from "./dom.js";
import { call } from "./http.js";
import { pieces } from "./view/window.js";

const KINDS = { heading: "标题", paragraph: "段落", list_item: "列表项", table: "表格", code: "代码", caption: "题注", note: "注释" };
const REASONS = { header: "页眉", footer: "页脚", page_number: "页码", contents: "目录", deleted: "已删除（修订）", repeated: "重复出现",
  invisible: "读者看不见", placeholder: "占位提示", illegible: "无法辨认" };
const GO = "M5 12h14M13 6l6 6-6 6";
const SURE = 0.9;

/** Fill `box` with what was read of the document `of`, at `locator` if there is one. `go(locator, text)` opens a place. */
export async function showParsed(box, of, locator, go) {
  const scroller = el("div.parsed-scroll", { tabindex: "0", role: "region", "aria-label": t("读出的内容") });
  box.replaceChildren(scroller);
  scroller.append(...[1, 2, 3, 4].map(() => el("div.skeleton")));
  try {
    const asked = locator ? `?at=${encodeURIComponent(JSON.stringify({ ...locator, label: undefined }))}` : "";
    const found = await call("GET", `/api/documents/${of.id}/parsed${asked}`);
    const list = el("ol.parsed-list");
    scroller.replaceChildren(...[summary(found), unread(found), leftOut(found), list].filter(Boolean));
    if (!found.pieces) return list.replaceWith(el("p.faint", {}, t("没有读出任何文字。")));
    const goTo = (node, place, text) => {
      list.querySelector("[aria-current]")?.removeAttribute("aria-current");
      node.setAttribute("aria-current", "location");
      go(place, text);
    };
    const inside = pieces(scroller, list, found.pieces, async (n) => {
      const read = await call("GET", `/api/documents/${of.id}/parsed/${n}`);
      const made = document.createDocumentFragment();
      made.append(...read.map((one, at) => element(one, (n - 1) * found.size + at + 1, goTo)));
      return made;
    });
    await inside.show(found.opened?.piece ?? 1);
    const here = found.opened && list.querySelector(`[data-element="${found.opened.element}"]`);
    if (here) {
      here.setAttribute("aria-current", "location");
      scroller.scrollTop += here.getBoundingClientRect().top - scroller.getBoundingClientRect().top - scroller.clientHeight / 4;
    }
  } catch (error) {
    scroller.replaceChildren(el("p.notice.bad", { role: "alert" }, error.message),
      el("p", {}, el("button.button", { type: "button", onclick: () => showParsed(box, of, locator, go) }, t("再试一次"))));
  }
}

function summary(found) {
  return el("ul.parsed-counts", { "aria-label": t("读出了多少") },
    Object.entries(found.counts).map(([kind, count]) => el("li.chip", {}, `${t(KINDS[kind] ?? kind)} ${count}`)));
}

function unread(found) {
  if (!found.unread.length) return null;
  return el("details.notice", { open: true }, el("summary", {}, t("{count} 处没能读出", { count: found.unread.length })),
    el("ul", {}, found.unread.map((one) => el("li", {}, [one.locator?.label, one.message, one.hint].filter(Boolean).join(" ")))));
}

function leftOut(found) {
  if (!found.left_out_in_all) return null;
  return el("details.parsed-left", {}, el("summary", {}, t("{count} 处文字没有收进来", { count: found.left_out_in_all })),
    el("ul", {}, found.left_out.map((one) => el("li", {}, el("span.chip", {}, t(REASONS[one.reason] ?? one.reason)), ` ${one.text} `,
      el("span.faint", {}, one.locator.label)))));
}

function element(one, number, goTo) {
  const item = el(`li.parsed-${one.kind}`, { "data-element": number });
  item.style.setProperty("--depth", one.kind === "list_item" ? Math.min(one.level, 8) : 0);
  const text = one.table ? one.table.rows.map((row) => row.cells.join(" ")).join("\n") : one.text;
  item.append(
    el("p.parsed-about", {}, el("span.chip", {}, t(KINDS[one.kind] ?? one.kind)),
      one.confidence === null ? null : el(`span.chip${one.confidence < SURE ? ".warn" : ""}`, {}, t("识别 {share}%", { share: Math.floor(one.confidence * 100) })),
      el("button.quiet", { type: "button", "aria-label": t("到原文：{place}", { place: one.locator.label }),
        onclick: () => goTo(item, one.locator, text) }, label(one.locator), icon(GO))),
    one.table ? table(item, one, goTo) : el(one.kind === "code" ? "pre" : "p.parsed-text", {}, one.text));
  return item;
}

/** The place without the headings above it: they are read already. */
function label(locator) {
  const headings = locator.headings.join(" › ");
  return locator.label.endsWith(headings) ? locator.label.slice(0, locator.label.length - headings.length).replace(/ · $/, "") || t("原文")
    : locator.label;
}

function table(item, one, goTo) {
  const head = one.table.header.length
    ? el("thead", {}, el("tr", {}, one.table.header.map((cell) => el("th", { scope: "col" }, cell)), el("th", {}, el("span.unseen", {}, t("位置")))))
    : null;
  const body = one.table.rows.map((row) => {
    const made = el("tr", {}, row.cells.map((cell) => el("td", {}, cell)));
    made.append(el("td", {}, el("button.quiet", { type: "button", "aria-label": t("到原文：{place}", { place: row.locator.label }),
      title: row.locator.label, onclick: () => goTo(item, row.locator, row.cells.join(" ")) }, icon(GO))));
    return made;
  });
  return el("div.scroll", { tabindex: "0", role: "region", "aria-label": t("表格") }, el("table", {}, head, el("tbody", {}, body)));
}
