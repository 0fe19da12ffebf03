"""Bulk answers through the workspace: counted first, checked on a sample, one step, on record, run again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import a_sample
from workbench.errors import InvalidInput, NotFound
from workbench.label import SampleCheck
from workbench.model import Choice, TagScheme
from workbench.workspace import Workspace, open_workspace

MANY = 10_000
TOPICS = TagScheme("topics", "multi", choices=(Choice("bill"), Choice("late"), Choice("rude")))


def fill(ws: Workspace, number: int, start: int = 0) -> None:
    samples = [a_sample(f"Question number {i} about a card", f"Answer {i}") for i in range(start, start + number)]
    with ws._store.write("import", "import", undoable=False) as writer:
        writer.add_samples(samples)


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w", author="ana") as workspace:
        fill(workspace, 12)
        workspace.save_scheme(TOPICS)
        yield workspace


def by(ws: Workspace, author: str) -> Workspace:
    return open_workspace(ws.path, author=author)


def test_the_plan_counts_and_writes_nothing(ws: Workspace) -> None:
    ids = ws.ids(sort="oldest")
    ws.tag(ids[:2], "domain", "health")
    ws.tag(ids[2:5], "domain", "law")
    with by(ws, "ben") as other:
        other.tag(ids[4:7], "domain", "travel")
    careful = ws.bulk_plan("", "domain", "health")
    assert (careful.total, careful.changes, careful.same, careful.differ, careful.kept) == (12, 7, 2, 3, 3)
    assert careful.others == 3
    assert ws.bulk_plan("", "domain", "health", replace=True).changes == 10
    assert ws.count("domain:health") == 2


def test_answers_of_mine_stay_unless_they_are_to_be_replaced(ws: Workspace) -> None:
    ids = ws.ids()
    ws.tag(ids[:3], "domain", "law")
    assert ws.bulk_tag("", "domain", "health").changed == 9
    assert ws.count("domain:law") == 3
    assert ws.bulk_tag("", "domain", "health", replace=True).changed == 3
    assert ws.count("domain:health") == 12


def test_several_choices_are_added_to(ws: Workspace) -> None:
    ids = ws.ids(sort="oldest")
    ws.tag(ids[0], "topics", ["bill", "late"])
    ws.tag(ids[1], "topics", ["rude"])
    done = ws.bulk_tag("", "topics", ["rude"])
    assert done.changed == 11
    given = {tag.sample: tag.value for tag in ws.tags(ids)}
    assert given[ids[0]] == ("bill", "late", "rude")
    assert given[ids[1]] == ("rude",)
    ws.undo()
    assert {tag.sample: tag.value for tag in ws.tags(ids)} == {ids[0]: ("bill", "late"), ids[1]: ("rude",)}


def test_what_the_sample_check_found_not_to_fit_is_left_out_and_recorded(ws: Workspace) -> None:
    shown = ws.bulk_sample("card", 5, seed=3)
    assert [sample.id for sample in shown] == [sample.id for sample in ws.bulk_sample("card", 5, seed=3)]
    check = SampleCheck(fits=4, misses=1)
    done = ws.bulk_tag("card", "domain", "health", check=check, without=[shown[0].id])
    assert (done.changed, done.left_out, done.total) == (11, 1, 12)
    assert not ws.tags(shown[0].id)
    [kept] = ws.bulk_tags()
    assert (kept.author, kept.query, kept.scheme, kept.value) == ("ana", "card", "domain", "health")
    assert kept.check is not None
    assert kept.check["precision"] == 0.8
    assert kept.check["interval"][0] == pytest.approx(0.3755, abs=1e-4)


def test_undone_bulk_answers_stay_on_record_as_undone(ws: Workspace) -> None:
    ws.bulk_tag("", "domain", "health")
    ws.tag(ws.ids()[0], "tier", "raw")
    assert [item.undone for item in ws.bulk_tags()] == [False]
    ws.undo()
    ws.undo()
    assert [item.undone for item in ws.bulk_tags()] == [True]
    assert not ws.tags(ws.ids())
    ws.redo()
    assert [item.undone for item in ws.bulk_tags()] == [False]


def test_running_again_answers_only_what_is_new(ws: Workspace) -> None:
    first = ws.bulk_tag("card", "domain", "health")
    fill(ws, 3, start=100)
    ws.tag(ws.ids("100")[0], "domain", "law")
    again = ws.bulk_again(first.id)
    assert (again.changed, again.query) == (2, "card")
    assert ws.count("domain:law") == 1
    assert len(ws.bulk_tags()) == 2


def test_marked_samples_cannot_be_found_again(ws: Workspace) -> None:
    done = ws.bulk_tag(ws.ids()[:2], "domain", "health")
    with pytest.raises(InvalidInput, match="one by one"):
        ws.bulk_again(done.id)
    with pytest.raises(NotFound):
        ws.bulk_again("bulk_none")


def test_ten_thousand_are_counted_answered_and_taken_back(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w", author="ana") as ws:
        fill(ws, MANY)
        assert ws.count() == MANY
        ws.tag("", "domain", "law")
        assert ws.bulk_plan("", "domain", "health", replace=True).changes == MANY
        assert len(ws.bulk_sample("", 20, seed=1)) == 20
        assert ws.bulk_tag("", "domain", "health", replace=True).changed == MANY
        ws.undo()
        assert ws.count("domain:law") == MANY
