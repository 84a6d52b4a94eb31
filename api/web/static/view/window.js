// A long document a few pieces at a time: those around the place, others when one scrolls to them.

import { el, t } from "../dom.js";

/**
 * Put pieces into `inside`, which stands in `scroller`. `load(n)` gives the node of piece n (from 1) of `count`. What
 * leads to further pieces stands around `around`.
 * Returns {show(n)}, which has piece n there and drops the others when it is far from them, and {stop()}.
 */
export function pieces(scroller, inside, count, load, around = inside) {
  let first = 0;
  let last = -1;
  let busy = false;
  const above = end(t("更早的内容"), () => grow(-1));
  const below = end(t("后面的内容"), () => grow(1));
  around.before(above);
  around.after(below);
  const near = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting && last > 0) grow(one.target === above ? -1 : 1);
  }, { root: scroller, rootMargin: "600px" });
  near.observe(above);
  near.observe(below);

  function settle() {
    above.hidden = first <= 1;
    below.hidden = last >= count;
  }

  async function grow(by) {
    const next = by < 0 ? first - 1 : last + 1;
    if (busy || next < 1 || next > count) return;
    busy = true;
    try {
      const node = await load(next);
      if (by > 0) inside.append(node);
      else {
        // What one reads stays where it is while something comes in above it.
        const before = scroller.scrollHeight - scroller.scrollTop;
        inside.prepend(node);
        scroller.scrollTop = scroller.scrollHeight - before;
      }
      if (by < 0) first = next;
      else last = next;
      settle();
    } catch (error) {
      if (error.name !== "AbortError") (by < 0 ? above : below).firstChild.textContent = error.message;
    } finally {
      busy = false;
    }
    // A short piece leaves the edge in sight, of which no observer tells again.
    const edge = by < 0 ? above : below;
    near.unobserve(edge);
    near.observe(edge);
  }

  return {
    async show(n) {
      const wanted = Math.min(Math.max(n, 1), count);
      if (wanted < first || wanted > last) {
        busy = true;
        try {
          const node = await load(wanted);
          inside.replaceChildren(node);
          first = last = wanted;
        } finally {
          busy = false;
        }
      }
      settle();
    },
    stop() {
      near.disconnect();
      above.remove();
      below.remove();
    },
  };
}

function end(words, onclick) {
  return el("div.view-end", { hidden: true }, el("button.quiet", { type: "button", onclick }, words));
}
