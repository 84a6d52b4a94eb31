// The quote behind a citation, shown while the pointer or the keyboard rests on it.

import { el } from "./dom.js";

const box = el("div.peek", { role: "tooltip", id: "peek", hidden: true });
document.body.append(box);

export function peek(anchor, citation) {
  const show = () => {
    box.replaceChildren(el("p.where", {}, `${citation.document.title} · ${citation.locator.label}`),
      el("blockquote", {}, citation.quote));
    box.hidden = false;
    const at = anchor.getBoundingClientRect();
    const left = Math.min(Math.max(12, at.left - 24), innerWidth - box.offsetWidth - 12);
    const below = at.bottom + 8 + box.offsetHeight < innerHeight;
    box.style.left = `${left}px`;
    box.style.top = `${below ? at.bottom + 8 : at.top - 8 - box.offsetHeight}px`;
    anchor.setAttribute("aria-describedby", "peek");
  };
  const hide = () => {
    box.hidden = true;
    anchor.removeAttribute("aria-describedby");
  };
  for (const [event, act] of [["mouseenter", show], ["focus", show], ["mouseleave", hide], ["blur", hide], ["click", hide]]) {
    anchor.addEventListener(event, act);
  }
  anchor.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}
