"""The columns against a plain reading of every sample and tag, over random workspaces and random queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.conftest import SCHEMES
from tests.search.oracle import World, people, populate
from workbench.model import Sample, Source, Tag
from workbench.search import Index
from workbench.store import open_store

Test = Callable[[Sample, list[Tag]], bool]


def has(scheme: str, passes: Callable[[Any], bool], author: str | None = None) -> Test:
    return lambda _, tags: any(passes(tag.value) for tag in people(tags, scheme, author))


ATOMS: dict[str, Test] = {
    "domain:health": has("domain", lambda value: value.split("/")[0] == "health"),
    "domain=health": has("domain", "health".__eq__),
    "domain:health/lab": has("domain", "health/lab".__eq__),
    "domain:health/*": has("domain", lambda value: value.split("/")[0] == "health"),
    "domain:*": has("domain", lambda value: True),
    "domain:(law OR other)": has("domain", lambda value: value.split("/")[0] in {"law", "other"}),
    "domain@ana:law/*": has("domain", lambda value: value.startswith("law"), "ana"),
    'domain@"bob lee":*ax': has("domain", "law/tax".__eq__, "Bob Lee"),
    "suggested.domain:health/*": lambda _, tags: any(
        tag.machine and tag.scheme == "domain" and str(tag.value).startswith("health") for tag in tags
    ),
    "naturalness>=4": has("naturalness", lambda value: value >= 4),
    "naturalness:2..3": has("naturalness", lambda value: 2 <= value <= 3),
    "naturalness<2": has("naturalness", lambda value: value < 2),
    "signed:yes": has("signed", lambda value: value is True),
    "signed:no": has("signed", lambda value: value is False),
    "tier>=checked": has("tier", lambda value: value != "raw"),
    "tier<gold": has("tier", lambda value: value != "gold"),
    "topics:b": has("topics", lambda value: "b" in value),
    "tagged:topics": has("topics", lambda value: True),
    "missing:domain": lambda _, tags: not people(tags, "domain"),
    "missing:(domain OR tier)": lambda _, tags: not people(tags, "domain") or not people(tags, "tier"),
    "by:cy": lambda _, tags: any(tag.author == "cy" for tag in tags),
    "language:(en OR fr)": lambda sample, _: sample.language in {"en", "fr"},
    'source:"calls 2026"': lambda sample, _: sample.source == "src_test",
    "origin:generated": lambda sample, _: type(sample.origin).__name__ == "Generated",
    "origin:synthetic": lambda sample, _: sample.origin.synthetic,
    "origin:real": lambda sample, _: not sample.origin.synthetic,
    "recipe:*": lambda sample, _: type(sample.origin).__name__ == "Generated",
    "run:*": lambda sample, _: type(sample.origin).__name__ == "Generated",
    'language:""': lambda sample, _: sample.language is None,
    "recipe:para*": lambda sample, _: type(sample.origin).__name__ == "Generated",
    "turns>5": lambda sample, _: len(sample.turns) > 5,
    "turns:..2": lambda sample, _: len(sample.turns) <= 2,
    "depth:1": lambda sample, _: sample.origin.depth == 1,
    "turns>99999999999999999999": lambda sample, _: False,
    "created<2026-01-04": lambda sample, _: sample.created_at < 1_767_484_800_000,
    "created:2026-01-03": lambda sample, _: 1_767_398_400_000 <= sample.created_at < 1_767_484_800_000,
    "needle": lambda sample, _: "needle" in sample.text.split(),
    "血液": lambda sample, _: "血液" in sample.text,
    '"blood test"': lambda sample, _: "blood test" in sample.text,
    "eleve": lambda sample, _: "élève" in sample.text.split(),
}


@pytest.fixture(scope="module", params=[1, 2])
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("world")
    store = open_store(folder)
    with store.write("ana", "begin") as writer:
        for scheme in SCHEMES:
            writer.save_scheme(scheme)
        writer.save_source(Source("calls 2026", id="src_test"))
    index = Index(store, folder)
    assert index.search("").total == 0  # from here on the columns grow by the change log
    yield index, populate(store, request.param)
    index.close()
    store.close()


@st.composite
def queries(draw: st.DrawFn, depth: int = 3) -> tuple[str, Test]:
    kind = draw(st.sampled_from(("atom", "atom", "and", "or", "not") if depth else ("atom",)))
    if kind == "atom":
        return draw(st.sampled_from(sorted(ATOMS.items(), key=lambda item: item[0])))
    left, holds = draw(queries(depth=depth - 1))
    if kind == "not":
        return f"-({left})", lambda sample, tags: not holds(sample, tags)
    right, also = draw(queries(depth=depth - 1))
    if kind == "and":
        return f"({left}) ({right})", lambda sample, tags: holds(sample, tags) and also(sample, tags)
    return f"({left} OR {right})", lambda sample, tags: holds(sample, tags) or also(sample, tags)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=queries())
def test_a_query_finds_what_a_plain_reading_finds(room: tuple[Index, World], pair: tuple[str, Test]) -> None:
    index, world = room
    query, test = pair
    assert set(index.search(query, limit=1000).rows) == world.rows(test)


@pytest.mark.parametrize("query", sorted(ATOMS))
def test_facets_count_each_sample_once_per_value(room: tuple[Index, World], query: str) -> None:
    index, world = room
    rows = world.rows(ATOMS[query])
    for scheme in ("domain", "naturalness", "topics"):
        (facet,) = index.facets(query, [scheme])
        expected: Counter[str] = Counter()
        for row in rows:
            answers = people(world.tags[world.samples[row - 1].id], scheme)
            expected.update({text for tag in answers for text in texts_of(tag, scheme)})
        assert {value.value: value.count for value in facet.values} == dict(expected)


def texts_of(tag: Tag, scheme: str) -> list[str]:
    if scheme == "domain":
        parts = str(tag.value).split("/")
        return ["/".join(parts[: level + 1]) for level in range(len(parts))]
    return list(tag.value or ("",)) if isinstance(tag.value, tuple) else [str(tag.value)]


@pytest.mark.parametrize("field", ["domain", "origin", "language", "turns", "naturalness", "state", "source"])
def test_the_term_of_a_facet_value_selects_exactly_its_count(room: tuple[Index, World], field: str) -> None:
    index, _ = room
    (facet,) = index.facets("turns<7", [field])
    assert facet.values
    for value in facet.values:
        assert index.search(f"turns<7 {value.term}").total == value.count


def test_archived_samples_are_found_only_when_a_state_is_named(room: tuple[Index, World]) -> None:
    index, world = room
    archived = {row for row, sample in enumerate(world.samples, 1) if sample.state == "archived"}
    assert archived
    assert set(index.search("state:archived", limit=1000).rows) == archived
    assert index.search("state:*").total == len(world.samples)


@pytest.mark.parametrize("sort", ["newest", "oldest", "longest", "shortest", "turns", "updated"])
def test_pages_by_token_give_every_row_once_in_order(room: tuple[Index, World], sort: str) -> None:
    index, _ = room
    rows: list[int] = []
    token: str | None = None
    while True:
        page = index.search("turns>2", sort=sort, limit=7, after=token)
        rows += page.rows
        token = page.next
        if token is None:
            break
    assert rows == index.rows("turns>2", sort=sort).tolist()
    assert len(set(rows)) == page.total
