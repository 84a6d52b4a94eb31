"""What file and folder names tell."""

from pathlib import PurePosixPath

import pytest

from ingest.names import doc_type, find_version, told_by_path, without_version


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("架构设计说明书_V1.2", "V1.2"),
        ("方案v2", "V2"),
        ("算力评估表_终版", "终版"),
        ("算力评估表_终版2", "终版2"),
        ("方案V1.2终稿", "V1.2终稿"),
        ("方案_送审稿", "送审稿"),
        ("plan_final2", "final2"),
        ("第三版方案", "第三版"),
        ("资源清单_2509", None),
        ("IPv6改造", None),
        ("项目终版图", "终版"),
    ],
)
def test_versions(name: str, version: str | None) -> None:
    assert find_version(name) == version


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("星衡AICC双活项目交接文档", "交接文档"),
        ("澜江证券IM项目交接说明", "交接文档"),
        ("禾川_算力评估表", "算力评估"),
        ("双活架构设计说明书", "架构设计"),
        ("双活方案汇报", "汇报"),
        ("汇报_双活方案", "架构设计"),
        ("周报_20250930", "周报"),
        ("评审会议纪要", "会议纪要"),
        ("灾备演练报告", "演练报告"),
        ("切换运维手册", "运维手册"),
        ("招标技术应答", "招标应答"),
        ("项目案例_智能体平台", "项目案例"),
        ("知识工程_人天评估", "人天评估"),
        ("通讯录", None),
    ],
)
def test_kinds(name: str, kind: str | None) -> None:
    assert doc_type(name) == kind


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("算力评估表_V1.0", "算力评估表"),
        ("算力评估表_终版2_20250930", "算力评估表_20250930"),
        ("方案（V1.2）", "方案"),
        ("V1.0", "V1.0"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert without_version(name) == title


@pytest.mark.parametrize(
    ("path", "project", "customer"),
    [
        ("方案.docx", None, None),
        ("IM双活/方案.docx", "IM双活", None),
        ("澜江证券/IM双活/02-设计/方案.docx", "IM双活", "澜江证券"),
        ("01_星衡银行/方案.docx", None, "星衡银行"),
        ("documents/03、IM双活/方案.docx", "IM双活", None),
    ],
)
def test_folders(path: str, project: str | None, customer: str | None) -> None:
    told = told_by_path(PurePosixPath(path))
    assert (told.project, told.customer) == (project, customer)
