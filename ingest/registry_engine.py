"""Connects to the registry's database, and turns what goes wrong with it into advice."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import MetaData, create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session
from tenacity import retry, retry_if_exception, stop_after_attempt, wait_fixed

from ingest.errors import DataDirNotWritable
from ingest.said import Said
from ingest.settings import Settings


def open_engine(url: str) -> Engine:
    """The engine of the database at `url`. Raises `DataDirNotWritable` when it can be none."""
    engine = _engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_sqlite_pragmas)
    return engine


def is_missing(settings: Settings) -> bool:
    """Whether the registry is a file that is not there: opening it would make one. Raises `DataDirNotWritable`."""
    engine = _engine(settings.database)
    file = engine.url.database
    return engine.dialect.name == "sqlite" and bool(file) and not Path(str(file)).exists()


def _engine(url: str) -> Engine:
    try:
        return create_engine(make_url(url))
    except (SQLAlchemyError, ModuleNotFoundError) as error:
        # The message of an error about an URL may hold the password in it.
        why = (
            Said("its driver {name} is not installed", name=error.name)
            if isinstance(error, ModuleNotFoundError)
            else "it is no URL"
        )
        raise DataDirNotWritable(
            Said("CASELORE_DATABASE_URL cannot be used: {why}.", why=why),
            "Set it as `sqlite:///FILE` or `postgresql+psycopg://USER@HOST/NAME`, or unset it.",
        ) from error


def _set_sqlite_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


@contextmanager
def advice(engine: Engine) -> Iterator[None]:
    """Raises `DataDirNotWritable` for whatever the database refuses inside."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise DataDirNotWritable(
            Said(
                "The registry {database} cannot be used: {cause}.",
                database=engine.url.render_as_string(hide_password=True),
                cause=cause,
            ),
            "Check the folder's rights and free space, or set CASELORE_DATA_DIR (CASELORE_DATABASE_URL) elsewhere.",
        ) from error


def _by_another(error: BaseException) -> bool:
    return isinstance(error, DBAPIError) and "already exists" in str(error.orig)


@retry(retry=retry_if_exception(_by_another), stop=stop_after_attempt(10), wait=wait_fixed(0.1), reraise=True)
def make_tables(engine: Engine, tables: MetaData) -> None:
    """Make those tables that are not there; looks again where another process made one in the same moment."""
    tables.create_all(engine)


class Database:
    """The registry's database with some of its tables, made where they are not there. Safe to use from several threads.

    Raises `DataDirNotWritable` when it cannot be opened, read or written.
    """

    def __init__(self, settings: Settings, tables: MetaData) -> None:
        self._engine = open_engine(settings.database)
        try:
            with advice(self._engine):
                make_tables(self._engine, tables)
        except DataDirNotWritable:
            self._engine.dispose()
            raise

    def close(self) -> None:
        """Return all connections."""
        self._engine.dispose()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with advice(self._engine), Session(self._engine) as session, session.begin():
            yield session
