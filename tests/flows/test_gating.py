"""Gates over a run: the same text twice, nearly the same from another parent, personal data from nowhere."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

from tests.builders import a_sample, turns_of
from workbench.flows.gating import ALIKE, Gating, signature
from workbench.flows.units import Unit
from workbench.generate import RECIPES, Blank, Candidate, read_params
from workbench.model import Draft
from workbench.text import tokens

ASKED = RECIPES.get("answer")
PLAIN = RECIPES.get("noise")
LONG = "The heating engineer can come on Tuesday morning between eight and ten and will bring the spare part with him"
OTHER = "Please bring your passport and two photographs to the office before noon because it closes early on Fridays"


def _unit(id="s1", text="Hello there"):
    sample = a_sample(text, id=id)
    return Unit(sample, (sample,))


def test_the_same_words_twice_are_a_problem_whatever_the_parent():
    gating = Gating(ASKED)
    assert gating.look(0, _unit("s1"), Candidate(turns_of("Hello there", LONG))) == ()
    (found,) = gating.look(1, _unit("s2"), Candidate(turns_of("Hello there", LONG)))
    assert (found.check, found.severity) == ("similar", "problem")
    assert "draft 1" in found.message


def test_nearly_the_same_from_another_parent_is_not_sure():
    gating = Gating(ASKED)
    gating.look(0, _unit("s1"), Candidate(turns_of(LONG + " " + OTHER)))
    (found,) = gating.look(4, _unit("s2"), Candidate(turns_of(LONG + " " + OTHER + " indeed")))
    assert (found.severity, found.score < 1 - ALIKE + 0.01) == ("warning", True)
    assert gating.look(5, _unit("s3"), Candidate(turns_of(OTHER))) == ()


def test_the_estimate_is_near_the_true_share_also_where_one_sequence_in_common_has_a_small_hash():
    """Texts of one grammar share sequences; a few of these have a small checksum, and nothing follows from that."""
    grammar = RECIPES.get("golden_grammar")
    texts = []
    for row in range(60):
        (one,) = grammar.make(Blank(row, 60, 3), read_params(grammar, {"language": "fr"}), None, random.Random(row))
        texts.append(" ".join(turn.content for turn in one.turns))
    errors = []
    for first, second in combinations(texts, 2):
        one, other = (set(zip(words, words[1:], words[2:], strict=False)) for words in map(tokens, (first, second)))
        share = len(one & other) / len(one | other)
        errors.append(abs(float((signature(first) == signature(second)).mean()) - share))
    assert max(errors) < 0.25
    assert sum(errors) / len(errors) < 0.04


def test_variants_of_one_parent_may_be_alike():
    gating = Gating(PLAIN)
    gating.look(0, _unit("s1"), Candidate(turns_of(LONG)))
    assert gating.look(1, _unit("s1"), Candidate(turns_of(LONG + " ok"))) == ()


def _answered(text, group="s1:t1"):
    return Candidate(turns_of("Hello there", text), group=group)


def test_candidates_of_one_request_that_are_nearly_the_same_are_told():
    gating = Gating(ASKED)
    assert gating.look(0, _unit(), _answered("The library opens at nine in the morning")) == ()
    (found,) = gating.look(1, _unit(), _answered("The library opens at nine in the mornings"))
    assert (found.check, found.severity) == ("similar", "warning")
    assert "draft 1 of this run" in found.message
    assert gating.look(2, _unit(), _answered("Come after nine, somebody will be there then")) == ()
    assert gating.look(3, _unit(), _answered("The library opens at nine in the mornings!", group="s2:t1")) == ()
    (long,) = [gating.look(row, _unit(), _answered(f"{LONG} {OTHER} {row} " * 4)) for row in (5, 6)][1]
    assert "draft 6" in long.message


def test_what_candidates_of_one_request_share_with_the_original_does_not_make_them_alike():
    said = " ".join([LONG, OTHER] * 3)
    gating = Gating(RECIPES.get("paraphrase"))
    for row, text in enumerate(("Good morning to everybody here", "Hi, is somebody listening now")):
        assert gating.look(row, _unit(text=said), Candidate(turns_of(text, said), group="s1")) == ()


def test_short_answers_and_variants_without_a_model_may_be_alike():
    for recipe, texts in ((ASKED, ("Yes, until six", "Yes, until five")), (PLAIN, (LONG, LONG + "s"))):
        gating = Gating(recipe)
        assert [gating.look(row, _unit(), _answered(text)) for row, text in enumerate(texts)] == [(), ()]


def test_a_resumed_run_knows_the_candidates_of_a_request_too():
    draft = Draft("d", "r", 3, turns_of("Hello there", LONG), ("s1",), "answer", "1", group="s1:t1")
    (found,) = Gating(ASKED, [draft]).look(7, _unit(), _answered(LONG + "s"))
    assert (found.severity, "draft 4" in found.message) == ("warning", True)


def test_a_resumed_run_knows_its_earlier_drafts_and_not_itself():
    draft = Draft("d", "r", 3, turns_of(LONG), ("s9",), "answer", "1")
    gating = Gating(ASKED, [draft])
    (found,) = gating.look(7, _unit("s1"), Candidate(turns_of(LONG)))
    assert "draft 4" in found.message
    assert Gating(ASKED, [draft]).look(3, _unit("s9"), Candidate(turns_of(LONG))) == ()


def test_a_number_that_nobody_gave_to_the_model_is_shown_masked():
    said = "Call me on +44 20 7946 0018 tomorrow"
    (found,) = Gating(ASKED).look(0, _unit(), Candidate(turns_of("Hello there", said)))
    assert (found.check, found.severity) == ("personal-data", "warning")
    assert "7946" not in found.message
    assert said[found.start : found.end] == "+44 20 7946 0018"
    assert Gating(ASKED).look(0, _unit(text=said), Candidate(turns_of(f"Yes: {said}"))) == ()
    assert Gating(PLAIN).look(0, _unit(), Candidate(turns_of("Hello there", said))) == ()


def test_what_stands_on_a_card_or_in_a_parameter_was_given_to_the_model():
    said, card = "Call me on +44 20 7946 0018 tomorrow", {"user_knows": "Your number is +44 20 7946 0018.", "turns": 4}
    duet, candidate = RECIPES.get("duet"), Candidate(turns_of("Hello there", said))
    assert [found.check for found in Gating(duet, params={"turns": 4}).look(0, _unit(), candidate)] == ["personal-data"]
    assert Gating(duet, params=card).look(0, _unit(), candidate) == ()
    assert Gating(duet).look(0, replace(_unit(), given=card), candidate) == ()


def test_the_signature_estimates_the_shared_share():
    first = signature(" ".join(f"w{n}" for n in range(200)))
    half = signature(" ".join(f"w{n}" for n in range(100, 300)))
    assert abs(float((first == half).mean()) - 98 / 298) < 0.15
    assert signature("too short") is None
