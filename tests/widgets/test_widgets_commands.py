from __future__ import annotations

from typing import Any

import orjson
import pytest

from widgets import SampleBrowser
from widgets._bridge import gather, reply
from workbench.workspace import Workspace, open_workspace


@pytest.fixture
def call(ws: Workspace) -> Any:
    handlers = gather(ws, *SampleBrowser.answers)

    def ask(name: str, **args: object) -> Any:
        answer = reply(handlers, {"kind": "command", "v": 1, "rid": 1, "name": name, "args": args})
        orjson.dumps(answer)  # what the page gets is JSON
        return answer["result"] if answer["ok"] else answer["error"]

    return ask


def test_a_page_of_rows_tells_what_a_line_shows(call: Any) -> None:
    page = call("browse.rows", query="card", limit=10)
    assert page["total"] == 1
    row = page["rows"][0]
    assert row["title"] == "My card was charged twice."
    assert row["turns"] == 2
    assert row["why"][0]["turn"] == "t1"


def test_a_page_is_never_larger_than_a_screen_can_use(call: Any) -> None:
    assert len(call("browse.rows", limit=10**9)["rows"]) == 3


def test_a_query_that_cannot_be_read_names_the_place(call: Any) -> None:
    error = call("browse.rows", query="naturalness>=")
    assert error["code"] == "query"
    assert error["end"] > error["start"] >= 0


def test_an_opened_sample_comes_with_its_tags_notes_and_origin(call: Any, ws: Workspace) -> None:
    (sample_id,) = ws.ids("card")
    ws.note(sample_id, "check the amount")
    opened = call("sample.open", id=sample_id)
    assert opened["sample"]["turns"][0]["content"] == "My card was charged twice."
    assert opened["notes"][0]["text"] == "check the amount"
    assert opened["source"]["name"] == "chats"


def test_a_tag_is_set_told_and_taken_back(call: Any, ws: Workspace) -> None:
    (sample_id,) = ws.ids("card")
    answer = call("tag.set", ids=[sample_id], scheme="naturalness", value=4)
    assert [(tag["scheme"], tag["value"]) for tag in answer["tags"]] == [("naturalness", 4)]
    assert call("step.undo")["step"]["label"] == "tag naturalness"
    assert ws.tags([sample_id]) == []


def test_an_answer_says_where_in_the_journal_it_was_written(call: Any, ws: Workspace) -> None:
    ids, end = ws.ids(), ws.journal_end()
    assert call("tag.set", ids=ids, scheme="naturalness", value=4)["wrote"] == [end, end + 3]
    assert call("tag.set", ids=ids, scheme="naturalness", value=4)["wrote"] is None  # nothing was
    assert call("tag.clear", ids=ids[:1], scheme="naturalness")["wrote"] == [end + 3, end + 4]


def test_an_answer_beside_another_persons_claims_no_place(call: Any, ws: Workspace, monkeypatch: Any) -> None:
    (sample_id,) = ws.ids("card")
    tag = Workspace.tag

    def both(self: Workspace, *args: Any, **how: Any) -> int:
        if self.author == "ana":
            with open_workspace(ws.path, author="ben") as other:
                other.tag([sample_id], "tier", "raw")
        return tag(self, *args, **how)

    monkeypatch.setattr(Workspace, "tag", both)
    answer = call("tag.set", ids=[sample_id], scheme="naturalness", value=4)
    assert (answer["changed"], answer["wrote"]) == (1, None)


def test_everything_found_gets_one_answer_as_one_step(call: Any, ws: Workspace) -> None:
    assert call("tag.every", query="", scheme="tier", value="raw")["changed"] == 3
    assert ws.count("tier:raw") == 3
    call("step.undo")
    assert ws.count("tier:raw") == 0


def test_a_blind_scheme_hides_the_others_until_i_have_answered(call: Any, ws: Workspace) -> None:
    (sample_id,) = ws.ids("card")
    with open_workspace(ws.path, author="ben") as other:
        other.tag([sample_id], "naturalness", 2)
    assert call("sample.open", id=sample_id)["tags"] == []
    tags = call("tag.set", ids=[sample_id], scheme="naturalness", value=5)["tags"]
    assert {tag["author"] for tag in tags} == {"ana", "ben"}


def test_an_answer_that_comes_late_is_not_put_over_what_was_done_since(call: Any, ws: Workspace) -> None:
    first, second, third = ws.ids()
    hour = 3_600_000
    ws.tag([first], "naturalness", 4)
    ws.tag([second], "naturalness", 4)
    ws.undo()
    with open_workspace(ws.path, author="ben") as other:
        other.tag([third], "naturalness", 2)
    answer = call("tag.set", ids=[first, second, third], scheme="naturalness", value=1, age=hour)
    assert answer["changed"] == 1
    assert {tag.sample: tag.value for tag in ws.tags(ws.ids()) if tag.author == "ana"} == {first: 4, third: 1}
    assert call("tag.set", ids=[first], scheme="domain", value="health", age=hour)["changed"] == 1
    assert call("tag.clear", ids=[first], scheme="naturalness", age=hour)["changed"] == 0
    assert call("tag.set", ids=[first], scheme="naturalness", value=2, age=0)["changed"] == 1


def test_an_answer_of_the_same_millisecond_comes_after_what_was_saved(
    call: Any, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ws.ids()[0]
    ws.tag([first], "naturalness", 4)
    (saved,) = ws.tag_history(first)
    monkeypatch.setattr("widgets._tags.now_ms", lambda: saved.at)
    assert call("tag.set", ids=[first], scheme="naturalness", value=1, age=1)["changed"] == 0
    assert call("tag.set", ids=[first], scheme="naturalness", value=2, age=0)["changed"] == 1


def test_a_stale_save_brings_both_texts(call: Any, ws: Workspace) -> None:
    sample = ws.get(ws.ids("card")[0])
    ws.edit(sample.id, turn="t1", text="Somebody was faster.", base_revision=1)
    error = call("edit.save", id=sample.id, turns=[{"id": "t1", "role": "user", "content": "mine"}], base_revision=1)
    assert error["code"] == "stale_revision"
    assert error["theirs"]["turns"][0]["content"] == "Somebody was faster."


def test_turns_are_added_deleted_and_reordered_in_one_revision(call: Any, ws: Workspace) -> None:
    (sample_id,) = ws.ids("card")
    turns = [{"id": "t2", "role": "assistant", "content": "First."}, {"id": "", "role": "user", "content": "New."}]
    saved = call("edit.save", id=sample_id, turns=turns, base_revision=1)["sample"]
    assert [turn["id"] for turn in saved["turns"]] == ["t2", "t3"]
    assert [item["revision"] for item in call("history.list", id=sample_id)["revisions"]] == [1, 2]
    assert {diff["kind"] for diff in call("history.diff", id=sample_id, old=1)} >= {"removed", "added"}


def test_a_turn_that_is_none_is_refused_in_words(call: Any, ws: Workspace) -> None:
    error = call("edit.save", id=ws.ids("card")[0], turns=[{"who": "user"}], base_revision=1)
    assert error["code"] == "invalid_input"


def test_an_expert_can_add_a_branch_to_the_domain_tree(call: Any, ws: Workspace) -> None:
    call("scheme.add", scheme="domain", value="health/dental", label="Dental care")
    assert ws.tag(ws.ids("card"), "domain", "health/dental") == 1
    assert call("scheme.add", scheme="domain", value="health/dental")["code"] == "invalid_input"


def test_schemes_come_in_the_order_in_which_people_decide(call: Any) -> None:
    names = [scheme["name"] for scheme in call("browse.start")["schemes"]]
    assert names[:3] == ["domain", "naturalness", "correctness"]
