"""A manuscript as the page that a wiki exports: its navigation and remarks around the text."""

import html
import re
from pathlib import Path

import blocks
import grid
from manuscript import Manuscript

PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>{title} - {space} - 知识库</title>
<meta name="author" content="{author}">
<style>body{{font-family:sans-serif}} table{{border-collapse:collapse}} td,th{{border:1px solid #999;padding:3px 8px}}</style>
</head>
<body>
<nav id="breadcrumbs"><a href="index.html">知识库</a> / <a href="space.html">{space}</a></nav>
<div id="main-content">
<h1 id="title-text">{title}</h1>
<div class="page-metadata">由 {author} 创建，最后修改于 {date}{version}</div>
{body}
</div>
<footer>导出自知识库 · 仅供内部使用</footer>
</body>
</html>
"""


def write(one: Manuscript, path: Path) -> None:
    version = f"，版本 {one.meta['version']}" if "version" in one.meta else ""
    body = "\n".join(map(_block, one.blocks))
    space = one.meta.get("space", one.facts["project"])
    text = PAGE.format(
        title=one.meta["title"],
        author=one.meta["author"],
        date=one.meta["date"],
        version=version,
        body=body,
        space=space,
    )
    path.write_text(text, encoding="utf-8")


def _block(block: blocks.Block) -> str:
    match block:
        case blocks.Heading():
            return f"<h{block.level + 1}>{_inline(block.text)}</h{block.level + 1}>"
        case blocks.Text():
            return f"<p>{_inline(block.text)}</p>"
        case blocks.Listing():
            return _list(block.items, "ol" if block.numbered else "ul")
        case blocks.Code():
            return f"<pre><code>{html.escape(block.text)}</code></pre>"
        case blocks.Grid():
            return _table(block)
        case blocks.Mark(name="macro"):  # an information panel, as wikis have it
            return f'<div class="confluence-information-macro"><p>{_inline(block.rest)}</p></div>'
    raise ValueError(f"a page has no {block}")


def _list(items: blocks.Items, tag: str) -> str:
    lines: list[str] = []
    for item in items:
        if isinstance(item, str):
            lines.append(f"<li>{_inline(item)}</li>")
        else:
            lines[-1] = lines[-1].removesuffix("</li>") + _list(item, "ul") + "</li>"
    return f"<{tag}>{''.join(lines)}</{tag}>"


def _table(table: blocks.Grid) -> str:
    spans = {(top, left): (down - top + 1, right - left + 1) for top, left, down, right in grid.merges(table.rows)}
    lines = []
    for at, row in enumerate(table.rows):
        cells = []
        for column, value in enumerate(row):
            if value in (grid.LEFT, grid.UP):
                continue
            down, across = spans.get((at, column), (1, 1))
            size = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            tag = "th" if at < table.head else "td"
            cells.append(f"<{tag}{size}>{_inline(value)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    caption = f"<caption>{_inline(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}{''.join(lines)}</table>"


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False).replace("\n", "<br/>")
    return re.sub(r"`(.+?)`", r"<code>\1</code>", re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", safe))
