from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.errors import InvalidInput, UnknownName
from workbench.label.answers import CANNOT_SAY
from workbench.label.nearest import AUTHOR
from workbench.model import Tag, TagScheme
from workbench.workspace import Workspace, open_workspace

LAB = "When will the blood test results be back from the laboratory, number {}?"
CARD = "The bank charged my credit card twice for payment {}, please refund the card."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = [(LAB if i % 2 else CARD).format(i) for i in range(40)]
    records = [
        {"messages": [{"role": "user", "content": text}, {"role": "assistant", "content": "Yes."}]} for text in texts
    ]
    (tmp_path / "chats.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def ws(folder: Path) -> Iterator[Workspace]:
    with open_workspace(folder / "test.workspace", author="ana") as workspace:
        workspace.collect(folder / "chats.jsonl")
        yield workspace


@pytest.fixture
def ben(ws: Workspace) -> Iterator[Workspace]:
    with open_workspace(ws.path, author="ben") as other:
        yield other


def by_machine(ws: Workspace, sample: str, scheme: str, value: object, confidence: float | None = None) -> None:
    with ws._store.write("judge", "judge", undoable=False) as writer:
        writer.tag([Tag(sample, scheme, value, "judge", confidence=confidence, machine=True)])  # type: ignore[arg-type]


def test_the_place_in_a_queue_follows_from_the_answers(ws: Workspace) -> None:
    queue = ws.start_queue(["domain", "naturalness"], count=5, seed=1)
    first, second = queue.samples[:2]
    ws.tag([first], "domain", "health")
    assert ws.queue(queue.id).next == 0
    ws.tag([first], "naturalness", 4)
    state = ws.queue(queue.id)
    assert (state.done, state.next, state.left) == ((0,), 1, 4)
    with open_workspace(ws.path, author="ana") as again:  # a new kernel
        assert again.queue(queue.id).items[1].sample == second
        assert again.queue(queue.id).next == 1
    ws.undo()
    assert ws.queue(queue.id).next == 0


def test_cannot_say_is_an_answer_in_a_queue(ws: Workspace) -> None:
    queue = ws.start_queue("naturalness", count=2)
    ws.tag([queue.samples[0]], "naturalness", CANNOT_SAY)
    assert ws.queue(queue.id).done == (0,)


def test_one_scheme_at_a_time_goes_across_all_samples_first(ws: Workspace) -> None:
    queue = ws.start_queue(["domain", "naturalness"], count=2, together=False)
    for sample in queue.samples:
        ws.tag([sample], "domain", "health")
    state = ws.queue(queue.id)
    assert (state.done, state.items[2].scheme, state.next) == ((0, 1), "naturalness", 2)


def test_skipped_samples_come_again_at_the_end(ws: Workspace) -> None:
    queue = ws.start_queue("naturalness", count=3)
    a, b, c = queue.samples
    ws.skip(queue.id, a)
    assert (ws.queue(queue.id).next, ws.queue(queue.id).skipped) == (1, (0,))
    for sample in (b, c):
        ws.tag([sample], "naturalness", 3)
    assert ws.queue(queue.id).next == 0
    ws.tag([a], "naturalness", 3)
    assert (ws.queue(queue.id).next, ws.queue(queue.id).left) == (None, 0)
    with pytest.raises(InvalidInput):
        ws.skip(queue.id, "nobody")


def test_answered_samples_are_not_asked_again(ws: Workspace) -> None:
    done = ws.ids()[:38]
    ws.tag(done, "naturalness", 3)
    queue = ws.start_queue("naturalness")
    assert len(queue.samples) == 2
    assert not set(queue.samples) & set(done)
    ws.tag("", "naturalness", 3)
    with pytest.raises(InvalidInput, match="nothing to ask"):
        ws.start_queue("naturalness")
    with pytest.raises(InvalidInput, match="finds no"):
        ws.start_queue("naturalness", "language:xx")
    with pytest.raises(InvalidInput, match="one question"):
        ws.start_queue([])
    with pytest.raises(UnknownName):
        ws.start_queue("naturalnes")
    with pytest.raises(InvalidInput, match="order"):
        ws.start_queue("naturalness", order="alphabetical")  # type: ignore[arg-type]


def test_the_least_sure_suggestions_come_first(ws: Workspace) -> None:
    ids = ws.ids()
    for sample, confidence in zip(ids[:3], (0.9, 0.2, 0.6), strict=True):
        by_machine(ws, sample, "domain", "health", confidence)
    queue = ws.start_queue("domain", order="uncertain", count=5)
    assert queue.samples[:3] == (ids[1], ids[2], ids[0])
    assert (queue.ranked, queue.found) == (3, 40)


def test_disputed_samples_come_first_and_a_settled_one_no_more(ws: Workspace, ben: Workspace) -> None:
    near, far, same = ws.ids()[:3]
    for sample, mine, theirs in ((near, 3, 4), (far, 1, 5), (same, 2, 2)):
        ws.tag([sample], "naturalness", mine)
        ben.tag([sample], "naturalness", theirs)
    assert ws.disputed("naturalness") == [far, near]
    with open_workspace(ws.path, author="cleo") as cleo:
        assert cleo.start_queue("naturalness", order="disputed", count=2).samples == (far, near)
        queue = cleo.start_queue("naturalness", order="settle")
        assert queue.samples == (far, near)
        cleo.settle(queue.id, far, "naturalness", 2, note="wooden, but two people")
        assert cleo.queue(queue.id).done == (0,)
        assert ws.disputed("naturalness") == [near]
        assert {(tag.author, tag.value) for tag in ws.tags([far])} == {("ana", 1), ("ben", 5), ("cleo", 2)}
        cleo.undo()
        assert cleo.queue(queue.id).done == ()
        assert ws.disputed("naturalness") == [far, near]
        with pytest.raises(InvalidInput):
            cleo.settle(queue.id, same, "naturalness", 2)


def test_a_question_asked_again_leaves_the_first_answer_alone(ws: Workspace, ben: Workspace) -> None:
    ids = ws.ids()[:4]
    for sample in ids:
        ws.tag([sample], "naturalness", 4)
    with pytest.raises(InvalidInput, match="none of these"):
        ben.start_queue("naturalness", order="again")
    queue = ws.start_queue("naturalness", order="again", count=3)
    a, b, c = queue.samples
    for sample, value in ((a, 4), (b, 2), (c, CANNOT_SAY)):
        ws.answer_again(queue.id, sample, "naturalness", value)
    assert ws.queue(queue.id).left == 0
    assert {tag.value for tag in ws.tags(ids)} == {4}
    told = ws.queue_results(queue.id).again[0]
    assert (told.pairs, told.left_out, told.percent, told.differing[0].sample) == (2, 1, 50.0, b)
    assert ws.self_agreement("naturalness") == told
    assert [item.id for item in ben.queues()] == []
    with pytest.raises(InvalidInput):
        ws.answer_again(queue.id, a, "naturalness", 9)


def test_flips_are_read_from_the_journal(ws: Workspace, ben: Workspace) -> None:
    one, two = ws.ids()[:2]
    for sample in (one, two):
        by_machine(ws, sample, "naturalness", 2)
        ws.tag([sample], "naturalness", 4)
    ws.tag([one], "naturalness", 2)
    told = ws.flips("naturalness")
    assert (told.revealed, told.rate, told.pull, told.policy) == (2, 50.0, 50.0, "after_answer")
    assert told.flips[0].sample == one
    ben.tag([two], "naturalness", 3)
    assert ws.flips("naturalness").revealed == 3


def test_each_turn_of_a_turn_scheme_is_asked(ws: Workspace) -> None:
    ws.save_scheme(TagScheme("polite", "boolean", on="turn"))
    queue = ws.start_queue("polite", count=1)
    (sample,) = queue.samples
    ws.tag([sample], "polite", True, turn="t1")
    assert ws.queue(queue.id).left == 1
    ws.tag([sample], "polite", False, turn="t2")
    assert ws.queue(queue.id).left == 0


def test_two_people_work_through_the_same_queue(ws: Workspace, ben: Workspace) -> None:
    queue = ws.start_queue("naturalness", count=2, name="calibration")
    ws.tag([queue.samples[0]], "naturalness", 3)
    assert [item.name for item in ben.queues()] == ["calibration"]
    assert (ws.queue(queue.id).left, ben.queue(queue.id).left) == (1, 2)
    ben.put_queue_away(queue.id)
    assert ws.queues() == []
    with pytest.raises(UnknownName):
        ws.queue(queue.id)
    assert len(ws.tags(queue.samples)) == 1


def test_pace_and_results_come_from_the_times_of_the_answers(ws: Workspace) -> None:
    queue = ws.start_queue("naturalness", count=3)
    ws.tag([queue.samples[0]], "naturalness", 3)
    ws.tag([queue.samples[1]], "naturalness", CANNOT_SAY)
    results = ws.queue_results(queue.id)
    assert results.pace.decisions == 2
    assert dict(results.answers["naturalness"]) == {3: 1, CANNOT_SAY: 1}
    assert (results.done, results.total) == (2, 3)


def test_a_sample_can_be_named_as_an_example_and_no_longer(ws: Workspace) -> None:
    sample = ws.ids()[0]
    ws.use_as_example(sample, "naturalness", "4", note="too smooth")
    ws.use_as_example(sample, "naturalness", 2, turn="t1")
    assert [(one.value, one.turn, one.note) for one in ws.examples("naturalness")] == [
        (4, None, "too smooth"), (2, "t1", ""),
    ]  # fmt: skip
    ws.drop_example(sample, "naturalness", 4)
    assert [one.value for one in ws.examples("naturalness")] == [2]
    with pytest.raises(InvalidInput):
        ws.use_as_example(sample, "naturalness", 17)


def test_suggestions_need_answers_to_go_by(ws: Workspace) -> None:
    with pytest.raises(InvalidInput, match="suggestions need 20 answered conversations; answered so far: 0"):
        ws.suggest("domain")
    with pytest.raises(InvalidInput, match="shows no suggestions"):
        ws.suggest("tier")
    assert ws.suggestions("domain") is None


def test_suggestions_come_from_near_samples_count_for_nothing_and_are_measured(ws: Workspace) -> None:
    labs, cards = ws.ids("laboratory"), ws.ids("credit")
    ws.tag(labs[:11], "domain", "health/lab")
    ws.tag(cards[:11], "domain", "finance/cards")
    report = ws.suggest("domain").wait(60)
    assert (report.examples, report.suggested, report.left_out) == (22, 18, 0)
    assert report.percent is None or 0 <= report.percent <= 100
    told = {tag.sample: tag for tag in ws.tags(labs[11:] + cards[11:])}
    assert {told[one].value for one in labs[11:]} == {"health/lab"}
    assert {told[one].value for one in cards[11:]} == {"finance/cards"}
    assert all(tag.machine and tag.author == AUTHOR and 0 < (tag.confidence or 0) <= 1 for tag in told.values())
    assert ws.count("missing:domain") == 18
    assert ws.count("suggested.domain:health/*") == 9
    assert ws.suggestions("domain") == report
    assert ws.flips("domain").suggested == 0
    ws.tag([labs[11]], "domain", "health/lab")
    assert ws.flips("domain").as_suggested == 1


def test_cannot_say_stays_out_of_numbers_everywhere(ws: Workspace, ben: Workspace) -> None:
    one, two = ws.ids()[:2]
    ws.tag([one, two], "naturalness", CANNOT_SAY)
    ben.tag([one], "naturalness", 4)
    frame = ws.frame([one, two])
    assert frame["naturalness"].tolist() == [4, None]
    assert ws.agreement("naturalness").pairs == 0
    assert ws.count("naturalness>=1") == 1
    assert ws.count("missing:naturalness") == 38
