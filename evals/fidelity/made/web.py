"""HTML as wikis and office programs export it."""

from pathlib import Path

from evals.fidelity.fact import MadeFile

_PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def _write(made: MadeFile, html: str) -> MadeFile:
    made.path.write_bytes(html.encode(made.encoding))
    return made


def wiki_page(folder: Path) -> MadeFile:
    """A wiki's export: navigation, nested lists, merged cells, nested tables, definition lists, code, hidden blocks."""
    made = MadeFile(folder / "html_wiki.html", "html", "as a wiki exports it")
    plant = made.plant
    nav = made.keep_out("navigation", "返回空间首页导航")
    script, style = made.keep_out("script", "脚本里的字符串不算"), made.keep_out("style", "样式里的字符串不算")
    hidden = made.keep_out("hidden block", "隐藏区块不给读者看", "invisible")
    foot = made.keep_out("page footer", "空间管理员统一维护页脚", "footer")
    rows = "".join(
        f"<tr><td{' rowspan=2' if first else ''}>{site}</td><td>{part}</td><td>{plant('cells merged down', amount, key=part, column='台数')}</td></tr>\n"
        if first
        else f"<tr><td>{part}</td><td>{plant('cells merged down', amount, key=site, column='台数')}</td></tr>\n"
        for first, site, part, amount in (
            (True, "酒仙桥机房", "网关机", "14台整"),
            (False, "酒仙桥机房", "检索机", "9台整"),
        )
    )
    head = "<tr><th rowspan=2>数据源</th><th colspan=2>北京侧</th></tr><tr><th>方式</th><th>时延</th></tr>"
    sync = "".join(
        f"<tr><td>{key}</td><td>{plant('header of two rows', way, key=key, column='北京侧 / 方式')}</td>"
        f"<td>{plant('header of two rows', delay, key=key, column='北京侧 / 时延')}</td></tr>\n"
        for key, way, delay in (("工单库", "半同步方式", "1.13秒"), ("会话索引", "双向复制方式", "1.44秒"))
    )
    return _write(
        made,
        f"""<!DOCTYPE html>
<html lang="zh"><head><meta charset="utf-8"><title>双活部署说明</title><style>.x::after{{content:"{style}"}}</style>
<script>var s = "{script}";</script></head>
<body><nav><a href="/">{nav}</a></nav>
<main>
<h1>{plant("heading", "双活部署说明页", kind="heading", level=1)}</h1>
<h2>{plant("heading", "一、站点资源", kind="heading", level=2)}</h2>
<p>{
            plant(
                "paragraph under headings",
                "两站资源按一比一配置",
                {"headings": ("双活部署说明页", "一、站点资源")},
                kind="paragraph",
            )
        }，
<b>{plant("inline markup", "加粗部分写峰值三千路", kind="paragraph")}</b>。&nbsp;{
            plant("entities", "A&B 两平面 < 5ms", raw="A&B 两平面 < 5ms").replace("&", "&amp;").replace("<", "&lt;")
        }</p>
<table><thead><tr><th>机房</th><th>角色</th><th>台数</th></tr></thead><tbody>
{rows}</tbody></table>
<h2>二、同步方式</h2>
<table>{head}
{sync}</table>
<ol start="3"><li>{plant("ordered list", "冻结变更窗口期", kind="list_item", shown="3. 冻结变更窗口期")}
<ul><li>{plant("nested list", "通知分中心值守", kind="list_item", level=2)}</li></ul></li>
<li>{plant("ordered list", "执行切换脚本组", kind="list_item", shown="4. 执行切换脚本组")}</li></ol>
<dl><dt>RPO口径</dt><dd>{plant("definition list", "以最后一次提交的日志位点为准")}</dd></dl>
<pre><code>{plant("code", "curl -s http://gw/health | jq .state", kind="code")}</code></pre>
<div style="display:none">{hidden}</div>
<details><summary>展开</summary><p>{plant("folded block", "折叠区写回退须在十分钟内决策")}</p></details>
<img src="{_PIXEL}" alt="架构图替代文字">
<p>{
            plant("text after inline tags", "参见演练纪要第三页").replace(
                "演练纪要", "<a href='https://wiki.example.com/x'>演练纪要</a>"
            )
        }</p>
</main><footer>{foot}</footer></body></html>
""",
    )


def word_html(folder: Path) -> MadeFile:
    """What Word and WPS call a web page: GBK, no real lists, conditional comments, cells full of paragraphs."""
    made = MadeFile(folder / "html_word_gbk.html", "html", "as Word saves a web page, GBK", encoding="gbk")
    plant = made.plant
    cells = "".join(
        f"<tr><td><p class=MsoNormal><span lang=EN-US>{key}</span></p></td><td><p class=MsoNormal>"
        f"{plant('table', value, key=key, column='配额')}</p></td></tr>\n"
        for key, value in (("推理池", "37张卡"), ("训练池", "24张卡"), ("开发池", "15张卡"))
    )
    return _write(
        made,
        f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>算力配额</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>闻笛</o:Author></o:DocumentProperties></xml><![endif]-->
</head><body lang=ZH-CN>
<h1><span lang=EN-US>1 </span>{plant("heading", "算力配额分配", kind="heading", level=1)}</h1>
<p class=MsoNormal>{plant("paragraph", "配额自十月起按季度调整一次")}</p>
<p class=MsoListParagraph><![if !supportLists]><span>（1）&nbsp;</span><![endif]>{plant("list of Word", "超额须由科技委批准", shown="超额须由科技委批准")}</p>
<table class=MsoNormalTable border=1><tr><td><p><b>资源池</b></p></td><td><p><b>配额</b></p></td></tr>
{cells}</table></body></html>
""",
    )


def broken_html(folder: Path) -> MadeFile:
    """Tags that never close, a table without rows' ends, deep nesting, text outside any block."""
    made = MadeFile(folder / "html_broken.html", "html", "malformed on purpose")
    plant = made.plant
    deep = "<div>" * 150 + plant("deep nesting", "深层嵌套里的割接时间为周日") + "</div>" * 150
    return _write(
        made,
        f"""<html><body>{plant("text outside blocks", "散落在外的导语一句")}
<h2>{plant("heading", "告警阈值", kind="heading")}
<table><tr><th>指标<th>阈值<tr><td>磁盘水位<td>{plant("unclosed cells", "八成五", key="磁盘水位", column="阈值")}
<tr><td>连接数<td>{plant("unclosed cells", "四千二", key="连接数", column="阈值")}</table>
<p>{plant("unclosed paragraph", "未闭合段落写双人复核")}
<p>{plant("unclosed paragraph", "紧随其后的另一段写留痕")}
<ul><li>{plant("unclosed list", "未闭合的首项巡检", kind="list_item")}<li>{plant("unclosed list", "未闭合的次项备份", kind="list_item")}</ul>
{deep}
</body>""",
    )
