// Marks the words of a quote inside what is shown, whatever white space either has.

import { el } from "../dom.js";

/** White space, and the signs that mark up a text or part the cells of a quoted row. */
const PASSED_OVER = /[\s`*|]+/g;

/** Mark `quote` in the text below `nodes`, over the borders between them; returns the marks, none when it is not there. */
export function markWords(nodes, quote) {
  const wanted = quote.replace(PASSED_OVER, "");
  if (wanted.length < 2) return [];
  const letters = [];
  let text = "";
  for (const node of nodes) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      for (let at = 0; at < data.length; at += 1) {
        if (data[at].search(PASSED_OVER) >= 0) continue;
        text += data[at];
        letters.push([walker.currentNode, at]);
      }
    }
  }
  const start = text.indexOf(wanted);
  if (start < 0) return [];
  const spans = new Map();
  for (const [node, at] of letters.slice(start, start + wanted.length)) {
    const span = spans.get(node);
    if (span) span[1] = at + 1;
    else spans.set(node, [at, at + 1]);
  }
  return [...spans].map(([node, [from, to]]) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const mark = el("mark");
    range.surroundContents(mark);
    return mark;
  });
}
