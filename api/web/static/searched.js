// How an answer was found: what was looked for, within which filters, and the passages, those not used too.

import { el, t } from "./dom.js";
import { call } from "./http.js";

const FILTERS = { project: "项目", doc_type: "文档类型", date: "年份", version: "版本", customer: "客户", title: "标题含", format: "格式" };
const STAGES = { understand: "理解问题", embed: "转成向量", search: "检索", fuse: "合并", rerank: "重排", read: "取原文", answer: "组织回答",
  first_token: "首字", model: "模型", verify: "核对" };

/** What folds out below an answer. `passages` is null for a kept answer: they are fetched once it is opened. */
export function searched(answer, filters, passages, acts) {
  const list = el("div.found");
  const put = (found) => list.replaceChildren(...listed(answer, found, acts));
  const box = el("details", {}, el("summary", {}, t("检索过程")), lookedFor(answer, filters), dropped(answer), list, times(answer));
  if (passages) put(passages);
  else if (answer.id) {
    box.addEventListener("toggle", async () => {
      list.replaceChildren(el("div.skeleton"), el("div.skeleton"));
      try {
        put(await call("GET", `/api/answers/${answer.id}/passages`));
      } catch (error) {
        list.replaceChildren(el("p.notice.bad", { role: "alert" }, error.message));
      }
    }, { once: true });
  }
  return box;
}

function lookedFor(answer, filters) {
  const [topic, ...also] = answer.searched ?? [];
  const narrowed = Object.entries(filters ?? {}).map(([key, value]) => {
    const values = [value].flat();
    const told = key === "date" ? new Set(values.map((one) => one.slice(0, 4))) : values;
    return `${t(FILTERS[key] ?? key)}：${[...told].join("、")}`;
  });
  const rows = [
    topic && [t("查找内容"), topic],
    also.length && [t("也按这些说法"), also.join("、")],
    [t("筛选"), narrowed.join("；") || t("不限")],
  ].filter(Boolean);
  return el("dl.looked", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function listed(answer, passages, acts) {
  if (!passages.length) return [];
  const key = (one) => `${one.document.id}${JSON.stringify(one.locator.headings)}`;
  const used = new Set(answer.citations.map(key));
  const rows = passages.map((one) => el("li", {}, el("button", { type: "button",
    onclick: () => acts.openSource({ n: null, quote: one.text, document: one.document, locator: one.locator }, []) },
  el("span.where", {}, `${one.document.title} · ${one.locator.label}`,
    used.has(key(one)) ? el("span.chip.good", {}, t("用到")) : el("span.chip", {}, t("没用到"))),
  el("span.text", {}, one.text))));
  return [el("p.title", {}, t("找到的段落")), el("ol.passages", {}, rows)];
}

function dropped(answer) {
  if (!answer.dropped?.length) return null;
  return el("div", {}, el("p.title", {}, t("去掉的句子")),
    el("ul", {}, answer.dropped.map((one) => el("li", {}, `${one.text} — ${one.reason}`))));
}

function times(answer) {
  const told = Object.entries(answer.timings_ms).map(([stage, ms]) =>
    el("li", {}, `${STAGES[stage] ? t(STAGES[stage]) : stage} ${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`));
  if (answer.usage) told.push(el("li", {}, `tokens ${answer.usage.prompt_tokens} + ${answer.usage.completion_tokens}`));
  return el("ul.timings", {}, told);
}
