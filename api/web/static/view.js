// A document opened at a place: asks the service what the view consists of, and has it drawn.

import { el, t } from "./dom.js";
import { call } from "./http.js";
import { frame } from "./view/frame.js";
import { drawFlow } from "./view/flow.js";
import { drawLines } from "./view/lines.js";
import { drawPages } from "./view/pages.js";
import { drawSheets } from "./view/sheets.js";

const DRAWN = { pages: drawPages, slides: drawPages, sheets: drawSheets, flow: drawFlow, lines: drawLines };
const loading = new WeakMap();

/** Show the document `of` in `box` at `locator` (null: from its beginning), with the words of `quote` marked. */
export async function view(box, of, locator, quote = "") {
  loading.get(box)?.abort();
  const stop = new AbortController();
  loading.set(box, stop);
  box.classList.add("viewing");
  box.setAttribute("aria-busy", "true");
  box.replaceChildren(skeleton());
  const asked = new URLSearchParams();
  if (locator) asked.set("at", JSON.stringify({ ...locator, label: undefined }));
  if (quote) asked.set("quote", quote.slice(0, 4000));
  try {
    const data = await call("GET", `/api/documents/${of.id}/view?${asked}`, null, stop.signal);
    const made = frame(box, of, data, quote, {
      signal: stop.signal,
      open: (within) => view(box, of, within.length ? { kind: "section", within } : null),
    });
    if (locator && !data.place && !opensOnlyAFile(locator)) made.notice(t("没能在原文里定位到这一处，从头显示。"));
    await DRAWN[data.kind](made);
  } catch (error) {
    if (stop.signal.aborted) return;
    const outside = locator?.within?.length ? () => view(box, of, null) : null;
    box.replaceChildren(failed(of, error, () => view(box, of, locator, quote), outside));
  } finally {
    if (loading.get(box) === stop) box.removeAttribute("aria-busy");
  }
}

/** Whether the locator says no more than which file inside the document is meant. */
function opensOnlyAFile(locator) {
  return ["page", "slide", "sheet", "paragraph", "line_start", "part"].every((key) => locator[key] === undefined);
}

function skeleton() {
  return el("div.view-wait", { role: "status" }, el("p.faint", {}, t("正在打开原文…")),
    ...[1, 2, 3, 4, 5, 6].map(() => el("div.skeleton")));
}

function failed(of, error, again, outside) {
  return el("div.view-failed", {}, el("h3", {}, t("打不开原文")),
    el("p.notice.bad", { role: "alert" }, error.message),
    el("p", {}, el("button.button", { type: "button", onclick: again }, t("再试一次")),
      outside && el("button.button", { type: "button", onclick: outside }, t("打开外面的文档")),
      el("a.button", { href: `/api/documents/${of.id}/source`, download: true }, t("下载原件"))));
}
