"""What the recipes that vary a text are built from: slips, cuts between sentences, turn-taking, gains by variants."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.builders import a_sample, a_turn
from workbench.errors import GenerateError
from workbench.generate import Candidate
from workbench.generate.augmentation import Texts, proved_gain
from workbench.generate.coverage import answers, within
from workbench.generate.drawing import Distinct
from workbench.generate.slips import KINDS, proposed
from workbench.generate.splitting import two_parts
from workbench.generate.turn_taking import changed, possible_changes

LONG = "I paid for it on Monday. Now nobody answers me at all."


def test_no_two_variants_say_the_same():
    first, second = (Candidate((a_turn(text),)) for text in ("one", "two"))
    draws = iter([first, None, first, second, second, second])
    variants = Distinct(first.turns)
    assert variants.drawn(lambda: next(draws), 5) is second
    assert variants.drawn(lambda: next(draws), 2) is None
    assert Distinct().drawn(lambda: first, 1) is first


def test_slips_are_proposed_by_kind_and_never_in_a_number():
    text = "Their order A-1203 is late."
    assert {edit.kind for edit in proposed(text, "en", ["confusion"])} == {"confusion"}
    assert [edit.text for edit in proposed(text, "en", ["confusion"])] == ["There"]
    assert proposed(text, "en", []) == []
    code = range(text.index("A-1203"), text.index(" is"))
    assert not any(edit.start in code and edit.end > edit.start for edit in proposed(text, "en", KINDS))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (LONG, ("I paid for it on Monday.", "Now nobody answers me at all.")),
        ("我上个星期已经付款了。可是现在还没有收到。", ("我上个星期已经付款了。", "可是现在还没有收到。")),
        ("Thanks. That is very kind of you all.", None),
        ("He said “it is paid on Monday. Now nobody answers” to me.", None),
        ("Can you tell me why it is late? Nobody answers me at all.", None),
    ],
)  # fmt: skip
def test_a_text_is_cut_only_where_each_part_stands_by_itself(text, parts):
    assert two_parts(text) == parts


def test_changes_of_turn_taking_are_apart_and_new_turns_have_free_ids():
    parent = a_sample(
        "Hello there.", "How can I help?", LONG, "I will look into it now. It takes a minute or two.", "Thanks."
    )
    changes = list(possible_changes(parent, "en"))
    assert {one.kind for one in changes} == {"back-channel", "clarification", "interruption"}
    one = next(change for change in changes if change.kind == "back-channel" and change.at == 2)
    assert not one.apart(one)
    assert one.apart(replace(one, at=4))
    turns = changed(parent, [one], random.Random(1))
    assert [turn.id for turn in turns] == ["t1", "t2", "t3", "t6", "t7", "t4", "t5"]
    assert (turns[2].content, turns[4].content) == two_parts(LONG)
    assert changed(parent, [], random.Random(1)) == parent.turns


def test_an_answer_counts_for_everything_above_it():
    sample = replace(a_sample("Hello."), extra={"tags": {"domain": ("health/lab", "law"), "tone": "calm"}})
    assert (answers(sample, "domain"), answers(sample, "tone"), answers(sample, "none")) == (
        ("health/lab", "law"),
        ("calm",),
        (),
    )
    assert within("health/lab", "health")
    assert not within("healthy", "health")


def test_variants_that_find_no_more_than_the_real_ones_are_refused():
    rare = [f"card stolen abroad {word}" for word in ("Oslo", "Rome", "Bern", "Kyiv")]
    common = [f"parcel late {number}" for number in range(12)]
    texts = Texts(rare, ["my card was stolen", "stolen abroad"], common)
    with pytest.raises(GenerateError, match="would not help"):
        proved_gain(texts, rare, random.Random(1))
    with pytest.raises(GenerateError, match="whole selection"):
        proved_gain(replace(texts, common=[]), rare, random.Random(1))
