from __future__ import annotations

from typing import Any

import pytest

from tests.widgets.asking import asker, finished
from widgets import ReviewPanel
from workbench.model import Tag
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def ask(ws: Workspace) -> Any:
    return asker(ws, ReviewPanel)


@pytest.fixture
def queue(ask: Any) -> Any:
    return ask("review.make", schemes=["domain", "naturalness"], query="", order="random", count=3)["id"]


def test_a_queue_is_made_listed_opened_and_put_away(ask: Any, queue: str) -> None:
    (line,) = ask("review.start")["queues"]
    assert (line["id"], line["total"], line["done"]) == (queue, 3, 0)
    opened = ask("review.open", id=queue)
    assert [scheme["name"] for scheme in opened["schemes"]] == ["domain", "naturalness"]
    assert (len(opened["items"]), opened["next"], opened["done"]) == (3, 0, [])
    assert len(opened["quick"]["domain"]) == 9
    assert ask("review.away", id=queue) == {}
    assert ask("review.start")["queues"] == []
    assert ask("review.open", id=queue)["code"] == "unknown_name"


def test_a_sample_comes_with_its_questions_and_what_is_hidden_as_a_number_only(
    ask: Any, queue: str, ws: Workspace
) -> None:
    sample = ask("review.open", id=queue)["items"][0]["sample"]
    with open_workspace(ws.path, author="ben") as ben:
        ben.tag([sample], "naturalness", 2)
    told = ask("review.sample", queue=queue, id=sample)
    assert told["asked"] == [{"scheme": "domain"}, {"scheme": "naturalness"}]
    assert (told["tags"], told["hidden"]) == ([], {"naturalness ": 1})
    tags = ask("tag.set", ids=[sample], scheme="naturalness", value=5)["tags"]
    assert {tag["author"] for tag in tags} == {"ana", "ben"}
    assert ask("review.sample", queue=queue, id=sample)["answered"] == [{"scheme": "naturalness"}]


def test_skipping_puts_a_sample_behind_the_others(ask: Any, queue: str) -> None:
    first = ask("review.open", id=queue)["items"][0]["sample"]
    assert ask("review.skip", queue=queue, id=first) == {}
    opened = ask("review.open", id=queue)
    assert (opened["next"], opened["skipped"]) == (1, [0])
    assert ask("review.skip", queue=queue, id="nobody")["code"] == "invalid_input"


def test_what_is_asked_again_shows_no_answer_of_anybody(ask: Any, ws: Workspace) -> None:
    ids = ws.ids()
    for sample in ids:
        ws.tag([sample], "naturalness", 4)
    queue = ask("review.make", schemes=["naturalness"], order="again")["id"]
    assert ask("review.sample", queue=queue, id=ids[0])["tags"] == []
    end = ws.journal_end()
    answer = ask("review.again", queue=queue, ids=[ids[0]], scheme="naturalness", value=2)
    assert answer == {"changed": 1, "tags": None, "wrote": [end, end + 1]}
    (again,) = ask("review.results", id=queue)["again"]
    assert (again["pairs"], again["percent"], again["differing"][0]["before"]) == (1, 0.0, 4)
    assert ask("review.again", queue=queue, ids=["x"], scheme="naturalness", value=2)["code"] == "invalid_input"
    older = {"queue": queue, "ids": ids[:2], "scheme": "naturalness", "value": 5, "age": 3_600_000}
    assert ask("review.again", **older)["changed"] == 1, "what was answered again since stands; the other is given"
    assert ask("review.results", id=queue)["again"][0]["pairs"] == 2
    assert ask("review.again", **{**older, "age": 0})["changed"] == 2


def test_a_second_answer_of_the_same_millisecond_comes_after_what_was_saved(
    ask: Any, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample = ws.ids()[0]
    ws.tag([sample], "naturalness", 4)
    queue = ask("review.make", schemes=["naturalness"], order="again")["id"]
    answer = {"queue": queue, "ids": [sample], "scheme": "naturalness", "value": 2}
    ask("review.again", **answer)
    saved = ws._store.reviews()[-1].at
    monkeypatch.setattr("widgets._review.now_ms", lambda: saved)
    assert ask("review.again", **answer, age=1)["changed"] == 0
    assert ask("review.again", **answer, age=0)["changed"] == 1


def test_a_dispute_is_settled_with_everybodys_answers_in_view(ask: Any, ws: Workspace) -> None:
    sample = ws.ids()[0]
    ws.tag([sample], "naturalness", 1)
    with open_workspace(ws.path, author="ben") as ben:
        ben.tag([sample], "naturalness", 5)
    with open_workspace(ws.path, author="cleo") as cleo:
        judge = asker(cleo, ReviewPanel)
        assert judge("review.about", scheme="naturalness")["disputed"] == 1
        queue = judge("review.make", schemes=["naturalness"], order="settle")["id"]
        assert {tag["author"] for tag in judge("review.sample", queue=queue, id=sample)["tags"]} == {"ana", "ben"}
        tags = judge("review.settle", queue=queue, ids=[sample], scheme="naturalness", value=2, note="wooden")["tags"]
        assert ("cleo", 2, "wooden") in {(tag["author"], tag["value"], tag.get("note")) for tag in tags}
        assert judge("review.open", id=queue)["next"] is None
        assert judge("review.about", scheme="naturalness")["disputed"] == 0
        older = {"queue": queue, "ids": [sample], "scheme": "naturalness", "value": 4, "age": 3_600_000}
        assert judge("review.settle", **older)["changed"] == 0, "what was settled since stands"
        assert judge("review.settle", **{**older, "age": 0})["changed"] == 1


def test_examples_come_with_their_text(ask: Any, ws: Workspace) -> None:
    (sample,) = ws.ids("card")
    (example,) = ask("review.example", id=sample, scheme="naturalness", value=4, turn="t1", note="real")
    assert (example["value"], example["text"], example["note"]) == (4, "My card was charged twice.", "real")
    assert ask("review.examples", schemes=["naturalness"]) == [example]
    assert ask("review.example", id=sample, scheme="naturalness", value=4, turn="t1", on=False) == []


def test_too_few_answers_make_no_suggestions_and_say_so(ask: Any) -> None:
    error = ask("review.suggest", scheme="domain")
    assert "20 answered" in error["message"]
    about = ask("review.about", scheme="domain")
    assert (about["answered"], about["fewest"], about["suggestions"]) == (0, 20, None)


def test_suggestions_are_a_job_with_a_report(ask: Any, ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.flows.suggest.FEWEST", 2)
    ws.tag(ws.ids("card OR lab"), "domain", "health")
    job = finished(ws, ask("review.suggest", scheme="domain"))
    report = ask("review.suggested", job=job)
    assert report["examples"] == 2
    assert ask("review.about", scheme="domain")["suggestions"]["examples"] == 2


def test_a_machines_answer_is_told_as_one(ask: Any, queue: str, ws: Workspace) -> None:
    sample = ask("review.open", id=queue)["items"][0]["sample"]
    with ws._store.write("m", "suggest", undoable=False) as writer:
        writer.tag([Tag(sample, "domain", "health", "m", confidence=0.7, machine=True)])
    told = ask("review.sample", queue=queue, id=sample)
    assert [(tag["machine"], tag["confidence"]) for tag in told["tags"]] == [(True, 0.7)]
    assert told["answered"] == []


def test_nothing_left_to_ask_is_told_in_words(ask: Any, ws: Workspace) -> None:
    ws.tag("", "tier", "raw")
    assert ask("review.make", schemes=["tier"])["code"] == "invalid_input"
    assert ask("review.make", schemes=["tier"], query="naturalness>=")["code"] == "query"
    assert ask("review.count", query="card") == {"count": 1}
    ids = ws.ids()
    assert set(ask("review.titles", ids=ids)) == set(ids)
