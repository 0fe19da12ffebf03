"""Proved answers: the engine, the twins, the text read back, and what happens to a text that is changed."""

from __future__ import annotations

import pytest

import workbench as wb
from tests.generate.proof_cases import CHINESE, FRENCH, PARENTLESS, RECIPE, made
from workbench.errors import InvalidInput
from workbench.evaluate.base import Context
from workbench.evaluate.proved import measure_proof
from workbench.generate import look_at
from workbench.proof import closure, follows, minimal_premises, read_back, read_facts, read_rules, unproved


@pytest.mark.parametrize("extra", [{}, FRENCH, CHINESE], ids=["en", "fr", "zh"])
def test_every_answer_proves_itself_and_every_twin_cannot_be_concluded(extra):
    problems = made(extra)
    assert [look_at(RECIPE, PARENTLESS, one) for one in problems] == [()] * 8
    for number, one in enumerate(problems):
        said = read_back(one.turns[0].content, one.turns[1].content, one.language)
        assert said.follows is (number % 2 == 0)
        assert follows(said.facts, said.rules, said.conclusion) is said.follows
        if not said.follows:
            assert follows([*said.facts, one.meta["proof"]["missing"]], said.rules, said.conclusion)


@pytest.mark.parametrize("extra", [{}, FRENCH, CHINESE], ids=["en", "fr", "zh"])
def test_variables_are_letters_that_a_reader_is_told_of(extra):
    for one in made(extra):
        assert "{" not in one.turns[0].content
        assert "X" in one.turns[0].content


def test_a_letter_that_the_facts_use_is_not_taken_for_a_variable():
    facts = "plan X is cheap\nBell is on plan X"
    problems = made({"facts": facts, "rules": "if {p} is on plan X and plan X is cheap then {p} pays little"}, 2)
    assert [look_at(RECIPE, PARENTLESS, one) for one in problems] == [(), ()]
    assert "(Y can be anyone" in problems[0].turns[0].content


def test_premises_are_the_fewest_and_all_of_them_needed():
    facts = read_facts("a holds\nb holds\nc holds\nd holds")
    rules = read_rules("if a holds and b holds then e holds\nif e holds then f holds\nif c holds then f holds")
    needed = minimal_premises(facts, rules, "f holds")
    assert follows(needed, rules, "f holds")
    assert not any(follows([fact for fact in needed if fact != out], rules, "f holds") for out in needed)


def test_rules_that_never_end_are_stopped():
    rules = read_rules("if {x} counts then more {x} counts")
    assert len(closure(["one counts"], rules)) <= 500


@pytest.mark.parametrize("line", ["a and b", "if then", "if {x} sings then {y} dances", "si alors"])
def test_a_line_that_is_no_rule_is_named(line):
    with pytest.raises(InvalidInput, match=r"rule|used"):
        read_rules(line)


def test_a_fact_with_a_variable_is_refused():
    with pytest.raises(InvalidInput, match="variable"):
        read_facts("{x} sings")


def test_a_changed_text_is_not_proved_any_more():
    one = made({})[0]
    question, answer = (turn.content for turn in one.turns)
    assert unproved(question, answer, "en") is None
    assert "does not follow" in unproved(question, answer.replace("should be seen today", "is the winner", 1), "en")
    assert "does not follow" in unproved(question, answer.replace("has a fever", "has a cold"), "en")
    assert "verdict" in unproved(question.replace("has a fever", "has a cold", 1), answer.splitlines()[-1], "en")
    assert unproved("Hello?", "Yes.", "en") is not None


def test_nothing_that_follows_is_told(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate(
            "derive_then_say", params={"facts": "it rains", "rules": "if it snows then it is cold"}
        ).wait()
    assert run.counts == {"failed": 10}
    assert "nothing follows" in next(iter(run.reasons))


def test_accepted_ones_carry_their_proof_and_an_edit_that_breaks_it_is_found(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate("derive_then_say", params={"variants": 8}, seed=2).wait()
        assert run.counts == {"drafted": 8}
        samples = ws.accept([draft.id for draft in ws.drafts(run.id)])
        assert all("proof" in sample.turns[1].extra for sample in samples)
        assert [list(measure_proof(sample, Context())) for sample in samples] == [[]] * 8
        first = next(sample for sample in samples if sample.turns[1].extra["proof"]["follows"])
        broken = first.turns[1].content.replace("fever, so", "cold, so")
        edited = ws.edit(first.id, turn="t2", text=broken, base_revision=1)
        assert [finding.check for finding in measure_proof(edited, Context())] == ["proof"]
