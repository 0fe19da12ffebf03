from __future__ import annotations

import pytest

from builders import a_sample, a_turn
from workbench.errors import DuplicateName, UnknownName
from workbench.evaluate import CHECKS, Check, Context, register
from workbench.model import Finding, Generated, Sample


def _findings(check: str, sample: Sample, *parents: Sample) -> list[Finding]:
    return list(CHECKS.get(check).measure(sample, Context(parents=parents)))


def _of_roles(*roles: str) -> Sample:
    sample = a_sample()
    turns = tuple(a_turn(f"text {n}", role=role, id=f"t{n}") for n, role in enumerate(roles, start=1))
    return Sample(sample.id, turns, sample.origin, sample.source)


def test_a_good_conversation_has_no_findings():
    sample = a_sample(
        "Is the lab open on Sunday morning?", "It is not; Monday from seven.", "Thanks, I will come then."
    )
    assert [f for check in CHECKS for f in check.measure(sample, Context())] == []


def test_one_turn_alone_and_an_empty_turn_are_found():
    assert _findings("length", a_sample("Hello?"))[0].severity == "warning"
    assert [f.turn for f in _findings("length", a_sample("Hello?", "\u200b ")) if f.severity == "problem"] == ["t2"]


def test_a_letter_long_turn_is_found_with_its_length():
    assert _findings("length", a_sample("word " * 400, "Oh."))[0].value == "400"


@pytest.mark.parametrize(
    ("roles", "turn"),
    [
        (("user", "user", "assistant"), "t2"),
        (("assistant", "user"), "t1"),
        (("user", "system", "assistant"), "t2"),
        (("user", "tool", "assistant"), "t2"),
    ],
)
def test_broken_role_orders_are_found_at_their_turn(roles, turn):
    assert turn in [finding.turn for finding in _findings("role-order", _of_roles(*roles))]


def test_a_system_turn_first_is_in_order():
    assert _findings("role-order", _of_roles("system", "user", "assistant", "user")) == []


def test_a_turn_said_twice_is_a_problem():
    again = "I am sorry to hear that, let me check it for you."
    found = _findings("repetition", a_sample("My bill is wrong.", again, "And?", again))
    assert [(f.turn, f.severity) for f in found if f.turn] == [("t4", "problem")]


def test_a_turn_in_another_language_is_found():
    french = "Je ne comprends pas pourquoi la facture est arrivée deux fois ce mois-ci."
    found = _findings("language-mix", a_sample("My bill came twice this month, why is that?", french))
    assert [(f.turn, f.value) for f in found] == [("t2", "fr")]


def test_a_copy_of_the_parent_is_a_problem_and_a_near_copy_a_warning():
    words = "my new card has not arrived although your letter says it was sent two weeks ago from the branch"
    parent, near = a_sample(words, "Let me look."), a_sample(words + " today", "Let me look again.")
    assert _findings("copy", parent, parent)[0].severity == "problem"
    assert _findings("copy", near, parent)[0].severity == "warning"
    assert _findings("copy", a_sample("Quite something else entirely here.", "Yes."), parent) == []


def test_a_check_can_be_registered_replaced_and_not_taken_by_another_module():
    def shouting(sample, context):
        return [Finding("shouting", 0.0, "warning", "loud", sample.id)] if sample.text.isupper() else []

    assert register("shouting", title="Shouting", explanation="All capitals.")(shouting) is shouting
    register("shouting", title="Shouting", explanation="All capitals.")(shouting)
    assert _findings("shouting", a_sample("HELP", "NO"))
    with pytest.raises(DuplicateName):
        CHECKS.register(Check("shouting", "", "", shouting), module="elsewhere")
    CHECKS._entries.pop("shouting")


def test_an_unknown_check_proposes_the_nearest():
    with pytest.raises(UnknownName, match="repetition"):
        CHECKS.get("repetitions")


def test_generated_origin_is_what_the_copy_check_is_for():
    origin = Generated(("s_p",), "paraphrase", "1", "run", "d", 1)
    assert a_sample("x", "y", origin=origin).origin.synthetic
