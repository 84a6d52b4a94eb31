"""Sets that nothing was tuned on: made of public files, readable as BEIR-style folders."""

import json
from pathlib import Path

import pytest

from evals.beir_files import read_asked, read_corpus
from evals.bench import aside

SQUAD = {
    "data": [
        {
            "title": "災備",
            "paragraphs": [
                {"context": "每年演練兩次。", "qas": [{"question": "演練幾次？", "answers": []}]},
                {"context": "主站在北京。", "qas": []},
            ],
        }
    ]
}
FAQ = """---
title: 部署常见问题
---

# 部署常见问题

## 支持哪些操作系统？

支持 [CentOS 7](/os.md) 及以上版本，具体版本见部署文档的说明。

```shell
# 这是什么？
```

## 卸载步骤

先停掉所有实例，再删除数据目录与部署目录即可。

## 太短？

是。
"""


def make(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["aside", *arguments])
    aside.main()


def test_paragraphs_and_their_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = tmp_path / "held.json"
    held.write_text(json.dumps(SQUAD, ensure_ascii=False), "utf-8")
    make(monkeypatch, "squad", str(held), str(tmp_path / "set"))
    queries, relevant = read_asked(tmp_path / "set")
    assert [row.text for row in read_corpus(tmp_path / "set")] == ["每年演練兩次。", "主站在北京。"]
    assert [(one.text, relevant[one.id]) for one in queries] == [("演練幾次？", {"p0"})]


def test_headings_that_ask_are_questions_and_their_sections_do_not_say_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "docs"
    (folder / ".github").mkdir(parents=True)
    (folder / ".github" / "pull.md").write_text("## 做了什么？\n\n一段足够长的说明文字，本不该进来的。" * 2, "utf-8")
    (folder / "faq.md").write_text(FAQ, "utf-8")
    (folder / "other.md").write_text(f"# 备份\n\n{'全量备份每天凌晨进行。' * 40}\n\n{'增量' * 200}\n", "utf-8")
    make(monkeypatch, "faq", str(folder), str(tmp_path / "set"))
    rows = {row.id: row for row in read_corpus(tmp_path / "set")}
    queries, relevant = read_asked(tmp_path / "set")
    (question,) = queries
    assert question.text == "支持哪些操作系统？"
    (gold,) = relevant[question.id]
    assert rows[gold].text.startswith("支持 CentOS 7 及以上版本")
    assert rows[gold].title == "部署常见问题"
    texts = [row.text for row in rows.values()]
    assert not any("支持哪些操作系统" in text for text in texts)
    assert any(text.startswith("卸载步骤\n") for text in texts)
    # A long section is cut between paragraphs.
    assert sum(text.startswith("备份\n") for text in texts) == 2


def test_files_that_ask_nothing_are_thinned_out_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "faq.md").write_text(FAQ, "utf-8")
    for n in range(40):
        (folder / f"page-{n}.md").write_text(
            f"# 第{n}页\n\n这一页讲的是别的事情，与上面的问题没有任何关系。\n", "utf-8"
        )
    make(monkeypatch, "faq", str(folder), str(tmp_path / "set"), "--of", "8")
    kept = {row.id.split("#")[0] for row in read_corpus(tmp_path / "set")}
    assert "faq.md" in kept
    assert 1 < len(kept) < 20
