import threading
import time
from pathlib import Path

import pytest

from ingest.settings import Settings
from ingest.view.keeping import Views


def test_what_two_ask_for_at_once_is_made_once(settings: Settings) -> None:
    views, made = Views(settings), []

    def make(target: Path) -> None:
        made.append(target)
        time.sleep(0.05)
        target.write_text("done")

    target = views.folder("0123") / "page.png"
    threads = [threading.Thread(target=views.kept, args=(target, make)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert target.read_text() == "done"


def test_a_half_made_view_is_never_there(settings: Settings) -> None:
    views = Views(settings)
    target = views.folder("0123") / "view"

    def fail(making: Path) -> None:
        making.mkdir()
        (making / "half").write_text("…")
        assert not target.exists()
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        views.kept(target, fail)
    assert not target.exists()
    assert not [one for one in target.parents[2].iterdir() if one.name.startswith(".making")]


def test_views_of_unknown_documents_and_half_made_ones_are_tidied_away(settings: Settings) -> None:
    views = Views(settings)
    for name in ("known", "gone"):
        views.kept(views.folder(name) / "page.png", lambda path: path.touch())
    root = views.folder("known").parents[1]
    (root / ".making-0").mkdir()
    (root / "known" / "0").mkdir()
    views.tidy({"known"}.__contains__)
    assert [one.name for one in root.iterdir()] == ["known"]
    assert list((root / "known").iterdir()) == [views.folder("known")]
    views.forget("known")
    assert not list(root.iterdir())


def test_what_is_kept_anew_takes_the_place_of_the_old(settings: Settings) -> None:
    views = Views(settings)
    target = views.folder("0123") / "parsed"
    for content in (b"old", b"new"):
        views.put(target, content)
    assert target.read_bytes() == b"new"
    assert [one.name for one in target.parents[2].iterdir()] == ["0123"]
