"""What a person picked out, and what people dispute, as parts of a query."""

from __future__ import annotations

import numpy as np
import pytest

from tests.builders import a_sample
from tests.search.oracle import people, populate
from workbench.errors import QueryError
from workbench.model import Tag
from workbench.search import Index
from workbench.search.selections import ON_CHART, ON_MAP, keep, kept, owned
from workbench.search.values import CANNOT_SAY


@pytest.fixture
def mine(store, tmp_path):
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(f"text {n}", id=f"s_{n}") for n in range(6)])
    made = Index(store, tmp_path, person="ana")
    yield made
    made.close()


def _rows(index, query):
    return sorted(index.rows(query).tolist())


def test_a_selection_is_a_part_of_any_query(mine, store):
    keep(store, "ana", ON_MAP, np.array([2, 4, 5]), at=1)
    assert _rows(mine, "in:map-selection") == [2, 4, 5]
    assert _rows(mine, "-in:map-selection") == [1, 3, 6]
    assert _rows(mine, "in:map-selection id:(s_1 OR s_2)") == [2]


def test_two_people_keep_their_own_and_can_name_the_other(mine, store):
    keep(store, "ana", ON_MAP, np.array([2]), at=1)
    keep(store, "Ben Lee", ON_MAP, np.array([3]), at=1)
    assert _rows(mine, "in:map-selection") == [2]
    assert _rows(mine, 'in@"Ben Lee":map-selection') == [3]


def test_a_changed_selection_is_seen_at_once(mine, store):
    keep(store, "ana", ON_MAP, np.array([2]), at=1)
    assert _rows(mine, "in:map-selection") == [2]
    keep(store, "ana", ON_MAP, np.array([3, 6]), at=2)
    assert _rows(mine, "in:map-selection") == [3, 6]


def test_archived_samples_are_left_out_unless_asked_for(mine, store):
    keep(store, "ana", ON_MAP, np.array([2, 3]), at=1)
    with store.write("ana", "archive") as writer:
        writer.set_state(["s_1"], "archived")
    assert _rows(mine, "in:map-selection") == [3]
    assert _rows(mine, "in:map-selection state:*") == [2, 3]


def test_without_a_selection_the_query_says_what_to_do(mine):
    with pytest.raises(QueryError, match="you have no map-selection yet") as caught:
        mine.rows("in:map-selection")
    assert "map" in caught.value.hint


def test_a_slice_has_no_owner(mine, store):
    from workbench.model import SliceSpec

    with store.write("ana", "slice") as writer:
        writer.save_slice(SliceSpec("all", "", "", "ana", 1))
    with pytest.raises(QueryError, match="everybody's"):
        mine.rows("in@ana:all")


def test_a_damaged_selection_is_none(mine, store):
    store.set_setting("selection.ana.map-selection", {"rows": "AAAA", "count": 2, "at": 1, "last": 9, "told": ""})
    assert kept(store, "ana", ON_MAP) is None


@pytest.mark.parametrize(
    ("query", "saved"),
    [
        ("in:map-selection language:en", "in@ana:map-selection language:en"),
        ("-in:map-selection", "-in@ana:map-selection"),
        ("in@ben:map-selection", "in@ben:map-selection"),
        ('"in:map-selection"', '"in:map-selection"'),
        ("in:map-selections", "in:map-selections"),
    ],
)
def test_a_saved_query_names_the_owner(query, saved):
    assert owned(query, "ana") == saved


def test_an_owner_with_a_space_is_quoted():
    assert owned("in:map-selection", "Ben Lee") == 'in@"Ben Lee":map-selection'


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("scheme", ["domain", "naturalness", "topics"])
def test_disputed_agrees_with_reading_every_answer(store, index, seed, scheme):
    world = populate(store, seed)

    def disputed(sample, tags):
        units = {}
        for tag in people(tags, scheme):
            units.setdefault(tag.turn, {})[tag.author] = tag.value
        return any(len(set(given.values())) > 1 for given in units.values())

    assert set(index.rows(f"disputed:{scheme}").tolist()) == world.rows(disputed)


def test_cannot_say_and_other_turns_are_no_dispute(store, index):
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("a", "b", id="s_1"), a_sample("c", "d", id="s_2")])
        writer.tag([Tag("s_1", "naturalness", 3, "ana"), Tag("s_2", "naturalness", 3, "ana", turn="t1")])
    with store.write("ben", "tag") as writer:
        writer.tag([Tag("s_1", "naturalness", CANNOT_SAY, "ben"), Tag("s_2", "naturalness", 5, "ben", turn="t2")])
    assert index.rows("disputed:naturalness").tolist() == []


def test_crossed_counts_are_those_of_the_queries(store, index):
    populate(store, 3)
    down, across = ["domain:health/*", "missing:domain"], ["language:en", "naturalness>=4"]
    counts = index.crossed("origin:real", down, across)
    assert counts.tolist() == [[len(index.rows(f"origin:real {d} {a}")) for a in across] for d in down]


def test_rows_of_two_authors_are_compared(store, index):
    world = populate(store, 1)
    wanted = world.rows(lambda sample, tags: len({tag.author for tag in people(tags, "domain")}) > 1)
    assert set(index.compared("domain").tolist()) == wanted


def test_undo_brings_back_what_was_selected_before_and_after_a_clearing(mine, store):
    nothing = np.zeros(0, np.int64)
    for at, rows in enumerate((np.array([2, 4]), np.array([3]), nothing), start=1):
        keep(store, "ana", ON_MAP, rows, at=at)
    found = []
    for move in (store.undo, store.undo, store.redo, store.undo, store.undo):
        move("ana")
        held = kept(store, "ana", ON_MAP)
        found.append(held.rows.tolist() if held else None)
    assert found == [[3], [2, 4], [3], [2, 4], None]
    assert [step.label for step in store.steps("ana")][:3] == [
        "clear the map selection", "select on the map 1", "select on the map 2",
    ]  # fmt: skip


def test_other_peoples_steps_leave_my_selection_alone(mine, store):
    keep(store, "ana", ON_MAP, np.array([2]), at=1)
    keep(store, "ben", ON_MAP, np.array([3]), at=2)
    store.undo("ben")
    assert _rows(mine, "in:map-selection") == [2]
    assert kept(store, "ben", ON_MAP) is None


def test_clearing_nothing_and_picking_on_a_chart_are_no_steps(mine, store):
    steps = store.steps("ana")
    keep(store, "ana", ON_MAP, np.zeros(0, np.int64), at=1)
    keep(store, "ana", ON_CHART, np.array([2]), at=1)
    assert store.steps("ana") == steps
    assert kept(store, "ana", ON_CHART).rows.tolist() == [2]


def test_a_selected_sample_can_still_be_taken_back_by_who_imported_it(mine, store):
    keep(store, "ben", ON_MAP, np.array([1, 2, 3]), at=1)
    assert store.undo("ana").label == "add"
