// An answer as Markdown with its sources, to paste into a proposal.

import { t } from "./dom.js";

const SPECIAL = /([\\`*_{}[\]<>#|~])/g;
const plain = (text) => text.replace(SPECIAL, "\\$1");

/** The answer's claims with footnote marks, what is missing, the notes, and a line for each source. */
export function asMarkdown(answer) {
  const lines = [`**${plain(answer.question)}**`, ""];
  if (!answer.claims.length) lines.push(plain(answer.text));
  for (const claim of answer.claims) {
    const marks = claim.citations.map((n) => `[^${n}]`).join("");
    const sums = claim.arithmetic?.length ? `（${plain(claim.arithmetic.join("；"))}）` : "";
    lines.push(`- ${plain(claim.text)}${sums}${claim.verified ? "" : t("（未核实）")}${marks}`);
  }
  if (answer.claims.length && answer.missing) lines.push("", `${t("资料没有说明：")}${plain(answer.missing)}`);
  for (const note of answer.notes) lines.push("", `> ${plain(note)}`);
  lines.push("");
  for (const one of answer.citations) {
    const of = one.document;
    lines.push(`[^${one.n}]: ${plain(`《${of.title}》${of.version ? `（${of.version}）` : ""}${one.locator.label}：“${one.quote.replace(/\s+/g, " ")}”`)}`);
  }
  return `${lines.join("\n").trim()}\n`;
}
