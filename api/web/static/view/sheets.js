// Workbooks: a sheet as a grid with letters and numbers, the rows around the place first.

import { el, t } from "../dom.js";
import { markAsPlace } from "./frame.js";
import { pieces } from "./window.js";

const BOLD = 1;
const NUMERIC = 2;
const FILLED = 4;
const MOST_EMPTY = 3;

/** Draw the sheet of the place, or the first that anything stands on, with tabs for the others. */
export async function drawSheets(v) {
  const { parts } = v.data;
  const tabs = el("div.view-tabs", { role: "tablist", "aria-label": t("工作表") });
  const buttons = parts.map((part) => el("button.quiet", { type: "button", role: "tab", onclick: () => open(part, 1) },
    part.hidden ? t("{name}（隐藏）", { name: part.name }) : part.name));
  tabs.append(...buttons);
  v.tools.prepend(tabs);
  tabs.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) buttons[(buttons.indexOf(document.activeElement) + by + buttons.length) % buttons.length].focus();
  });
  let window = null;

  async function open(part, piece) {
    window?.stop();
    buttons.forEach((one, at) => {
      one.setAttribute("aria-selected", String(parts[at] === part));
      one.tabIndex = parts[at] === part ? 0 : -1;
    });
    buttons[parts.indexOf(part)].scrollIntoView({ block: "nearest", inline: "nearest" });
    const grid = el("table.view-grid", { "aria-label": part.name });
    v.scroller.replaceChildren(grid);
    v.scroller.scrollTop = 0;
    if (!part.pieces?.length) {
      v.scroller.replaceChildren(el("p.faint.view-none", {}, t("这张工作表没有内容。")));
      return;
    }
    // The head stands apart from the rows that come and go.
    const columns = part.columns ?? [];
    const widths = el("colgroup", {}, el("col.number"), columns.map((_, at) => {
      const column = el("col");
      column.style.width = `${(part.widths[at] ?? 8) * 0.6 + 1.6}em`;
      return column;
    }));
    const head = el("thead", {}, el("tr", {}, el("th.corner", {}, el("span.unseen", {}, t("行"))),
      columns.map((one) => el("th", { scope: "col" }, letters(one)))));
    const body = el("tbody");
    grid.append(widths, head, body);
    const shown = el("div.view-rows", {}, grid);
    v.scroller.replaceChildren(shown);
    window = pieces(v.scroller, body, part.pieces.length, async (n) => {
      const before = n > 1 ? part.pieces[n - 2][1] : 0;
      return rows(v, part, await v.piece(part.number, n), before);
    }, shown);
    if (v.at?.cells) v.at.cells.found = false;
    await window.show(piece);
  }

  const wanted = v.at ? parts[v.at.part - 1] : parts.find((one) => one.pieces?.length) ?? parts[0];
  v.home = async () => {
    await open(wanted, v.at.piece);
    v.arrive();
  };
  await open(wanted, v.at?.piece ?? 1);
  v.arrive();
}

function rows(v, part, items, before) {
  const made = document.createDocumentFragment();
  const columns = part.columns ?? [];
  const marked = v.at?.part === part.number ? v.at.cells : null;
  const covered = new Set();
  let last = before;
  for (const item of items) {
    if (item.row - last - 1 > MOST_EMPTY) {
      made.append(el("tr.gap", {}, el("td", { colspan: columns.length + 1 },
        t("第 {from}–{to} 行为空", { from: last + 1, to: item.row - 1 }))));
    } else for (let row = last + 1; row < item.row; row += 1) made.append(tr(row, [], columns, marked, covered));
    made.append(tr(item.row, item.cells, columns, marked, covered, item.hidden));
    last = item.row;
  }
  return made;
}

function tr(row, cells, columns, marked, covered, hidden) {
  const made = el(hidden ? "tr.hidden-row" : "tr", { "data-row": row }, el("th", { scope: "row" }, String(row)));
  const held = new Map(cells.map((one) => [one[0], one]));
  columns.forEach((column, at) => {
    if (covered.has(`${row}:${column}`)) return;
    const [, text = "", look = 0, down = 1, across = 1] = held.get(column) ?? [];
    const cell = el("td", { rowspan: down > 1 && down, colspan: across > 1 && across }, text);
    if (look & BOLD) cell.classList.add("bold");
    if (look & NUMERIC) cell.classList.add("number");
    if (look & FILLED) cell.classList.add("filled");
    for (let y = row; y < row + down; y += 1) {
      for (let x = at; x < at + across; x += 1) covered.add(`${y}:${columns[x]}`);
    }
    if (marked && touches(marked, row, column, row + down - 1, columns[at + across - 1] ?? column)) {
      markAsPlace(cell, !marked.found);
      marked.found = true;
    }
    made.append(cell);
  });
  return made;
}

function touches([top, left, bottom, right], y0, x0, y1, x1) {
  return y0 <= bottom && y1 >= top && x0 <= right && x1 >= left;
}

/** The letters of a column: 1 is A, 27 is AA. */
function letters(number) {
  let made = "";
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    made = String.fromCharCode(65 + ((rest - 1) % 26)) + made;
  }
  return made;
}
