// Boxes over a page, a slide or a picture.

import { el } from "../dom.js";
import { markAsPlace } from "./frame.js";

/** Mark `boxes` ([x0, y0, x1, y1] on a field of `width` by `height`) on `sheet`. */
export function overlay(sheet, boxes, width, height) {
  boxes.forEach(([x0, y0, x1, y1], at) => {
    const mark = el("div.box");
    // A little air around the letters; a box never leaves its page.
    const air = Math.min(width, height) / 250;
    mark.style.left = `${(Math.max(x0 - air, 0) / width) * 100}%`;
    mark.style.top = `${(Math.max(y0 - air, 0) / height) * 100}%`;
    mark.style.width = `${((Math.min(x1 + air, width) - Math.max(x0 - air, 0)) / width) * 100}%`;
    mark.style.height = `${((Math.min(y1 + air, height) - Math.max(y0 - air, 0)) / height) * 100}%`;
    markAsPlace(mark, at === 0);
    sheet.append(mark);
  });
}
