"""What freezing now would change, told before anything is frozen."""

from __future__ import annotations

import pytest

from tests.builders import a_sample
from workbench.errors import Cancelled
from workbench.flows.edit import archive
from workbench.flows.freezing import difference, freeze
from workbench.model import Generated, Tag


def kinds(changes):
    return {change.sample: change.kinds for change in changes}


def test_nothing_changed_since_the_build(desk):
    desk.add(a_sample())
    assert not difference(desk.store, desk.index(), desk.freeze())


def test_every_kind_of_reason_is_counted_by_its_kind(desk):
    tagged, edited, archived = desk.add(*(a_sample(f"q{i}", "a") for i in range(3)))
    old = desk.freeze()
    desk.tag(Tag(tagged, "domain", "law", "ana"))
    desk.edit(edited, "new words")
    archive(desk.store, "ana", [archived])
    made = a_sample("x", "y", origin=Generated(("s_1",), "duet", "1", "run_7", "d_1", 1))
    imported, generated = desk.add(a_sample("other", "words"), made)
    found = difference(desk.store, desk.index(), old)
    assert kinds(found.entered) == {imported: ("imported",), generated: ("generated",)}
    assert kinds(found.left) == {archived: ("archived",)}
    assert kinds(found.changed) == {tagged: ("tag:domain",), edited: ("edited",)}
    assert found.summary == "2 entered, 1 left and 2 changed: 3 before, 4 now"


def test_the_difference_is_what_the_next_build_then_has(desk):
    from workbench.flows.compare import compare

    first, *_ = desk.add(*(a_sample(f"q{i}", "a") for i in range(5)))
    old = desk.freeze()
    desk.tag(Tag(first, "domain", "law", "ana"))
    desk.add(a_sample("late", "b"))
    told = difference(desk.store, desk.index(), old)
    assert told == compare(desk.store, old, desk.freeze())


def test_looking_keeps_nothing(desk):
    desk.add(a_sample())
    old = desk.freeze()
    difference(desk.store, desk.index(), old)
    assert [build.id for build in desk.store.frozen("lab")] == [old.id]


def test_a_stopped_freeze_keeps_nothing(desk):
    desk.add(*(a_sample(f"q{i}", "a") for i in range(1200)))
    name, told = desk.save("lab", ""), []

    def stop_later():
        return len(told) >= 2

    with pytest.raises(Cancelled):
        freeze(
            desk.store, desk.index(), name, author="ana", progress=lambda *far: told.append(far), cancelled=stop_later
        )
    assert desk.store.frozen("lab") == []
    assert told == [(0, 1200, "reading"), (500, 1200, "reading")]
