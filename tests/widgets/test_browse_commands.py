"""The commands behind the browse page beyond its rows: excerpts, relatives, saved queries, flags, findings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import SampleBrowser
from widgets._excerpt import excerpt
from workbench.workspace import Workspace


@pytest.fixture
def ask(ws: Workspace) -> Any:
    return asker(ws, SampleBrowser)


def _id(ws: Workspace, query: str) -> str:
    return ws.ids(query)[0]


def test_a_row_shows_the_words_that_were_looked_for(ask: Any) -> None:
    row = ask("browse.rows", query="refund")["rows"][0]
    assert [row["preview"][start:end] for start, end in row["marks"]] == ["refund"]


def test_an_excerpt_stays_on_one_line_and_its_marks_stay_true() -> None:
    text = "A long beginning " * 9 + "with\n\n a  refund \n and another refund at the end. " + "More. " * 40
    places = [(text.index("refund"), text.index("refund") + 6), (text.rindex("refund"), text.rindex("refund") + 6)]
    shown = excerpt(text, places)
    assert [shown["preview"][start:end] for start, end in shown["marks"]] == ["refund", "refund"]
    assert "\n" not in shown["preview"]
    assert shown["preview"].startswith("… ")
    assert shown["preview"].endswith("…")


def test_where_a_sample_stands_in_a_query(ask: Any, ws: Workspace) -> None:
    order = ws.ids("", sort="oldest")
    assert [ask("browse.place", id=id, sort="oldest") for id in order] == [0, 1, 2]
    assert ask("browse.place", id=order[0], query="nobodysaysthis") is None


def test_the_list_can_be_ordered_by_naturalness_and_what_nobody_judged_is_last(ask: Any, ws: Workspace) -> None:
    oldest, middle, newest = ws.ids("", sort="oldest")
    ws.tag([oldest], "naturalness", 2)
    ws.tag([newest], "naturalness", 5)
    assert [row["id"] for row in ask("browse.rows", sort="most-natural")["rows"]] == [newest, oldest, middle]
    assert [row["id"] for row in ask("browse.rows", sort="least-natural")["rows"]] == [oldest, newest, middle]
    ws.tag([oldest], "naturalness", "cannot say")
    ws.tag([middle], "naturalness", 1)
    assert ws.ids("", sort="least-natural") == [middle, newest, oldest]
    first = ws.find("", sort="most-natural", limit=1)
    assert [sample.id for sample in ws.find("", sort="most-natural", limit=1, after=first.next).samples] == [middle]
    assert ask("browse.rows", sort="unheard")["code"] == "invalid_input"


def test_a_saved_query_is_removed_and_undo_brings_it_back(ask: Any, ws: Workspace) -> None:
    kept = ask("browse.save", name="cards", query="card")
    assert ask("browse.remove", name="cards")["slices"] == []
    ask("step.undo")
    assert ask("browse.slices") == kept


def test_a_query_is_saved_under_a_name_and_found_by_it(ask: Any, ws: Workspace) -> None:
    assert ask("browse.save", name=" cards ", query="card") == [{"name": "cards", "query": "card", "title": ""}]
    assert ask("browse.rows", query="in:cards")["total"] == 1
    assert ask("browse.start")["slices"] == ask("browse.slices")
    assert ask("browse.save", name="", query="card")["code"] == "invalid_input"
    assert ask("browse.save", name="cards", query="lab")["code"] == "invalid_input"
    assert ask("browse.save", name="bad", query="naturalness>=")["code"] == "query"


def test_all_that_is_found_can_be_marked(ask: Any, ws: Workspace) -> None:
    assert ask("browse.ids", query="card") == {"ids": ws.ids("card"), "total": 1}


def test_a_flag_is_mine_is_found_and_is_taken_back(ask: Any, ws: Workspace) -> None:
    sample = _id(ws, "card")
    assert ask("flag.set", ids=[sample]) == {"changed": 1}
    assert ws.ids("flag:yes") == [sample]
    assert ws.ids("flag@ana:yes") == [sample]
    ask("step.undo")
    assert ws.ids("flag:yes") == []
    ask("step.redo")
    assert ask("flag.set", ids=[sample], on=False) == {"changed": 1}
    assert ws.ids("flag:yes") == []
    assert ask("flag.set", ids=["s_nobody"])["code"] == "not_found"


def test_taking_off_a_flag_where_there_never_was_one_changes_nothing(ask: Any, ws: Workspace) -> None:
    assert ask("flag.set", ids=[_id(ws, "card")], on=False) == {"changed": 0}
    assert all(scheme.name != "flag" for scheme in ws.schemes())


def test_a_nearly_equal_conversation_is_a_twin_and_a_neighbour(ask: Any, ws: Workspace) -> None:
    sample = _id(ws, "card")
    copy = _copy(ws, sample, "My card was charged twice!")
    ws.ids('~"card"')
    twins = ask("sample.twins", id=sample)
    assert [(twin["id"], twin["exact"]) for twin in twins] == [(copy, False)]
    assert twins[0]["score"] >= 0.8
    assert ask("sample.near", id=sample)[0]["id"] == copy
    assert ask("sample.twins", id="s_nobody")["code"] == "not_found"


def test_a_family_is_a_tree_from_its_oldest_member(ask: Any, ws: Workspace) -> None:
    sample = _id(ws, "card")
    copy = _copy(ws, sample, "My card was charged three times.")
    for asked in (sample, copy):
        members = ask("sample.family", id=asked)["members"]
        assert [(one["id"], one["depth"], one["here"]) for one in members] == [
            (sample, 0, asked == sample),
            (copy, 1, asked == copy),
        ]
    assert ask("sample.family", id="s_nobody")["code"] == "not_found"


def test_turns_say_their_language(ask: Any, ws: Workspace) -> None:
    found = ask("sample.languages", id=_id(ws, "card"))
    assert found.get("t2") == "en"
    assert ask("sample.languages", id="s_nobody")["code"] == "not_found"


def test_a_look_makes_findings_searchable(ask: Any, ws: Workspace) -> None:
    finished(ws, ask("browse.look"))
    assert ask("browse.rows", query="finding:unknown")["total"] == 0
    assert any(facet["field"] == "finding" for facet in ask("browse.facets"))
    assert ask("browse.look", query="naturalness>=")["code"] == "query"


def _copy(ws: Workspace, sample: str, first: str) -> str:
    """A variant of a sample whose first turn is another text, written by a person as a branch of it."""
    from dataclasses import replace

    from workbench.ids import new_id
    from workbench.model import Written

    old = ws.get(sample)
    new = replace(
        old,
        id=new_id("s"),
        turns=(replace(old.turns[0], content=first), *old.turns[1:]),
        origin=Written(author="ana", branch_of=sample),
    )
    with ws._store.write("ana", "copy") as writer:
        writer.add_samples([new])
    return new.id
