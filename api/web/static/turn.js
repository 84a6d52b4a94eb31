// One question and its answer: while it comes about, and as it was kept.

import { el, icon, t, toast } from "./dom.js";
import { asMarkdown } from "./markdown.js";
import { peek } from "./peek.js";
import { searched } from "./searched.js";
import { votes } from "./votes.js";

const STATES = { answered: ["good", "已回答"], partial: ["warn", "部分回答"], refused: ["bad", "资料中没有"] };
const KEYS = { project: "项目", doc_type: "文档类型", title: "标题含", version: "版本", date: "年份", spelling: "应为", history: "接着上文" };
const KEPT_TOGETHER = 2;
const COPY = "M9 9h11v11H9zM5 15H4V4h11v1";
const LINK = "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1";

/** A turn that is being answered, within `filters`. `acts` are {ask(question, options), askUnfiltered(question),
 * openSource(citation, all)}. */
export function beginTurn(question, acts, filters) {
  const body = el("div.answer.card", { "aria-busy": "true" });
  const node = frame(question, body);
  const said = el("p.said-text");
  const coming = { claims: [], citations: [] };
  let passages = [];
  wait(body, t("正在检索…"));
  return {
    node,
    take({ name, data }) {
      if (name === "passages") {
        passages = data;
        wait(body, t("找到 {count} 段相关内容，正在组织回答…", { count: data.length }));
      } else if (name === "token") {
        if (!said.isConnected) body.append(said);
        body.querySelectorAll(".skeleton").forEach((one) => one.remove());
        said.append(data);
      } else if (name === "citation") {
        coming.citations.push(data);
      } else if (name === "claim") {
        coming.claims.push(data);
        said.remove();
        body.querySelector(".claims")?.remove();
        body.append(claims(coming, (citation) => acts.openSource(citation, coming.citations)));
      } else if (name === "progress") {
        body.querySelector(".waiting .faint")?.replaceChildren(writing(data));
      } else if (name === "reset") {
        Object.assign(coming, { claims: [], citations: [] });
        said.replaceChildren();
        wait(body, t("语言模型没有答成，改为摘录原文…"));
      } else if (name === "done") {
        node.id = data.id ? `answer-${data.id}` : "";
        fill(body, data, acts, { filters, passages, near: nearest(passages) });
        announce(data);
      }
    },
    failed(error, again) {
      body.replaceChildren(el("div.failed", {}, el("p.notice.bad", { role: "alert" }, error.message),
        again && el("button.button", { type: "button", onclick: again }, t("再试一次"))));
    },
    stopped() {
      body.querySelectorAll(".skeleton").forEach((one) => one.remove());
      body.append(el("p.note", {}, t("已停止。")),
        el("p", {}, el("button.button", { type: "button", onclick: () => acts.ask(question) }, t("重新提问"))));
    },
    ended() { body.removeAttribute("aria-busy"); },
  };
}

/** A turn as it was kept. */
export function showTurn(turn, acts) {
  const body = el("div.answer.card");
  fill(body, { ...turn.answer, id: turn.id, conversation_id: turn.conversation_id }, acts,
    { filters: turn.filters, passages: null, vote: turn.vote, near: turn.nearest });
  const node = frame(turn.answer.question, body);
  node.id = `answer-${turn.id}`;
  return node;
}

function frame(question, body) {
  return el("article.turn", {}, el("h2.asked", {}, question), body);
}

function wait(body, words) {
  body.replaceChildren(el("div.waiting", {}, el("p.faint", {}, words), ...[1, 2, 3].map(() => el("div.skeleton"))));
}

function writing({ characters, dropped }) {
  if (!characters) return t("语言模型正在读资料…");
  return dropped ? t("正在起草并逐句核对，已写 {characters} 字，{dropped} 句没有依据、已去掉…", { characters, dropped })
    : t("正在起草并逐句核对，已写 {characters} 字…", { characters });
}

/** A whole answer is read out once, not letter by letter. */
function announce(answer) {
  const heard = document.querySelector(".toasts");
  const line = el("p.unseen", {}, `${t(STATES[answer.status][1])}: ${answer.text}`);
  heard.append(line);
  setTimeout(() => line.remove(), 3000);
}

/** The documents that the first passages are from. */
function nearest(passages) {
  return [...new Map(passages.map((one) => [one.document.id, one.document])).values()].slice(0, 3);
}

function fill(body, answer, acts, { filters, passages, vote, near }) {
  const [tone, name] = STATES[answer.status];
  const open = (citation) => acts.openSource(citation, answer.citations);
  body.replaceChildren(...[
    el("div.state", {}, el(`span.chip.${tone}`, {}, t(name)),
      answer.model && el("span.chip", { title: t("由语言模型组织，每句都已按原文核对") }, answer.model),
      answer.dropped?.length ? el("span.chip.warn", {}, t("{count} 句没有依据，已去掉", { count: answer.dropped.length })) : null),
    answer.claims.length ? claims(answer, open) : refusal(answer, near),
    !answer.claims.length && Object.keys(filters ?? {}).length ? el("p", {}, el("button.button",
      { type: "button", onclick: () => acts.askUnfiltered(answer.question) }, t("不加筛选再问"))) : null,
    answer.claims.length && answer.missing ? el("p.missing", {}, t("资料没有说明："), answer.missing) : null,
    ...answer.notes.map((note) => el("p.note", {}, note)),
    answer.understood.length ? understood(answer, acts) : null,
    searched(answer, filters, passages, acts),
    foot(answer, vote),
  ].filter(Boolean));
}

/** A refusal in words, then the documents that come nearest, to open. The text itself lists them for those who only read. */
function refusal(answer, near) {
  const lines = answer.text.split("\n");
  const listed = lines.findIndex((line) => line.startsWith("- "));
  const words = near.length && listed > 0 ? lines.slice(0, listed - 1).join("\n") : answer.text;
  return el("div", {}, el("p.said-text", {}, words), near.length ? el("p.near", {}, t("最接近的文档：")) : null,
    near.length ? el("ul", {}, near.map((one) => el("li", {}, el("a", { href: `/documents/${one.id}` }, one.title)))) : null);
}

function claims(answer, open) {
  const by = new Map(answer.citations.map((one) => [one.n, one]));
  const box = el("div.claims");
  let group = null;
  let before = null;
  for (const claim of answer.claims) {
    const cited = claim.citations.map((n) => by.get(n)).filter(Boolean);
    const from = cited[0]?.document;
    if (!group || from?.id !== before) {
      group = el("section", {}, from && el("p.of", {}, `${from.title}${from.version && !from.title.includes(from.version) ? `（${from.version}）` : ""}`));
      box.append(group);
      before = from?.id;
    }
    const [first, ...further] = cited.map((one) => chip(one, open));
    // A number that wraps stands with the end of its sentence.
    const letters = Array.from(claim.text);
    const end = el("span.tail", {}, letters.slice(-KEPT_TOGETHER).join(""), first);
    group.append(el(claim.verified ? "p.claim" : "p.claim.unverified", {}, letters.slice(0, -KEPT_TOGETHER).join(""), end, further,
      !claim.verified && el("span.chip.warn", {}, t("未核实")),
      claim.arithmetic?.length ? el("span.arithmetic", {}, claim.arithmetic.join("；")) : null));
  }
  return box;
}

function chip(citation, open) {
  const made = el("button.cite", {
    type: "button",
    "aria-label": t("出处 {n}：{title}，{place}", { n: citation.n, title: citation.document.title, place: citation.locator.label }),
    "data-n": citation.n,
    onclick: () => open(citation),
  }, String(citation.n));
  peek(made, citation);
  return made;
}

function understood(answer, acts) {
  const chips = answer.understood.map((one) => el("span.chip", { title: t("从“{words}”理解而来", { words: one.words }) },
    `${t(KEYS[one.key])}：${one.value}`,
    el("button", { type: "button", "aria-label": t("不要这样理解：{value}", { value: one.value }),
      onclick: () => acts.ask(answer.question, { without: [`${one.key}=${one.value}`] }) }, "×")));
  return el("div.understood", {}, el("span", {}, t("理解为")), chips);
}

function foot(answer, vote) {
  const link = answer.id && `${location.origin}/conversations/${answer.conversation_id}#answer-${answer.id}`;
  return el("footer", {},
    el("button.quiet", { type: "button", onclick: () => copy(asMarkdown(answer), t("已复制，带出处")) }, icon(COPY), t("复制")),
    link && el("button.quiet", { type: "button", onclick: () => copy(link, t("已复制链接")) }, icon(LINK), t("链接")),
    answer.id && votes(answer, vote));
}

async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast(t("浏览器不让复制，请手动选取。"));
  }
}
