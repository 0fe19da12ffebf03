"""Values in queries: answers without a rank, unknown ones, parents of trees, ids, and every term a facet offers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_sample
from tests.search.oracle import populate
from workbench.errors import QueryError
from workbench.model import Choice, Generated, Imported, Source, Tag, TagScheme
from workbench.search import Index
from workbench.store.base import Store

ODD = ('say "no"', "a\\b", "1..2", "*", "OR", "<3", "-x", "x/y", "血液 (test)", "Ana's", "cannot say", "~")


def tagged(store: Store, scheme: str, *values: object, **more: object) -> None:
    """A new sample for each value."""
    with store.write("ana", "add") as writer:
        known = writer.add_samples([a_sample(f"{scheme} {n} {value}", "yes") for n, value in enumerate(values)])
        pairs = zip(known, values, strict=True)
        writer.tag([Tag(sample_id, scheme, value, "ana", **more) for (sample_id, _), value in pairs])


@pytest.fixture
def odd(store: Store, index: Index) -> Index:
    """Answers that are hard to write down, to a scheme of every kind, and sources of the same name."""
    populate(store, 7)
    kinds = ("nominal", "multi", "hierarchical", "text")
    with store.write("ana", "schemes") as writer:
        for kind in kinds:
            writer.save_scheme(TagScheme(f"odd-{kind}", kind, open=True))
        writer.save_scheme(TagScheme("recipe", "nominal"))
        for number in range(2):
            writer.save_source(Source(("Calls", "calls")[number], id=f"src_{number}"))
    for kind in kinds:
        tagged(store, f"odd-{kind}", *(((value,) if kind == "multi" else value) for value in (*ODD, "x", "x/y/z", "3")))
    for scheme, value in (
        ("naturalness", 3),
        ("tier", "raw"),
        ("signed", True),
        ("recipe", "made"),
        ("topics", ("a",)),
    ):
        tagged(store, scheme, value, "cannot say", value)
        tagged(store, scheme, value, "cannot say", machine=True)
    side = Imported("src_0", "f", 1, branch_of="s_1")
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("one", source="src_0", origin=side), a_sample("two", source="src_1")])
    return index


def test_every_term_of_every_facet_finds_as_many_as_it_says(odd: Index) -> None:
    schemes = [field.name for field in odd.fields() if field.kind in {"nominal", "multi", "hierarchical", "text"}]
    ranked = [field.name for field in odd.fields() if field.kind in {"ordinal", "boolean"}]
    machine = [f"suggested.{name}" for name in ("naturalness", "signed", "topics", "tier")]
    hot = ["origin", "recipe", "model", "run", "language", "source", "branch", "state", "import"]
    counted = {
        (value.term, value.count, odd.search(value.term).total)
        for facet in odd.facets("", [*schemes, *ranked, *machine, *hot, "turns", "depth", "chars", "revision"])
        for value in facet.values
    }
    assert len(counted) > 100
    assert {term for term, count, found in counted if count != found} == set()


def test_an_answer_without_a_rank_is_found_by_itself_and_not_by_a_range(store: Store, index: Index) -> None:
    tagged(store, "naturalness", 2, "cannot say", 5)
    assert index.search('naturalness:"cannot say"').rows == [2]
    assert index.search('naturalness:(5 OR "cannot say")').total == 2
    assert index.search("naturalness>=1").total == 2
    assert index.search("naturalness:*").total == 3


def test_cannot_say_has_no_rank_even_where_it_is_a_choice(store: Store, index: Index) -> None:
    with store.write("ana", "scheme") as writer:
        choices = (Choice("1"), Choice("2"), Choice("cannot say"))
        writer.save_scheme(TagScheme("ease", "ordinal", choices=choices))
    tagged(store, "ease", 2, "cannot say")
    assert (index.search("ease>=2").rows, index.search('ease:"cannot say"').rows) == ([1], [2])


def test_cannot_say_can_be_asked_for_before_anybody_answered_it(index: Index) -> None:
    assert [index.search(f'{name}:"cannot say"').total for name in ("naturalness", "signed", "domain", "tier")] == [
        0
    ] * 4


@pytest.mark.parametrize(
    ("query", "start", "hint"),
    [
        ("domain:bogus", 7, "known: health"),
        ("turns>1 tier:golt", 13, "did you mean 'gold'"),
        ("topics:(a OR bb)", 13, "did you mean 'b'"),
        ("domain:healt/*", 7, "did you mean 'health'"),
        ("suggested.domain:lwa", 17, "did you mean 'law'"),
    ],
)
def test_a_value_that_a_scheme_does_not_have_is_told_with_the_nearest(
    store: Store, index: Index, query: str, start: int, hint: str
) -> None:
    with pytest.raises(QueryError) as caught:
        index.search(query)
    assert caught.value.start == start
    assert hint in str(caught.value.hint)


def test_values_of_open_schemes_and_given_answers_are_no_mistakes(store: Store, index: Index) -> None:
    with store.write("ana", "scheme") as writer:
        writer.save_scheme(TagScheme("mood", "nominal", choices=(Choice("glad"),), open=True))
    tagged(store, "domain", "travel/rail")
    assert index.search("mood:sad").total == 0
    assert (index.search("domain:travel").total, index.search("domain:travel/rail").total) == (1, 1)


def test_a_parent_finds_what_is_below_it_and_a_leaf_only_itself(store: Store, index: Index) -> None:
    tagged(store, "domain", "health", "health/lab", "health/labour", "law")
    found = {query: set(index.search(query).rows) for query in ("domain:health", "domain:health/lab", "domain=health")}
    assert found == {"domain:health": {1, 2, 3}, "domain:health/lab": {2}, "domain=health": {1}}


@pytest.mark.parametrize("field", ["recipe", "model", "run", "import"])
def test_a_star_finds_only_samples_that_have_the_field(store: Store, index: Index, field: str) -> None:
    made = Generated(("s_0",), "duet", "1", "run_1", "d", 1, "tiny")
    brought = Imported("src_test", "f", 1, import_id="imp_1")
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample("written"), a_sample("made", origin=made), a_sample("brought", origin=brought)])
    assert index.search(f"{field}:*").rows == [3 if field == "import" else 2]
    assert set(index.search(f"-{field}:*").rows) == {1, 2 if field == "import" else 3}


def test_samples_are_found_by_the_beginning_of_their_id(store: Store, index: Index) -> None:
    with store.write("ana", "add") as writer:
        writer.add_samples([replace(a_sample(name), id=name) for name in ("s_abc", "s_abd", "s_xyz")])
    assert set(index.search("id:s_ab*").rows) == {1, 2}
    assert index.search("id:s_ab* -id:s_abd").rows == [1]
    assert index.search("id:s_ab").total == 0
    with pytest.raises(QueryError, match="whole ids"):
        index.search("parent:s_ab*")


@pytest.mark.parametrize(
    "query", ["😀", '"!!!"', "@", "-😀", "*", "blood 😀", 'blood "..."', "? turns>1", "blood OR !", '~"?!"']
)
def test_text_in_which_there_is_nothing_to_find_is_refused_at_its_place(index: Index, query: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for") as caught:
        index.search(query)
    assert not any(character.isalnum() for character in query[caught.value.start : caught.value.end])


def test_a_refused_text_inside_a_slice_is_told(store: Store, index: Index, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="nothing to search for"):
        index.rows("turns>1 (😀 OR !)")
