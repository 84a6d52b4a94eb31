// A slide drawn from its shapes, for where no program prints it.

const SVG = "http://www.w3.org/2000/svg";
const INSET = 7.2;

/** The slide as an SVG on a field of its size in points. */
export function drawSlide(slide, part, address) {
  const svg = node("svg", { viewBox: `0 0 ${part.width} ${part.height}`, class: "slide", "aria-hidden": "true" });
  svg.append(node("rect", { width: part.width, height: part.height, fill: colour(slide.ground) ?? "#ffffff" }));
  for (const shape of [...(slide.behind ?? []), ...slide.shapes]) draw(svg, shape, address);
  return svg;
}

function draw(svg, shape, address) {
  const [x0, y0, x1, y1] = shape.box;
  const [width, height] = [Math.max(x1 - x0, 0), Math.max(y1 - y0, 0)];
  const stroke = { stroke: colour(shape.edge) ?? "none", "stroke-width": shape.wide ?? 1 };
  const fill = colour(shape.fill) ?? "none";
  if (shape.form === "line") {
    svg.append(node("line", { x1: x0, x2: x1, y1: shape.rises ? y1 : y0, y2: shape.rises ? y0 : y1,
      stroke: colour(shape.edge) ?? "#808080", "stroke-width": shape.wide ?? 1 }));
    return;
  }
  if (shape.form === "ellipse") {
    svg.append(node("ellipse", { cx: x0 + width / 2, cy: y0 + height / 2, rx: width / 2, ry: height / 2, fill, ...stroke }));
  } else if (fill !== "none" || shape.edge || shape.chart) {
    const round = shape.form === "round" ? Math.min(width, height) / 6 : 0;
    svg.append(node("rect", { x: x0, y: y0, width, height, rx: round, fill,
      ...(shape.chart ? { stroke: "#b9c1cb", "stroke-dasharray": "4 3" } : stroke) }));
  }
  if (shape.picture) {
    const image = node("image", { x: x0, y: y0, width, height, preserveAspectRatio: "none" });
    image.setAttribute("href", address(`pictures/${shape.picture}`));
    svg.append(image);
  }
  if (shape.text) svg.append(text(shape, x0, y0, width, height));
  if (shape.table) svg.append(table(shape.table, x0, y0, width, height));
  if (shape.chart) svg.append(lines(shape.chart, x0, y0, width, height));
}

function text(shape, x, y, width, height) {
  const box = foreign(x, y, width, height);
  const inner = html("div", "slide-text");
  inner.style.justifyContent = { middle: "center", bottom: "flex-end" }[shape.text.anchor] ?? "flex-start";
  inner.style.padding = `${INSET / 2}px ${INSET}px`;
  for (const line of shape.text.lines) {
    const p = html("p", "", line.text);
    p.style.fontSize = `${line.size}px`;
    p.style.fontWeight = line.bold ? "700" : "400";
    p.style.color = colour(line.colour) ?? colour(shape.ink) ?? "#222222";
    p.style.textAlign = line.align ?? "left";
    if (line.level) p.style.paddingLeft = `${(line.level - 1) * 14}px`;
    inner.append(p);
  }
  box.append(inner);
  return box;
}

function table(content, x, y, width, height) {
  const box = foreign(x, y, width, height);
  const made = html("table", "slide-table");
  const total = content.columns.reduce((sum, one) => sum + one, 0) || 1;
  const columns = html("colgroup");
  for (const one of content.columns) {
    const column = html("col");
    column.style.width = `${(one / total) * 100}%`;
    columns.append(column);
  }
  made.append(columns);
  for (const row of content.rows) {
    const tr = html("tr");
    tr.style.height = `${row.height}px`;
    for (const cell of row.cells) {
      const td = html("td", "", cell.text);
      td.colSpan = cell.columns;
      td.rowSpan = cell.rows;
      td.style.fontSize = `${cell.size ?? 12}px`;
      td.style.fontWeight = cell.bold ? "700" : "400";
      td.style.color = colour(cell.colour) ?? "#222222";
      td.style.background = colour(cell.fill) ?? "#ffffff";
      tr.append(td);
    }
    made.append(tr);
  }
  box.append(made);
  return box;
}

function lines(texts, x, y, width, height) {
  const box = foreign(x, y, width, height);
  const inner = html("div", "slide-chart");
  for (const one of texts) inner.append(html("p", "", one));
  box.append(inner);
  return box;
}

function foreign(x, y, width, height) {
  return node("foreignObject", { x, y, width: Math.max(width, 1), height: Math.max(height, 1) });
}

/** Only colours of our own spelling reach an attribute. */
function colour(value) {
  return /^#[0-9a-f]{6}$/i.test(value ?? "") ? value : null;
}

function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function html(tag, classes = "", text = "") {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (text) made.textContent = text;
  return made;
}
