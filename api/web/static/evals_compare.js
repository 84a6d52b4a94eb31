// Two runs: what got better, what worse, and what is no more than noise; the questions that changed, before and after.

import { el, t } from "./dom.js";
import { answerSide, failed, goldSide, inOrder, metricMeaning, metricName, reasons, score, submitAtOnce, waiting } from "./evals_parts.js";
import { call } from "./http.js";

const LABELS = JSON.parse(document.getElementById("labels").textContent);
const VERDICTS = { better: ["good", "▲", "变好"], worse: ["bad", "▼", "变差"], noise: ["", "≈", "看不出差别"], same: ["", "=", "相同"] };
const ORDER = ["worse", "better", "noise", "same"];

const result = document.getElementById("result");
const named = (labels, key) => (labels[key] ? t(labels[key]) : key);
const signed = (value) => `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(3)}`;

function chip(verdict) {
  const [tone, sign, words] = VERDICTS[verdict];
  return el(`span.chip.verdict${tone ? `.${tone}` : ""}`, {}, el("span", { "aria-hidden": "true" }, sign), t(words));
}

function table(label, rows) {
  const heads = [t("指标"), t("判断"), "A", "B", "B − A", t("差值的置信区间"), "p", t("题数")];
  const sorted = [...rows].sort(([, key, one], [, other, another]) =>
    ORDER.indexOf(one.verdict) - ORDER.indexOf(another.verdict) || inOrder(key, other));
  return el("div.scroll", { tabindex: 0, role: "region", "aria-label": label }, el("table.differences", {},
    el("thead", {}, el("tr", {}, heads.map((head, at) => el(at > 1 ? "th.number" : "th", { scope: "col" }, head)))),
    el("tbody", {}, sorted.map(([kind, key, one]) => el("tr", {},
      el("th", { scope: "row", title: metricMeaning(key) }, kind ? `${named(LABELS.kinds, kind)} · ${metricName(key)}` : metricName(key)),
      el("td", {}, chip(one.verdict)),
      [score(one.a), score(one.b), signed(one.difference), `${signed(one.low)} – ${signed(one.high)}`, one.p.toFixed(3), one.n]
        .map((value) => el("td.number", {}, String(value))))))));
}

function told(found) {
  const counts = { better: 0, worse: 0 };
  for (const one of Object.values(found.metrics)) if (one.verdict in counts) counts[one.verdict] += 1;
  const words = counts.better || counts.worse
    ? t("{better} 个指标变好，{worse} 个变差，其余看不出差别。", counts)
    : t("没有一个指标有超出偶然的变化。");
  const others = found.only_in_a + found.only_in_b;
  return el("div.head", {}, el("h2", {}, t("结论")), el("span", {}, words),
    el("span.faint", {}, t("两次都有的 {count} 题", { count: found.n }) + (others ? t("，另有 {count} 题只在一次里", { count: others }) : "")),
    found.differs.length ? el("span.faint", {}, t("不同之处："), found.differs.map((one) => named(LABELS.settled, one)).join("、")) : null);
}

function moves(change) {
  const all = [...Object.entries(change.worse).map((one) => ["bad", one]), ...Object.entries(change.better).map((one) => ["good", one])];
  const telling = all.filter(([, [key]]) => !/@|mrr/.test(key));
  return el("span.moves", {}, (telling.length ? telling : all).slice(0, 6).map(([tone, [key, [a, b]]]) =>
    el(`span.chip.${tone}`, { title: metricMeaning(key) }, `${metricName(key)} ${a.toFixed(2)} → ${b.toFixed(2)}`)));
}

function weight(change) {
  if ("correct" in change.worse) return 0;
  return "correct" in change.better ? 1 : 2;
}

function changed(change, a, b) {
  const [tone, words] = [["bad", t("由对变错")], ["good", t("由错变对")], ["", t("其他变化")]][weight(change)];
  const box = el("details.card.question", { id: `question-${change.id}` },
    el("summary", {}, el(`span.chip${tone ? `.${tone}` : ""}`, {}, words), el("b", {}, change.question),
      el("span.faint", {}, `${named(LABELS.kinds, change.kind)} · ${change.id}`), moves(change)));
  box.addEventListener("toggle", async () => {
    if (!box.open || box.dataset.opened) return;
    box.dataset.opened = "yes";
    const place = box.appendChild(waiting());
    const url = (run) => `/api/evals/runs/${encodeURIComponent(run)}/questions/${encodeURIComponent(change.id)}`;
    try {
      const [before, after] = await Promise.all([call("GET", url(a)), call("GET", url(b))]);
      place.replaceWith(el("div.sides", {},
        el("section", {}, answerSide(t("之前（A）"), before), reasons(before.explanation)),
        el("section", {}, answerSide(t("之后（B）"), after), reasons(after.explanation)),
        goldSide(after.gold.length || after.points.length ? after : before)));
    } catch (error) {
      delete box.dataset.opened;
      place.replaceWith(failed(error));
    }
  });
  return box;
}

async function show() {
  const { a, b } = result.dataset;
  try {
    const found = await call("GET", `/api/evals/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`);
    const overall = Object.entries(found.metrics).map(([key, one]) => ["", key, one]);
    const byKind = Object.entries(found.kinds).flatMap(([kind, metrics]) =>
      Object.entries(metrics).filter(([, one]) => one.difference).map(([key, one]) => [kind, key, one]));
    const beyond = byKind.filter(([, , one]) => one.verdict !== "noise");
    const within = byKind.filter(([, , one]) => one.verdict === "noise");
    const changes = [...found.changes].sort((one, other) => weight(one) - weight(other));
    result.replaceChildren(...[
      told(found),
      el("section.card", {}, table(t("各项指标"), overall)),
      byKind.length ? el("section.card", {}, el("h2.inside", {}, t("按类型")),
        beyond.length ? table(t("按类型"), beyond) : null,
        within.length ? el("details.legend", {}, el("summary", {}, t("{count} 处不同，但看不出差别", { count: within.length })),
          table(t("按类型"), within)) : null) : null,
      el("section", { id: "questions", "aria-labelledby": "changes-title" },
        el("div.head", {}, el("h2", { id: "changes-title" }, t("有变化的问题"), " ", el("span.chip", {}, String(changes.length)))),
        changes.map((one) => changed(one, a, b)),
        changes.length ? null : el("p.card.empty", {}, t("每道题的得分都一样。"))),
    ].filter(Boolean));
  } catch (error) {
    result.replaceChildren(failed(error));
  }
  result.removeAttribute("aria-busy");
}

submitAtOnce();
if (result) show();
