"""The form fields that go with an upload: what its sender says about the files."""

from typing import Annotated

from fastapi import Form
from pydantic import AfterValidator, StringConstraints

from ingest.dates import iso_date
from ingest.document import Properties

Said = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]


def _check_date(text: str) -> str:
    if text and iso_date(text) is None:
        raise ValueError(f"{text!r} is no date; write it like 2025-03-31")
    return text


def described(
    title: Annotated[Said, Form()] = "",
    project: Annotated[Said, Form()] = "",
    customer: Annotated[Said, Form()] = "",
    doc_type: Annotated[Said, Form()] = "",
    author: Annotated[Said, Form()] = "",
    date: Annotated[Said, AfterValidator(_check_date), Form()] = "",
    version: Annotated[Said, Form()] = "",
) -> Properties:
    """What the sender says; it outranks what the files say about themselves. Empty fields say nothing."""
    return Properties(
        title=title or None,
        project=project or None,
        customer=customer or None,
        doc_type=doc_type or None,
        author=author or None,
        date=date or None,
        version=version or None,
    )
