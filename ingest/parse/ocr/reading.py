"""Has the parsers of one document read the text in its pictures and on its scanned pages."""

from dataclasses import replace

from ingest.parse.context import Context
from ingest.parse.ocr.pictures import PictureText
from ingest.parse.ocr.recogniser import recogniser


def reading_pictures(context: Context) -> Context:
    """`context` for one document, with its pictures read. Raises `ModelUnavailable` when a model has gone."""
    models = recogniser()
    return replace(context, recogniser=models, pictures=PictureText(models, context.progress))
