"""What the types of columns give the database, and what they take from it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import DateTime
from sqlalchemy.dialects import postgresql

from ingest.registry_tables import Base, Moment, PlainText
from retrieval.conversations.tables import Base as ConversationsBase

POSTGRESQL = postgresql.dialect()  # type: ignore[no-untyped-call]
IN_SHANGHAI = datetime(2026, 1, 5, 17, 30, tzinfo=timezone(timedelta(hours=8)))


def test_a_moment_is_given_to_the_database_in_utc_whatever_its_servers_time_zone() -> None:
    given = Moment().process_bind_param(IN_SHANGHAI, POSTGRESQL)
    assert given == datetime(2026, 1, 5, 9, 30)
    assert Moment().process_result_value(given, POSTGRESQL) == IN_SHANGHAI.astimezone(UTC)


@pytest.mark.parametrize("base", [Base, ConversationsBase])
def test_every_moment_is_kept_so(base: type[Base]) -> None:
    columns = [column for table in base.metadata.tables.values() for column in table.columns]
    moments = [one for one in columns if isinstance(one.type, DateTime | Moment)]
    assert moments
    assert all(isinstance(one.type, Moment) for one in moments)


def test_plain_text_has_no_nul() -> None:
    assert PlainText().process_bind_param("RPO\0 是多少", POSTGRESQL) == "RPO 是多少"
