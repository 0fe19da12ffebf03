"""Changing questions through the workspace: told before, carried as one step, split answers wait for another look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_sample
from workbench.errors import InvalidInput, StaleScheme
from workbench.label import change_of, merge_choices, move_choice, rename_choice, split_choice
from workbench.model import Choice, TagScheme
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w", author="ana") as workspace:
        with workspace._store.write("import", "import", undoable=False) as writer:
            writer.add_samples([a_sample(f"Question {i}", f"Answer {i}") for i in range(8)])
        yield workspace


@pytest.fixture
def ben(ws: Workspace) -> Iterator[Workspace]:
    with open_workspace(ws.path, author="ben") as other:
        yield other


def answers(ws: Workspace, scheme: str = "domain") -> set[tuple[str, str, object, int, int]]:
    return {(t.sample, t.author, t.value, t.at, t.scheme_version) for t in ws.tags(ws.ids()) if t.scheme == scheme}


def test_a_rename_carries_everybodys_answers_and_keeps_author_time_and_version(ws: Workspace, ben: Workspace) -> None:
    ids = ws.ids()
    ws.tag(ids[:2], "domain", "health/lab")
    ben.tag(ids[1:3], "domain", "health/lab")
    before = answers(ws)
    change = rename_choice(ws.scheme("domain"), "health/lab", "health/tests", label="Tests")
    impact = ws.scheme_impact(change)
    assert (impact.carried, impact.waiting, impact.samples, impact.mine) == (4, 0, 3, 2)
    assert impact.people == ("ana", "ben")
    done = ws.change_scheme(change)
    assert (done.scheme.version, done.carried) == (2, 4)
    assert answers(ws) == {(sample, who, "health/tests", at, 1) for sample, who, _, at, _ in before}
    assert ws.count("domain:health/tests") == 3
    step = ws.undo()
    assert step
    assert step.samples == 3
    assert answers(ws) == before
    assert ws.scheme("domain").version == 1
    assert ws.count("domain:health/lab") == 3
    ws.redo()
    assert ws.count("domain:health/tests") == 3


def test_merged_answers_come_apart_again_when_undone(ws: Workspace, ben: Workspace) -> None:
    ids = ws.ids()
    ws.tag(ids[0], "domain", "finance/tax")
    ws.tag(ids[1], "domain", "finance/loans")
    ben.tag(ids[2], "domain", "finance/tax")
    before = answers(ws)
    ws.change_scheme(merge_choices(ws.scheme("domain"), "finance/tax", "finance/loans"))
    assert ws.count("domain:finance/loans") == 3
    ws.undo()
    assert answers(ws) == before


def test_turn_answers_and_machines_answers_are_carried_too(ws: Workspace) -> None:
    sample = ws.get(ws.ids()[0])
    turn = sample.turns[0].id
    ws.tag(sample.id, "correctness", "right", turn=turn)
    ws.change_scheme(rename_choice(ws.scheme("correctness"), "right", "true"))
    assert [(t.turn, t.value) for t in ws.tags(sample.id)] == [(turn, "true")]


def test_answers_to_a_split_choice_wait_until_they_are_given_again(ws: Workspace, ben: Workspace) -> None:
    ids = sorted(ws.ids())
    ws.tag(ids[:3], "domain", "health/care")
    ben.tag(ids[2], "domain", "health/care")
    change = split_choice(ws.scheme("domain"), "health/care", [("home", "At home"), ("clinic", "In a clinic")])
    assert ws.scheme_impact(change).waiting == 4
    done = ws.change_scheme(change)
    assert (done.waiting, done.mine, done.carried) == (4, 3, 0)
    assert sorted(ws.ids("stale:domain")) == ids[:3]
    assert ws.ids("stale@ben:domain") == [ids[2]]
    assert ws.ids("stale:tier") == []
    ws.tag(ids[0], "domain", "health/home")
    assert sorted(ws.ids("stale:domain")) == ids[1:3]
    ws.undo()  # the new answer: it waits again
    assert sorted(ws.ids("stale:domain")) == ids[:3]
    ws.bulk_tag("stale@ana:domain", "domain", "health/clinic", replace=True)
    assert ws.ids("stale:domain") == [ids[2]]  # ben's answer still waits
    ws.undo()
    ws.undo()  # the split itself
    assert ws.ids("stale:domain") == []
    assert ws.scheme("domain").version == 1
    assert {t.value for t in ws.tags(ids)} == {"health/care"}


def test_a_kept_parent_can_be_confirmed_as_it_is(ws: Workspace) -> None:
    sample = ws.ids()[0]
    ws.tag(sample, "domain", "health/care")
    ws.change_scheme(split_choice(ws.scheme("domain"), "health/care", [("home", "At home")], below=True))
    assert ws.ids("stale:domain") == [sample]
    ws.tag(sample, "domain", "health/care")
    assert ws.ids("stale:domain") == []


def test_what_waits_still_waits_after_the_next_rename(ws: Workspace) -> None:
    sample = ws.ids()[0]
    ws.tag(sample, "domain", "health/care")
    ws.change_scheme(split_choice(ws.scheme("domain"), "health/care", [("home", "At home")], below=True))
    ws.change_scheme(rename_choice(ws.scheme("domain"), "health/care", "health/nursing"))
    assert ws.ids("stale:domain domain:health/nursing") == [sample]


def test_a_change_begun_on_an_old_version_is_refused(ws: Workspace, ben: Workspace) -> None:
    mine = merge_choices(ws.scheme("tier"), "raw", "knowledge")
    ben.change_scheme(rename_choice(ben.scheme("tier"), "raw", "unread"))
    with pytest.raises(StaleScheme, match="ben changed the question 'tier'") as caught:
        ws.change_scheme(mine)
    assert caught.value.as_dict()["current"] == 2
    assert ws.scheme("tier").version == 2
    assert "raw" not in [choice.value for choice in ws.scheme("tier").choices]


def test_undo_stops_where_somebody_answered_a_carried_question_since(ws: Workspace, ben: Workspace) -> None:
    sample = ws.ids()[0]
    ben.tag(sample, "tier", "raw")
    ws.change_scheme(rename_choice(ws.scheme("tier"), "raw", "unread"))
    ben.tag(sample, "tier", "knowledge")
    with pytest.raises(InvalidInput, match="ben changed it meanwhile"):
        ws.undo()
    assert ws.scheme("tier").version == 2


def test_slices_that_ask_for_a_renamed_choice_are_told_and_rewritten(ws: Workspace) -> None:
    ws.slice("lab", "domain:health/lab")
    ws.slice("health", "domain:health/* -domain:health/lab tagged:tier")
    ws.slice("cards", "domain:finance/cards")
    change = move_choice(rename_choice(ws.scheme("domain"), "health/lab", "health/tests"), "health/tests", "technology")
    impact = ws.scheme_impact(change)
    assert {(item.name, item.becomes) for item in impact.slices} == {
        ("lab", "domain:technology/tests"),
        ("health", "domain:health/* -domain:technology/tests tagged:tier"),
    }
    ws.change_scheme(change)
    queries = {spec.name: spec.query for spec in ws.slices()}
    assert queries["lab"] == "domain:technology/tests"
    assert queries["cards"] == "domain:finance/cards"
    ws.undo()
    assert {spec.name: spec.query for spec in ws.slices()}["lab"] == "domain:health/lab"


def test_a_build_keeps_its_answers_and_its_version(ws: Workspace) -> None:
    ws.tag(ws.ids()[:2], "domain", "health/lab")
    ws.slice("lab", "domain:health/lab")
    frozen = ws.freeze("lab")
    pinned = list(ws._store.frozen_parts(frozen.id))
    assert ws.scheme_impact(rename_choice(ws.scheme("domain"), "health/lab", "health/tests")).builds == ("lab",)
    ws.change_scheme(rename_choice(ws.scheme("domain"), "health/lab", "health/tests"))
    [kept] = ws.builds("lab")
    assert (kept.hash, kept.schemes["domain"]) == (frozen.hash, 1)
    assert list(ws._store.frozen_parts(frozen.id)) == pinned
    assert ws.freeze("lab").schemes["domain"] == 2


def test_a_new_question_is_added_once(ws: Workspace) -> None:
    scheme = TagScheme("tone", "nominal", "Tone", choices=(Choice("warm"), Choice("cold")), version=0)
    assert ws.change_scheme(scheme).scheme.version == 1
    with pytest.raises(InvalidInput, match="already"):
        ws.change_scheme(scheme)
    with pytest.raises(InvalidInput, match="field of queries"):
        ws.change_scheme(replace(scheme, name="stale"))


def test_versions_tell_who_changed_what(ws: Workspace, ben: Workspace) -> None:
    ben.change_scheme(merge_choices(ben.scheme("tier"), "raw", "knowledge"))
    first, second = ws.scheme_versions("tier")
    assert (first.author, second.author) == ("ana", "ben")
    assert second.moved == {"raw": "knowledge"}
    assert second.current
    assert not first.current


def test_the_kind_stays_while_there_are_answers(ws: Workspace) -> None:
    ws.tag(ws.ids()[0], "tier", "raw")
    with pytest.raises(InvalidInput, match="cannot become multi"):
        ws.change_scheme(change_of(replace(ws.scheme("tier"), kind="multi")))
