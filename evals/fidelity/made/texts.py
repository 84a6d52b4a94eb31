"""Markdown, plain text in the encodings that occur, and comma-separated values."""

from pathlib import Path

from evals.fidelity.fact import MadeFile


class _Lines:
    """A text file that grows line by line; `add` gives the number of the first line added."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, text: str = "") -> int:
        start = len(self.lines) + 1
        self.lines += text.split("\n")
        return start

    def write(self, made: MadeFile, newline: str = "\n", mark: bytes = b"") -> MadeFile:
        made.path.write_bytes(mark + newline.join(self.lines).encode(made.encoding) + newline.encode(made.encoding))
        return made


def handbook(folder: Path) -> MadeFile:
    """An operations manual: front matter, both kinds of headings, nested lists, tables, code, quotes, links, notes."""
    made, page = MadeFile(folder / "md_handbook.md", "md", "written by hand"), _Lines()
    page.add("---\ntitle: 星衡切换手册\nauthor: 贺川\nversion: V1.3\n---\n")
    made.plant("heading", "切换手册正文", {"line_start": page.add("# 切换手册正文")}, kind="heading", level=1)
    page.add()
    made.plant(
        "underlined heading", "前置检查项", {"line_start": page.add("前置检查项\n------")}, kind="heading", level=2
    )
    for level, indent, mark, text in (
        (1, "", "1. ", "核对两地时钟偏差"), (2, "   ", "- ", "偏差以五十毫秒为限"), (1, "", "2. ", "冻结批量作业"),
        (2, "   ", "- ", "夜间对账作业除外"),
    ):  # fmt: skip
        at = page.add(f"{indent}{mark}{text}")
        made.plant("nested list", text, {"line_start": at}, kind="list_item", level=level)
    page.add("\n## 链路清单\n")
    head = page.add("| 链路 | 方向 | 带宽 | 备注 |\n|:--|:-:|--:|---|")
    for at, (key, way, width, note) in enumerate(
        (("京厦一线", "双向", "10Gbps", "主用"), ("京厦二线", "双向", "8Gbps", "备用 `bgp-2`"), ("同城裸纤", "单向", "40Gbps", "含\\|竖线")), 2,
    ):  # fmt: skip
        page.add(f"| {key} | {way} | **{width}** | {note} |")
        made.plant("table", width, {"line_start": head + at}, key=key, column="带宽")
    made.plant("escaped bar in a cell", "含|竖线", key="同城裸纤", column="备注", raw="含\\|竖线")
    page.add()
    at = page.add("切换命令由**值班经理**下达，见[演练记录](https://wiki.example.com/md/drill)与`caselore`说明。")
    made.plant(
        "inline markup",
        "切换命令由值班经理下达",
        {"line_start": at},
        raw="切换命令由**值班经理**下达",
        kind="paragraph",
    )
    page.add()
    page.add("```bash\nkubectl -n aicc scale deploy/gateway --replicas=16\n# 回退副本数写八\n```")
    made.plant("code", "kubectl -n aicc scale deploy/gateway --replicas=16", kind="code")
    made.plant("comment in code is no heading", "# 回退副本数写八", kind="code")
    page.add()
    made.plant("quote", "引用原话称演练不得影响生产", {"line_start": page.add("> 引用原话称演练不得影响生产")})
    page.add()
    made.plant("paragraph over lines", "第二行仍属此段落", {"line_start": page.add("此段落共两行，首行写背景，\n第二行仍属此段落。")},
               kind="paragraph")  # fmt: skip
    page.add("\n### 附加说明\n")
    made.plant("paragraph under headings", "此处写双写保留九十天", {"line_start": page.add("此处写双写保留九十天。"),
               "headings": ("切换手册正文", "链路清单", "附加说明")})  # fmt: skip
    page.add()
    for mark, text in (("- [x] ", "任务已完成灰度名单"), ("- [ ] ", "任务未完成压测复核")):
        made.plant("task list", text, {"line_start": page.add(mark + text)}, kind="list_item")
    page.add("\n<!-- 作者注释不应出现 -->\n")
    made.keep_out("HTML comment", "作者注释不应出现")
    page.add("<table><tr><th>环境</th><th>网段</th></tr><tr><td>准生产区</td><td>10.22.40.0/24</td></tr></table>\n")
    made.plant("HTML table in Markdown", "10.22.40.0/24", key="准生产区", column="网段")
    page.add("脚注正文前的句子[^1]。\n\n[^1]: 脚注称该值取自压测。")
    made.plant("footnote", "脚注称该值取自压测")
    return page.write(made)


def numbered_markdown(folder: Path) -> MadeFile:
    """Many sections with typed Chinese numbers, Windows line ends and a byte order mark."""
    made, page = MadeFile(folder / "md_numbered.md", "md", "written by hand, CRLF and BOM"), _Lines()
    for chapter in range(1, 9):
        title = f"{'一二三四五六七八'[chapter - 1]}、接口批次{chapter * 3}"
        made.plant("heading", title, {"line_start": page.add(f"## {title}")}, kind="heading", level=2)
        page.add()
        for part in range(1, 4):
            text = f"批次{chapter * 3}第{part}项接口限流每秒{chapter * 110 + part}次"
            made.plant("paragraph under headings", text, {"line_start": page.add(text + "。"), "headings": (title,)})
            page.add()
    return page.write(made, "\r\n", b"\xef\xbb\xbf")


def _notes(made: MadeFile, newline: str = "\n", mark: bytes = b"") -> MadeFile:
    page = _Lines()
    for head, lines in (
        ("一、会议背景", ("澜江侧要求年前完成冷热分离", "双方确认以工单库为先")),
        ("二、会议结论", ("热库仅保留近九十天消息", "冷库按月分表并压缩存放")),
        ("三、后续安排", ("十月十八日前给出校验脚本", "十一月初组织第二次割接评审")),
    ):
        made.plant("typed heading in text", head, {"line_start": page.add(head)}, kind="heading")
        for line in lines:
            made.plant("line of text", line, {"line_start": page.add(line + "。"), "headings": (head,)})
        page.add()
    for at, text in enumerate(("复核迁移条数五百二十万", "复核抽样比例千分之三"), 1):
        made.plant("typed list in text", text, {"line_start": page.add(f"{at}. {text}")}, shown=f"{at}. {text}")
    return page.write(made, newline, mark)


def utf8_text(folder: Path) -> MadeFile:
    """UTF-8."""
    return _notes(MadeFile(folder / "txt_utf8.txt", "txt", "written by hand"))


def gbk_text(folder: Path) -> MadeFile:
    """GBK with Windows line ends, as Notepad of old wrote it."""
    return _notes(MadeFile(folder / "txt_gbk.txt", "txt", "GBK, CRLF", encoding="gbk"), "\r\n")


def gb18030_text(folder: Path) -> MadeFile:
    """GB18030 with characters that GBK lacks."""
    made = MadeFile(folder / "txt_gb18030.txt", "txt", "GB18030", encoding="gb18030")
    page = _Lines()
    for text in ("联系人为𠮷田与㙓姓同事两位", "机房代号含生僻字䶮区", "其余内容按常用字书写并足够长以便判断编码"):
        made.plant("rare characters", text, {"line_start": page.add(text)})
        page.add()
    return page.write(made)


def utf16_text(folder: Path) -> MadeFile:
    """UTF-16 with its mark, as Windows calls Unicode."""
    return _notes(
        MadeFile(folder / "txt_utf16.txt", "txt", "UTF-16 LE with BOM", encoding="utf-16-le"), "\r\n", b"\xff\xfe"
    )


def unmarked_utf16_text(folder: Path) -> MadeFile:
    """UTF-16 big-endian without a mark."""
    return _notes(MadeFile(folder / "txt_utf16be.txt", "txt", "UTF-16 BE without BOM", encoding="utf-16-be"))


def _table(made: MadeFile, separator: str, quoted: bool, mark: bytes = b"") -> MadeFile:
    page = _Lines()
    page.add(separator.join(("主机名", "用途", "规格", "责任人")))
    for number in range(1, 13):
        key, text = f"lj-db-{number:02d}", f"{number * 16}核{number * 96}GB"
        line = page.add(separator.join((key, "会话库", f'"{text}"' if quoted else text, "岳临")))
        made.plant("comma-separated row", text, {"line_start": line}, key=key, column="规格")
    if quoted:
        line = page.add(separator.join(("lj-db-99", "备机", f'"含{separator}分隔符与""引号""的值"', "闻笛")))
        made.plant("separator inside quotes", f'含{separator}分隔符与"引号"的值', {"line_start": line}, key="lj-db-99",
                   column="规格", raw=f'含{separator}分隔符与""引号""的值')  # fmt: skip
        line = page.add(separator.join(("lj-db-98", "备机", '"首行内容\n次行写维保到期"', "程砚")))
        made.plant("line break inside quotes", "次行写维保到期", {"line_start": line}, key="lj-db-98", column="规格")
    return page.write(made, mark=mark)


def csv_utf8(folder: Path) -> MadeFile:
    """Commas, quotes, line breaks within quotes, the mark that Excel writes."""
    return _table(MadeFile(folder / "csv_excel.csv", "csv", "as Excel exports it"), ",", True, b"\xef\xbb\xbf")


def csv_gbk(folder: Path) -> MadeFile:
    """Commas in GBK, as Chinese Excel saves by default."""
    return _table(MadeFile(folder / "csv_gbk.csv", "csv", "GBK, as Chinese Excel saves", encoding="gbk"), ",", True)


def csv_semicolon(folder: Path) -> MadeFile:
    """Semicolons."""
    return _table(MadeFile(folder / "csv_semicolon.csv", "csv", "semicolons"), ";", False)
