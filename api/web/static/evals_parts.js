// What the pages of evaluations share: names of metrics, texts with marked words, a question side by side.

import { el, t } from "./dom.js";

/** By key, name and meaning; as a list it keeps the order in which a person reads them. */
const NAMES = Object.fromEntries(
  JSON.parse(document.getElementById("metric-names")?.textContent ?? "[]").map(([key, ...told]) => [key, told]));

/** The name of a metric in the page's language. */
export const metricName = (key) => (NAMES[key] ? t(NAMES[key][0]) : key);

/** What a metric says, in a sentence. */
export const metricMeaning = (key) => (NAMES[key] ? t(NAMES[key][1]) : null);

/** Metrics as a person reads them: answers first, ranks last. */
export const inOrder = (one, other) => Object.keys(NAMES).indexOf(one) - Object.keys(NAMES).indexOf(other);

export const score = (value) => (value === null || value === undefined ? "–" : value.toFixed(3));

/** Selects that mean "go there" do so at once; without them the form's button does. */
export function submitAtOnce() {
  for (const select of document.querySelectorAll("[data-submit]")) {
    select.form.querySelector("button:not([type])").hidden = true;
    select.addEventListener("change", () => select.form.requestSubmit());
  }
}

const pieces = (text) => text.map(([words, shared]) => (shared ? el("mark", {}, words) : words));

/** A text that scrolls when it is long, by the keyboard, too. */
const long = (text) => el("p", { tabindex: 0 }, text);

function piece(shown, number) {
  const where = [number && `${number}.`, shown.path.split("/").pop(), shown.place].filter(Boolean).join(" ");
  return el("div.piece", {},
    el("span.where", {}, shown.document ? el("a", { href: `/documents/${shown.document}` }, where) : where),
    long(pieces(shown.text)));
}

const nothing = (words) => el("p.faint", {}, words);

export function answerSide(title, one) {
  const told = t("把握 {confidence}，{milliseconds} 毫秒", {
    confidence: one.confidence.toFixed(2), milliseconds: Math.round(one.milliseconds) });
  return el("section", {}, el("h3", {}, title), el("p.faint", {}, told),
    one.answer.length ? el("div.piece", {}, long(pieces(one.answer))) : nothing(t("没有保存回答的文字")),
    one.citations.map((cited, at) => piece(cited, at + 1)));
}

export function goldSide(one) {
  const empty = !one.gold.length && !one.points.length && !one.missing;
  return el("section", {}, el("h3", {}, t("标准答案")),
    one.points.length ? el("div.piece", {}, el("span.where", {}, t("要点")), long(one.points.join("\n"))) : null,
    one.gold.map((gold) => piece(gold)),
    one.missing ? el("div.piece", {}, el("span.where", {}, t("资料里没有的")), long(one.missing)) : null,
    empty ? nothing(one.answerable ? t("没有保存标准答案的文字") : t("应当拒答")) : null);
}

export function passagesSide(one) {
  return el("section", {}, el("h3", {}, t("检索到的段落")),
    one.passages.map((passage, at) => piece(passage, at + 1)),
    one.passages.length ? null : nothing(t("没有保存检索到的段落")));
}

export function scoresOf(one) {
  const known = Object.entries(one.scores).filter(([, value]) => value !== null);
  return el("dl.scores", {}, known.map(([key, value]) =>
    el("div", { title: metricMeaning(key) }, el("dt", {}, metricName(key)), el("dd", {}, value.toFixed(2)))));
}

/** Why a question scored as it did. Runs keep the reasons in English, each beginning in one of these ways. */
const REASONS = [
  [/^gold document at rank (?<rank>\d+)$/, "正确文档排第 {rank}", ""],
  [/^gold passage at rank (?<rank>\d+)$/, "依据段落排第 {rank}", ""],
  [/^gold document not found$/, "没检索到正确文档", "bad"],
  [/^gold passage not found$/, "没检索到依据段落", "bad"],
  [/^refused, but the documents answer it$/, "资料里有答案，却拒答了", "bad"],
  [/^answered, but nothing supports it$/, "资料里没有依据，却答了", "bad"],
  [/^cites nothing$/, "没有引用", "bad"],
  [/^cites (?<what>.+) first$/s, "先引用了 {what}", "bad"],
  [/^gold quote not cited: (?<what>.+)$/s, "没引到依据：{what}", "bad"],
  [/^point not covered: (?<what>.+)$/s, "没说到：{what}", "bad"],
  [/^figure not named: (?<what>.+)$/s, "没写出数字：{what}", "bad"],
  [/^figure in no source: (?<what>.+)$/s, "来源里没有的数字：{what}", "bad"],
  [/^must not be said: (?<what>.+)$/s, "不该说：{what}", "bad"],
  [/^not in the cited places: (?<what>.+)$/s, "引用处没有这句话：{what}", "bad"],
  [/^the quote of \[(?<number>\d+)\] does not stand in its document$/, "引文 [{number}] 不在它的文档里", "bad"],
];
const NEXT = /; (?=gold |refused, |answered, |cites |point not |figure |must not |not in the |the quote of )/;

export function reasons(explanation) {
  if (!explanation) return null;
  return el("ul.why", { "aria-label": t("评分说明") }, explanation.split(NEXT).map((said) => {
    for (const [pattern, words, tone] of REASONS) {
      const found = said.match(pattern);
      if (found) return el(`li${tone ? `.${tone}` : ""}`, {}, t(words, found.groups ?? {}));
    }
    return el("li", {}, said);
  }));
}

export const waiting = () =>
  el("div.loading", { role: "status" }, el("span.unseen", {}, t("正在打开…")), el("div.skeleton"), el("div.skeleton"), el("div.skeleton"));

export const failed = (error) => el("p.notice.bad", { role: "alert" }, error.message);
