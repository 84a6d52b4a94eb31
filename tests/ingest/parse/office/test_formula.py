"""Formulas on one line."""

import pytest

from ingest.parse.office.formula import formula
from ingest.parse.office.ooxml import NS, parse_xml

SUM = "<m:naryPr><m:chr m:val='∑'/></m:naryPr>"


def r(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


def e(text: str) -> str:
    return f"<m:e>{r(text)}</m:e>"


def fences(before: str, after: str, between: str = ",") -> str:
    marks = f"<m:begChr m:val='{before}'/><m:sepChr m:val='{between}'/><m:endChr m:val='{after}'/>"
    return f"<m:dPr>{marks}</m:dPr>"


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        (f"<m:f><m:num>{r('5280×1.2')}</m:num><m:den>{r('600')}</m:den></m:f>", "(5280×1.2)/600"),
        (f"{r('y=')}<m:sSup>{e('x')}<m:sup>{r('n-1')}</m:sup></m:sSup>", "y=x^(n-1)"),
        (f"<m:sSubSup>{e('N')}<m:sub>{r('s')}</m:sub><m:sup>{r('2')}</m:sup></m:sSubSup>", "N_s^2"),
        (f"<m:rad><m:deg/>{e('a+b')}</m:rad>", "√(a+b)"),
        (f"<m:d>{e('a+b')}</m:d>", "(a+b)"),
        (
            f"<m:nary>{SUM}<m:sub>{r('k=1')}</m:sub><m:sup>{r('n')}</m:sup>{e('k')}</m:nary>",
            "∑_(k=1)^n k",
        ),
        (f"<m:nary><m:sub/><m:sup/>{e('xdx')}</m:nary>", "∫ xdx"),
        (
            f"<m:func><m:fName><m:limLow>{e('lim')}<m:lim>{r('n')}</m:lim></m:limLow></m:fName>{e('x')}</m:func>",
            "lim_n x",
        ),
        (f"<m:d>{fences('{', '')}<m:e><m:eqArr>{e('x=1')}{e('y=2')}</m:eqArr></m:e></m:d>", "{x=1；y=2"),
        (f"<m:m><m:mr>{e('a')}{e('b')}</m:mr><m:mr>{e('c')}{e('d')}</m:mr></m:m>", "[a,b;c,d]"),
        (f"<m:d>{fences('|', '|', ';')}{e('x')}{e('y')}</m:d>", "|x;y|"),
        (f"<m:acc><m:accPr><m:chr m:val='\u0304'/></m:accPr>{e('x')}</m:acc>", "x‾"),
        (f"<m:sPre><m:sub>{r('2')}</m:sub><m:sup>{r('1')}</m:sup>{e('H')}</m:sPre>", "_2^1H"),
        (f"<m:sSup>{e('a+b')}<m:sup>{r('2')}</m:sup></m:sSup>", "(a+b)^2"),
    ],
)  # fmt: skip
def test_formulas(xml: str, shown: str) -> None:
    assert formula(parse_xml(f"<m:oMath xmlns:m='{NS['m']}'>{xml}</m:oMath>".encode())) == shown
