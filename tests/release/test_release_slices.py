from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.errors import InvalidInput, NotFound
from workbench.flows.release import freeze, save_slice, slice_named
from workbench.model import Generated, SliceSpec, Tag, TagScheme
from workbench.release.digest import SliceDigest
from workbench.release.pins import Pin
from workbench.store import open_store


def test_a_slice_is_found_by_its_name(desk):
    save_slice(desk.store, "ana", SliceSpec("lab", "domain:health/lab"))
    assert slice_named(desk.store, "lab").query == "domain:health/lab"


def test_a_missing_slice_is_told_with_the_nearest_name(desk):
    save_slice(desk.store, "ana", SliceSpec("lab-results", ""))
    with pytest.raises(NotFound, match="did you mean 'lab-results'"):
        slice_named(desk.store, "lab-result")


def test_a_slice_needs_a_name(desk):
    with pytest.raises(InvalidInput):
        save_slice(desk.store, "ana", SliceSpec("  ", ""))


def test_freezing_pins_ids_and_revisions_in_order_of_id(desk):
    first, second = desk.add(a_sample("one", "two"), a_sample("three", "four"))
    desk.edit(second, "changed")
    assert desk.freeze().members == tuple(sorted([(first, 1), (second, 2)]))


def test_freezing_pins_the_versions_of_answered_and_named_schemes(desk):
    (sample,) = desk.add(a_sample())
    for name in ("domain", "tier", "unused"):
        desk.scheme(TagScheme(name, "nominal"))
    desk.tag(Tag(sample, "domain", "health", "ana"))
    assert desk.freeze(query="tier:raw").schemes == {"domain": 1, "tier": 1}


def test_the_hash_ignores_order_author_and_time(desk, tmp_path):
    one, two = a_sample("one", "1"), a_sample("two", "2")
    other = type(desk)(open_store(tmp_path / "other"), tmp_path)
    for place, samples in ((desk, (one, two)), (other, (two, one))):
        place.add(*samples)
        place.tag(Tag(one.id, "domain", "health", "ana"))
    other_hash = freeze(other.store, other.index(), other.save("x", ""), author="bob").hash
    other.store.close()
    assert desk.freeze().hash == other_hash


@pytest.mark.parametrize("what", ["query", "tag", "text", "member"])
def test_the_hash_sees(desk, what):
    sample, other = desk.add(a_sample("one", "1"), a_sample("two", "2"))
    before = desk.freeze(query="a").hash
    changes = {
        "query": lambda: desk.freeze(query="b"),
        "tag": lambda: (desk.tag(Tag(sample, "domain", "law", "ana")), desk.freeze(query="a"))[1],
        "text": lambda: (desk.edit(sample, "new words"), desk.freeze(query="a"))[1],
        "member": lambda: desk.freeze(query="a", pick=lambda row: row.id == other),
    }
    assert changes[what]().hash != before


def test_the_hash_sees_what_a_machine_made_and_how_often_it_was_made_anew(desk, tmp_path):
    hashes = set()
    for depth in range(3):
        made = {"origin": Generated(("gone",), "r", "1", "run", "d", depth)} if depth else {}
        other = type(desk)(open_store(tmp_path / str(depth)), tmp_path)
        other.add(a_sample("one", "1", id="s", **made))
        hashes.add(other.freeze().hash)
        other.close()
    assert len(hashes) == 3


def test_the_hash_sees_a_machines_text_that_was_imported_and_a_guarantee_that_was_lost(desk):
    desk.add(a_sample("one", "1", id="s"))
    (row,) = desk.store.hot_rows()
    pin = Pin("s", 1, "[]", None, [])
    lost = pin._replace(lost=[("t2", "proof", "a step is missing")])
    hashes = set()
    for one, pinned in ((row, pin), (replace(row, synthetic=True), pin), (row, lost)):
        digest = SliceDigest()
        digest.add(one, pinned)
        hashes.add(digest.hash("", {}))
    assert len(hashes) == 3


def test_a_query_with_blanks_around_it_is_the_same_query(desk):
    desk.add(a_sample("one", "1"))
    assert desk.freeze(query="a").hash == desk.freeze(query=" a ").hash


def test_a_text_that_was_edited_and_edited_back_has_its_hash_again(desk):
    (sample,) = desk.add(a_sample("one", "1"))
    before = desk.freeze()
    desk.edit(sample, "other")
    desk.edit(sample, "one")
    assert desk.freeze().hash == before.hash


def test_somebody_who_tags_while_it_is_frozen_is_in_the_frozen_slice_or_not_but_not_half(desk):
    (sample,) = desk.add(a_sample())
    index = desk.index()
    calls = []

    class Busy:
        def build_rows(self, query):
            calls.append(query)
            found = index.build_rows(query)
            if len(calls) == 1:
                desk.tag(Tag(sample, "domain", "health", "ana"))
            return found

    frozen = freeze(desk.store, Busy(), desk.save("lab", ""), author="ana")
    assert len(calls) == 2
    assert frozen.hash == desk.freeze().hash


def test_freezing_ends_when_others_never_pause(desk):
    (sample,) = desk.add(a_sample())
    index = desk.index()
    calls = []

    class Restless:
        def build_rows(self, query):
            calls.append(query)
            if len(calls) <= 3:
                desk.tag(Tag(sample, "tier", f"value {len(calls)}", "ana"))
            return index.build_rows(query)

    frozen = freeze(desk.store, Restless(), desk.save("lab", ""), author="ana")
    assert len(calls) <= 4
    assert replace(frozen, id="", at=0) == replace(desk.freeze(), id="", at=0)
