"""What an edit fits: the look-alikes that are found, what is asked of them again, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flows.repeating_desk import ANSWERS, edited, run_of, said
from tests.flows.repeating_desk import duet as duet
from tests.flows.repeating_desk import fits as fits
from tests.flows.repeating_desk import run as run
from tests.flows.repeating_desk import store as store
from workbench.clean.replacing import Rule
from workbench.errors import InvalidInput
from workbench.flows.decide import accept
from workbench.flows.edit import edit_turn
from workbench.flows.fits import look, shown
from workbench.flows.offers import rules_from
from workbench.flows.repeating import Repeated, repeat
from workbench.flows.rewinding import rewind
from workbench.flows.runs import read_run


def test_the_words_of_the_conversation_a_draft_branches_from_stay(store, run):
    fits = look(store, Rule("come", "drop in"), run=run)
    assert {hit.turn for one in shown(store, fits, 0, 9) for hit in one.hits} == {store.drafts(run=run)[0].turns[-1].id}
    repeat(store, "ben", fits)
    assert {draft.turns[0].content for draft in store.drafts(run=run)} == {"When can I come, day 0?"}


def test_accepted_samples_are_changed_in_the_same_step(store, run):
    kept = accept(store, "ana", [store.drafts(run=run)[3].id])[0]
    sample = edited(store, run, "You can come at nine.")
    fits = look(store, rules_from(store, sample.id)[0].rule, run=run, samples=True)
    assert [(fit.kind, fit.base) for fit in fits.found] == [("draft", 0), ("draft", 0), ("sample", 1)]
    assert repeat(store, "ben", fits) == Repeated(2, 1, 3)
    assert store.get(kept.id).turns[-1].content == "You can come by phone only."
    assert "Certainly" in store.revisions(kept.id)[-1].note
    store.undo("ben")
    assert store.get(kept.id).turns[-1].content == ANSWERS[3]
    assert said(store, run)[1] == ANSWERS[1]


def test_the_edit_of_a_sample_gives_rules_too(store, run):
    (sample,) = accept(store, "ana", [store.drafts(run=run)[0].id])
    assert rules_from(store, sample.id) == ()
    edit_turn(store, "ana", sample.id, sample.turns[-1].id, "You can come at nine.", base_revision=1)
    assert rules_from(store, sample.id)[0].removed == "Certainly! "
    assert rules_from(store, "s0") == ()


def test_only_the_run_is_looked_through_unless_all_are_asked_for(store, run):
    other = run_of(store, ["Certainly! Come in.", "No."], parents=("s1",))
    rule = Rule("Certainly! ", "", roles=("assistant",))
    assert len(look(store, rule, run=other).found) == 1
    assert len(look(store, rule).found) == 5


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule("the", "a"), "nearly everywhere"),
        (Rule("的", ""), "nearly everywhere"),
        (Rule("!", "."), "nearly everywhere"),
        (Rule("{number}", "7", slots=True), "nearly everywhere"),
        (Rule("", "Bye"), "nothing to find"),
        (Rule("you {word}", "{name}", slots=True), "not looked for"),
    ],
)
def test_a_rule_that_finds_everything_by_accident_is_refused(store, run, rule, why):
    with pytest.raises(InvalidInput, match=why):
        look(store, rule, run=run)


def test_a_short_word_that_stands_in_most_turns_is_refused_until_more_is_written(store):
    for parent in ("s0", "s1"):
        run_of(store, [f"Come with {n} friends." for n in range(12)], parents=(parent,))
    with pytest.raises(InvalidInput, match="24 of 24"):
        look(store, Rule("with", "and", roles=("assistant",)))
    assert len(look(store, Rule("Come with", "Bring", roles=("assistant",))).found) == 24


def test_more_than_one_step_may_change_is_counted(store, run):
    fits = look(store, Rule("Certainly! ", ""), run=run, most=2)
    assert (len(fits.found), fits.beyond) == (2, 2)


def test_a_run_whose_recipe_is_another_one_by_now_keeps_its_findings(store, run, monkeypatch):
    from workbench.generate import RECIPES

    newer = replace(RECIPES.get("answer"), version="99")
    monkeypatch.setattr(type(RECIPES), "get", lambda self, name: newer)
    (fit, *_) = look(store, Rule("Certainly! ", ""), run=run).found
    assert (fit.checked, fit.worse) == (False, ())


def test_a_conversation_run_turn_by_turn_is_left_alone(store, duet):
    rule = Rule("Certainly! ", "", roles=("assistant",))
    one, other = store.drafts(run=duet)
    before = look(store, rule, run=duet)
    assert len(before.found) == 2
    last = one.turns[-1]
    rewind(store, "ana", one.id, last.id, "No, thank you.")
    fits = look(store, rule, run=duet)
    assert ([fit.id for fit in fits.found], fits.live) == ([other.id], 1)
    assert repeat(store, "ben", before).conflicts == (one.id,)
    rewind(store, "ana", other.id, other.turns[-1].id, "No, thank you.")
    with pytest.raises(InvalidInput, match="turn by turn"):
        store.undo("ben")


def test_a_turn_is_never_left_without_a_word(store):
    run = run_of(store, ["Certainly!", "Certainly! At nine."])
    fits = look(store, Rule("Certainly!", "", roles=("assistant",)), run=run)
    assert (fits.emptied, len(fits.found)) == (1, 1)


def test_an_accepted_edit_fits_the_other_drafts_of_its_run(store, run, fits):
    assert fits.rule == Rule(
        "Certainly! ", "", whole_words=True, match_case=True, roles=("assistant",), slots=True, at="start", once=True
    )
    assert (fits.read, len(fits.found), fits.hits) == (3, 3, 3)
    first = shown(store, fits, 0, 1)[0]
    assert (first.now.turns[-1].content, first.turns[-1].content) == (ANSWERS[1], "You can come at noon.")
    assert not first.stale
    assert said(store, run) == ANSWERS, "looking changes nothing"


def test_the_gates_are_asked_again_about_the_changed_words(store):
    run = run_of(store, ["Certainly! Come at nine.", "Sure! Come at nine.", "Sure! Come at noon."])
    fits = look(store, Rule("Sure", "Certainly", roles=("assistant",)), run=run)
    same, other = fits.found
    assert [(found.check, found.severity) for found in same.worse] == [("similar", "problem")]
    assert (other.worse, other.better, other.checked) == ((), (), True)
    repeat(store, "ben", fits)
    assert [draft.state for draft in store.drafts(run=run)] == ["draft", "gated", "draft"]
    assert read_run(store, run).counts == {"drafted": 2, "gated": 1}
    assert read_run(store, run).reasons == {"similar": 1}
    store.undo("ben")
    assert read_run(store, run).counts == {"drafted": 3}
