// Text files, line by line.

import { el } from "../dom.js";
import { markAsPlace } from "./frame.js";
import { pieces } from "./window.js";
import { markWords } from "./words.js";

const HEADING = /^#{1,6}\s*[^#\s]/;

/** Draw lines with their numbers; those of the place are marked. */
export async function drawLines(v) {
  const [part] = v.data.parts;
  const inside = el(`div.view-lines.of-${v.data.format}`);
  v.scroller.append(inside);
  const [from, to] = v.at?.lines ?? [0, -1];
  const window = pieces(v.scroller, inside, part.pieces.length, async (n) => {
    const first = part.pieces[n - 1][0];
    const texts = await v.piece(1, n);
    return el("div.view-piece", {}, texts.map((text, at) => line(v, first + at, text, from, to)));
  });
  const byNumber = (number) => inside.querySelector(`[data-line="${number}"]`);
  v.goTo = async ({ at }) => {
    await window.show(part.pieces.findLastIndex(([first]) => first <= at) + 1);
    v.reveal(byNumber(at));
  };
  v.home = async () => {
    await window.show(v.at.piece);
    v.arrive();
  };
  if (!part.pieces.length) return;
  await window.show(v.at?.piece ?? 1);
  const lit = [...inside.querySelectorAll("[data-highlight] .text")];
  if (!markWords(lit, v.quote).length) for (const words of v.quote.split("\n")) markWords(lit, words);
  v.arrive();
}

function line(v, number, text, from, to) {
  const heading = v.data.format === "md" && HEADING.test(text);
  const made = el(heading ? "div.line.heading" : "div.line", { "data-line": number },
    el("span.number", { "aria-hidden": "true" }, String(number)), el("span.text", {}, text));
  if (number >= from && number <= to) markAsPlace(made, number === from);
  return made;
}
