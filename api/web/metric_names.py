"""What each metric is called on a page, and what it says in plain words; Chinese, as everywhere, the message itself.

The definitions are those of docs/evaluation.md.
"""

from typing import NamedTuple


class Named(NamedTuple):
    """A name to head a column with, and a sentence that explains it."""

    name: str
    meaning: str


class Toned(NamedTuple):
    """A name, and how it is to be taken: the class of a chip in base.css."""

    name: str
    tone: str


METRICS = {
    "correct": Named("答对", "数字全对、要点说到一半以上、没有错的内容；资料里没有的问题，拒答才算对。"),
    "points_covered": Named("说到的要点", "标准答案的要点中，回答说到的比例。"),
    "figures_named": Named("写出的数字", "必须写出的数字和代号中，回答写出的比例。"),
    "figures_wrong": Named("数字有误", "回答里有来源没有的数字，或说了不该说的内容，就算一次。越低越好，应当为零。"),
    "citation_precision": Named("引用准确", "各条结论的引用中，确实说了这件事、或与其他引用合起来才说全的比例。"),
    "citation_recall": Named("引用充分", "各条结论中，引用合起来确实说了这件事的比例。"),
    "quotes_verbatim": Named("引文逐字", "引文在原文件里一字不差的比例。应当为一。"),
    "gold_quote_cited": Named("引到依据", "标准依据的原文中，被引用覆盖到的比例（覆盖八成字数才算）。"),
    "first_citation_document": Named("首条引对文档", "第一条引用来自正确文档的比例。"),
    "passage_recall@1": Named("段落在首位", "检索结果的第一段就含有标准依据的问题比例。"),
    "passage_recall@5": Named("段落在前五", "检索结果的前五段里含有标准依据的问题比例。"),
    "passage_recall@10": Named("段落在前十", "检索结果的前十段里含有标准依据的问题比例。"),
    "passage_mrr@10": Named("段落倒数排名", "标准依据排第几，取倒数再平均；排第一为一，前十没有为零。"),
    "passage_ndcg@10": Named("段落排序质量", "标准依据在前十段里排得越靠前、找得越全，越接近一（nDCG@10）。"),
    "document_recall@1": Named("文档在首位", "检索结果的第一份文档就是正确文档的问题比例。"),
    "document_recall@5": Named("文档在前五", "检索结果的前五份文档里有正确文档的问题比例。"),
    "document_recall@10": Named("文档在前十", "检索结果的前十份文档里有正确文档的问题比例。"),
    "document_mrr@10": Named("文档倒数排名", "正确文档排第几，取倒数再平均；排第一为一，前十没有为零。"),
    "document_ndcg@10": Named("文档排序质量", "正确文档在前十份里排得越靠前、找得越全，越接近一（nDCG@10）。"),
    "answerable_answered": Named("能答的答了", "资料里有答案的问题中，没有拒答的比例。"),
    "refusal_recall": Named("该拒的拒了", "资料里没有答案的问题中，确实拒答的比例。"),
    "refusal_precision": Named("拒得有理", "拒答的问题中，资料里确实没有答案的比例。"),
    "refusal_f1": Named("拒答综合", "“该拒的拒了”与“拒得有理”的调和平均。"),
    "aurc": Named("平均风险", "只答最有把握的问题时答错的比例，在各种覆盖率上取平均。越低越好。"),
}

GROUPS = {"answer": "回答", "citation": "引用", "retrieval": "检索", "refusal": "拒答与把握"}

OUTCOMES = {
    "right": Toned("正确", "good"),
    "figures_wrong": Toned("数字有误", "bad"),
    "should_refuse": Toned("该拒答却答了", "bad"),
    "refused": Toned("有答案却拒答", "warn"),
    "incomplete": Toned("不完整", "warn"),
}
KINDS = {
    "version": "版本",
    "rationale": "缘由",
    "table": "表格",
    "pdf": "PDF",
    "slide": "幻灯片",
    "procedure": "操作步骤",
    "handover": "交接",
    "colloquial": "口语",
    "fact": "事实",
    "shortname": "简称",
    "unanswerable": "资料里没有",
    "picture": "图片",
    "followup": "追问",
    "premise": "错误前提",
    "partial": "部分可答",
    "compare": "对比",
    "list": "列举",
    "across": "跨项目",
}
"""The kinds of the sets that come with Caselore; kinds of one's own are shown as they are."""

SETTLED = {
    "commit": "代码",
    "model": "模型",
    "fingerprint": "模型指纹",
    "index": "资料库",
    "questions": "题目",
    "settings": "设置",
    "version": "版本号",
    "provenance unknown": "运行条件未知",
}
"""What may differ between two runs."""


def metric(key: str) -> Named:
    """The name and meaning of a metric; one that is not known here is called by its key."""
    return METRICS.get(key, Named(key, ""))
