"""All settings: environment variables with the prefix CASELORE_, or a `.env` file. `.env.example` lists them."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read once at an entry point and passed on explicitly; nothing else reads the environment."""

    model_config = SettingsConfigDict(
        env_prefix="CASELORE_", env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        Path(".caselore"), description="Folder that holds everything written: index, registry, models, uploads"
    )
    database_url: str | None = Field(
        None, description="SQLAlchemy URL of the registry; unset: SQLite in the data folder"
    )

    embed_model: str = Field(
        "m3e-small", description="Embedding model: a name (`caselore models list`), a hub id or a folder"
    )
    models_dir: Path | None = Field(None, description="Folder of fetched models; unset: `models` in the data folder")
    embed_workers: int = Field(0, ge=0, description="Embedding workers; 0: one per core")
    embed_cache_mb: int = Field(512, ge=0, description="Most that kept embeddings may take, in MiB; 0: none are kept")
    ingest_profile: Literal["full", "fast"] = Field(
        "full", description="`fast`: new documents are found by their words at once, by their meaning once deepened"
    )
    rerank_model: str | None = Field(
        None, description="Cross-encoder that reorders the best passages: a folder or a hub id; unset: none"
    )
    rerank_ms: int = Field(300, ge=1, description="Milliseconds that reordering may take for one question")

    qdrant_url: str | None = Field(
        None, description="URL of a Qdrant server; unset: the embedded store in the data folder"
    )
    qdrant_api_key: str | None = Field(None, description="Key of the Qdrant server")
    collection: str = Field("caselore", description="Collection name on the Qdrant server")

    chunk_chars: int = Field(400, ge=100, le=2000, description="Aimed-at characters in a chunk")
    ocr: bool = Field(True, description="Read the text in pictures and on scanned pages")
    max_file_mb: int = Field(200, ge=1, description="Largest file taken, in MiB")
    max_archive_mb: int = Field(2048, ge=1, description="Most that a zip archive may unpack to, in MiB")
    parse_workers: int = Field(0, ge=0, description="Processes that read files; 0: one per core")
    parse_timeout_s: float = Field(
        120, gt=0, description="Seconds without a sign of progress after which reading a file is given up"
    )
    parse_total_s: float = Field(7200, gt=0, description="Seconds in all after which reading a file is given up")
    parse_memory_mb: int = Field(2048, ge=64, description="Most memory that reading one file may take, in MiB")
    llm_base_url: str | None = Field(
        None, description="OpenAI-compatible endpoint of a language model, ending in /v1; unset: this machine"
    )
    llm_model: str | None = Field(
        None,
        description="Language model: its name at that endpoint; without an endpoint one that runs on this machine "
        "(`caselore models list`, or a GGUF file); unset: none is asked",
    )
    llm_api_key: str | None = Field(None, description="Key of that endpoint; local servers need none")
    llm_context_tokens: int = Field(
        8192, ge=1024, description="Tokens that the language model can read and write for one answer"
    )
    answerer: Literal["extractive", "llm"] = Field(
        "extractive",
        description="How answers are made: `extractive` of verbatim sentences, `llm` by the language model",
    )
    llm_passages: int = Field(5, ge=1, le=24, description="Most passages that the language model is given to read")
    llm_budget_s: float = Field(
        120.0, gt=0, description="Most seconds that the language model may take for an answer, waiting included"
    )
    llm_first_token_s: float = Field(
        60.0, gt=0, description="Seconds after which a language model that has not begun to answer is given up"
    )
    nli_model: str | None = Field(
        None,
        description="Cross-encoder for natural-language inference that reads written claims again: a folder or a hub "
        "id; unset: none",
    )
    nli_ms: int = Field(2000, ge=1, description="Milliseconds that it may take for the claims of one answer")
    llm_parallel: int = Field(2, ge=1, description="Questions put to the language model at a time")
    llm_queue: int = Field(8, ge=0, description="Questions that may wait for it; more are answered without it")
    ask_queue: int = Field(32, ge=1, description="Questions taken at a time over HTTP; more get a 503 at once")

    glossary: Path | None = Field(
        None,
        description="CSV file of synonyms, a group a line; unset: `glossary.csv` in the data folder, if it is there",
    )
    token: str | None = Field(
        None,
        min_length=16,
        description="Token that the HTTP service and its pages ask for; unset: none on this machine's own addresses, "
        "one made at each start on others",
    )
    trusted_proxies: str = Field(
        "127.0.0.1,::1",
        description="Addresses or networks of the gateways in front, by commas; what they say of the caller "
        "(`X-Forwarded-Proto`, `X-Forwarded-For`) is believed, and nobody else's; `*`: everybody's",
    )
    max_question_chars: int = Field(2000, ge=1, description="Longest question taken, in characters")

    @property
    def models_path(self) -> Path:
        """Folder of fetched models."""
        return self.models_dir or self.data_dir / "models"

    @property
    def database(self) -> str:
        """SQLAlchemy URL of the registry."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'registry.sqlite3').absolute()}"
