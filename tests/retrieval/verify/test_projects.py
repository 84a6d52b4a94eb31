"""Whose documents a claim speaks of."""

from retrieval.verify.projects import Projects, owner
from tests.retrieval.passages import document, passage, span

OURS = passage(span("代号青禾的平台。"), of=document("a", customer="禾川银行", project="禾川智算"))
THEIRS = passage(span("墨竹平台。"), of=document("b", customer="桐川农商银行"))
NOBODY_S = passage(span("公共规范。"), of=document("c"))
PROJECTS = Projects([OURS, THEIRS, NOBODY_S])


def test_a_project_is_named_in_full_or_without_its_kind_of_firm() -> None:
    assert PROJECTS.named("禾川银行的卡数") == {"禾川银行"}
    assert PROJECTS.named("桐川的卡数") == {"桐川农商银行"}
    assert PROJECTS.named("禾川与桐川") == {"禾川银行", "桐川农商银行"}
    assert PROJECTS.named("星衡的卡数") == set()


def test_a_code_name_is_known_by_the_text_that_has_it() -> None:
    assert PROJECTS.known_by("青禾") == {"禾川银行"}
    assert PROJECTS.known_by("墨竹") == {"桐川农商银行"}


def test_a_mere_name() -> None:
    assert PROJECTS.is_name("禾川")
    assert not PROJECTS.is_name("禾川剩5张")


def test_the_owner_is_the_customer_or_else_the_project() -> None:
    assert owner(document(customer="禾川银行", project="智算")) == "禾川银行"
    assert owner(document(project="智算")) == "智算"
    assert owner(document()) == ""
