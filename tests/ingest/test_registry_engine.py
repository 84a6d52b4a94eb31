"""The registry's database, opened by two processes at once."""

from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, event, inspect
from sqlalchemy.exc import OperationalError

from ingest.registry_engine import make_tables, open_engine


def described() -> MetaData:
    tables = MetaData()
    for name in ("documents", "files"):
        Table(name, tables, Column("id", Integer, primary_key=True))
    return tables


def test_tables_that_another_process_makes_in_the_same_moment_are_taken(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'registry.sqlite3'}"
    tables, ours, theirs = described(), open_engine(url), open_engine(url)
    # Heard between the look which tables there are and their making.
    event.listen(tables, "before_create", lambda *_, **__: described().create_all(theirs), once=True)
    make_tables(ours, tables)
    assert inspect(ours).get_table_names() == ["documents", "files"]
    for engine in (ours, theirs):
        engine.dispose()


def test_what_else_goes_wrong_is_told_at_once(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'gone' / 'registry.sqlite3'}")
    with pytest.raises(OperationalError, match="unable to open"):
        make_tables(engine, described())
