"""Files made to break a reader of Word documents: refused or read, in good time, and nothing fetched."""

import zipfile
from pathlib import Path

import pytest

from ingest.document import ParsedDocument
from ingest.errors import DamagedDocument, DocumentError
from ingest.parse.docx.parser import parse
from tests.ingest.parse.docx.word_files import W, add_part, add_xml, declared, new_document, paragraph, save
from tests.ingest.parse.listing import listing

LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{at} '{f'&a{at - 1};' * 10}'>" for at in range(1, 10)
)  # fmt: skip


def with_body(folder: Path, body: str, doctype: str = "", drop: str = "-") -> Path:
    """A document whose main part is written by hand; parts whose name holds `drop` are left out."""
    sound, path = save(new_document(), folder, "sound.docx"), folder / "made.docx"
    with zipfile.ZipFile(sound) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name == "word/document.xml":
                target.writestr(name, f"{doctype}<w:document {W}><w:body>{body}</w:body></w:document>")
            elif drop not in name:
                target.writestr(name, source.read(name))
    return path


def outcome(path: Path) -> ParsedDocument | DocumentError:
    try:
        return parse(path)
    except DocumentError as error:
        return error


@pytest.mark.parametrize("where", ["<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", "<w:p w:x='&a9;'/>"])
def test_entities_that_multiply_are_not_expanded(where: str, tmp_path: Path) -> None:
    found = outcome(with_body(tmp_path, where + paragraph("正文"), LAUGHS + "]>"))
    assert isinstance(found, ParsedDocument | DamagedDocument)
    if isinstance(found, ParsedDocument):
        assert "haha" not in found.model_dump_json()


def test_external_entities_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("口令")
    document = new_document()
    document.add_paragraph("正文")
    notes = f"<!DOCTYPE x [<!ENTITY e SYSTEM '{secret.as_uri()}'>]>" + declared(
        f"<w:footnotes><w:footnote w:id='2'>{paragraph('&e;注')}</w:footnote></w:footnotes>"
    )
    add_part(document, "footnotes", "application/xml", notes)
    add_xml(document, "<w:p><w:r><w:t>有注</w:t><w:footnoteReference w:id='2'/></w:r></w:p>")
    assert "口令" not in "".join(listing(parse(save(document, tmp_path))))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
)
def test_deep_nesting_is_read_or_refused(opening: str, closing: str, tmp_path: Path) -> None:
    assert isinstance(outcome(with_body(tmp_path, opening * 5000 + paragraph("深") + closing * 5000)), DamagedDocument)
    found = outcome(with_body(tmp_path, opening * 40 + paragraph("深") + closing * 40))
    assert isinstance(found, ParsedDocument)
    assert listing(found)[-1].endswith("深")


def test_spans_of_millions_make_no_grid_of_millions(tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr><w:p/></w:tc>"
    rows = f"<w:tr><w:trPr><w:gridBefore w:val='99999999'/></w:trPr>{cell * 9}</w:tr>" * 50
    found = outcome(with_body(tmp_path, f"<w:tbl>{rows}</w:tbl>{paragraph('正文')}"))
    assert isinstance(found, ParsedDocument)
    assert listing(found)[-1] == "paragraph: 正文"


def test_fields_that_never_end_cost_their_paragraphs_only(tmp_path: Path) -> None:
    open_field = "<w:p>" + "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 3000 + "</w:p>"
    closed = "<w:p>" + "<w:r><w:fldChar w:fldCharType='end'/></w:r>" * 3001 + "<w:r><w:t>正文</w:t></w:r></w:p>"
    assert listing(parse(with_body(tmp_path, open_field + closed))) == ["paragraph: 正文"]


@pytest.mark.parametrize("part", ["styles", "numbering", "settings", "core", "theme", "_rels/document"])
def test_a_document_without_one_of_its_parts_is_read(part: str, tmp_path: Path) -> None:
    body = paragraph("正文", "<w:pStyle w:val='Heading1'/><w:numPr><w:numId w:val='777'/></w:numPr>")
    found = parse(with_body(tmp_path, body, drop=part))
    assert [one.text for one in found.elements] == ["正文"]


def test_relationships_to_nowhere_and_outside_change_nothing(tmp_path: Path) -> None:
    document = new_document()
    document.add_paragraph("正文")
    document.part.relate_to("http://127.0.0.1:9/styles.xml", document.part.rels["rId3"].reltype, is_external=True)
    path, broken = save(document, tmp_path), tmp_path / "broken.docx"
    extra = "".join(
        f"<Relationship Id='x{at}' Type='http://x/{kind}' Target='{target}'/>"
        for at, (kind, target) in enumerate(
            (("header", "gone.xml"), ("comments", "../../../etc/passwd"), ("footnotes", "/word/document.xml"))
        )
    )
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            blob = source.read(name)
            if name == "word/_rels/document.xml.rels":
                blob = blob.replace(b"</Relationships>", extra.encode() + b"</Relationships>")
            target.writestr(name, blob)
    found = parse(broken)
    assert listing(found) == ["paragraph: 正文"]
    assert {"word/gone.xml", "etc/passwd"} <= {one.message.split()[2] for one in found.unread}


def test_of_two_parts_of_one_name_one_is_read(tmp_path: Path) -> None:
    path = with_body(tmp_path, paragraph("前一份"))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{paragraph('后一份')}</w:body></w:document>")
    assert listing(parse(path)) == ["paragraph: 后一份"]


def test_numbers_that_are_none_and_unknown_styles_are_passed_over(tmp_path: Path) -> None:
    numbers = "<w:numPr><w:ilvl w:val='-3'/><w:numId w:val='x'/></w:numPr>"
    properties = f"<w:pStyle w:val='绝无此样式'/><w:outlineLvl w:val='auto'/>{numbers}"
    found = parse(with_body(tmp_path, paragraph("正文", properties, "<w:sz w:val='12.5pt'/>")))
    assert listing(found) == ["paragraph: 正文"]
