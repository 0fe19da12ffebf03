"""The figures of recipes, each on a small set whose figures are worked out by hand here."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest

from tests.builders import a_sample
from workbench.generate import RECIPES, Made, read_params
from workbench.generate.alike import LOOKED_AT, alike, likeness, marks, nearest, shingles
from workbench.generate.figures.nearest import nearest_figures
from workbench.model import Draft, Finding, Turn


def draft(row, *said, parent="", **more):
    turns = tuple(Turn(f"t{n}", ("user", "assistant")[n % 2], text) for n, text in enumerate(said))
    return Draft(f"d{row}", "run", row, turns, (parent,) if parent else (), "r", "1", **more)


def figures(name, drafts, params=None, *, wanted=0, sources=()):
    recipe = RECIPES.get(name)
    made = Made(drafts, wanted or len(drafts), {one.id: one for one in sources}, 3)
    return {one.title: one for one in recipe.figures(made, read_params(recipe, params or {}))}


# --- lexicon_triples ---

LISTS = {"things": "valve\npump", "actions": "bleed\nclose\nopen", "conditions": "frozen\nold"}


def about(row, triple, said, *, severity="", outside=None):
    words = {"triple": triple, **({} if outside is None else {"outside": outside, "strange": [], "most": 0.1})}
    gates = (Finding("all_three", 0.5, severity, ""),) if severity else ()
    return draft(row, said, meta={"words": words}, gates=gates)


def test_triples_words_and_what_says_all_three_are_counted():
    given = figures(
        "lexicon_triples",
        [
            about(0, ["valve", "bleed", "frozen"], "a b c d", severity="info"),
            about(1, ["valve", "close", "frozen"], "e f g h", severity="warning"),
            about(2, ["valve", "bleed", "frozen"], "i j k l", severity="problem"),
            about(3, ["valve", "close", "old"], "m n o p"),
        ],
        LISTS,
    )
    triples = given["Different triples used"]
    assert (triples.value, triples.of, triples.shown) == (3, 2 * 3 * 2, "3 of 12 triples")
    words = given["Words of the lists used"]
    assert words.value == pytest.approx((1 + 2 + 2) / (2 + 3 + 2))
    assert words.parts == (("things", 0.5), ("actions", pytest.approx(2 / 3)), ("conditions", 1.0))
    said = given["Say all three words"]
    assert (said.value, said.parts) == (0.5, (("not said", 0.25), ("perhaps said", 0.25)))
    outside = given["Words outside your list"]
    assert (outside.value, outside.note, outside.shown) == (None, "no list of words was given", "not measured")


def test_words_outside_the_list_stand_beside_what_was_allowed():
    drafts = [about(row, ["valve", "bleed", "old"], "a b c", outside=share) for row, share in enumerate((0.0, 0.3))]
    given = figures("lexicon_triples", drafts, {**LISTS, "vocabulary": "a b", "outside": 0.1})
    outside = given["Words outside your list"]
    assert (outside.value, outside.limit, outside.wrong) == (0.15, 0.1, True)
    assert outside.parts == (("most in one conversation", 0.3),)
    assert outside.shown == "15 % (at most 10 %)"
    assert str(outside).startswith("Words outside your list: 15 % (at most 10 %)  (!)")


def test_the_nearest_other_one_is_told_in_the_middle_and_at_most():
    """Three-word runs: "a b c d" has abc, bcd; "a b c e" abc, bce; the others have nothing in common."""
    said = ("a b c d", "a b c e", "f g h i", "j k l m")
    middle, most = nearest_figures(Made([draft(row, text) for row, text in enumerate(said)], 4))
    assert middle.value == pytest.approx((0 + 1 / 3) / 2)
    assert most.value == pytest.approx(1 / 3)
    assert (most.parts[0][0], middle.measured) == ("row 1 – row 2", None)
    copied = nearest_figures(Made([draft(0, "a b c d"), draft(1, "A b, c d!")], 2))
    assert [one.value for one in copied] == [1.0, 1.0]
    (alone, _) = nearest_figures(Made([draft(0, "a b c d")], 1))
    assert (alone.value, alone.note) == (None, "there are no two to compare")


def test_of_very_many_some_are_looked_at_and_that_is_said():
    rng = random.Random(1)
    many = [draft(row, " ".join(rng.choice("abcdefgh") for _ in range(12))) for row in range(LOOKED_AT + 100)]
    middle, _ = nearest_figures(Made(many, len(many)))
    assert middle.measured == (LOOKED_AT, LOOKED_AT + 100)
    assert "500 of 600 looked at, drawn at random" in middle.shown
    assert middle == next(iter(nearest_figures(Made(many, len(many)))))


def test_many_at_once_are_as_alike_as_two_by_two():
    rng = random.Random(2)
    said = [[Turn("t", "user", " ".join(rng.choices("abcde", k=rng.randrange(12))))] for _ in range(230)]
    known = marks(said)
    rows = list(likeness(known, known))
    for one, other in rng.sample([(a, b) for a in range(230) for b in range(230)], 400):
        assert rows[one][other] == pytest.approx(alike(shingles(said[one]), shingles(said[other])))
    found = nearest(said)
    at = rng.randrange(230)
    assert found.shares[at] == pytest.approx(max(rows[at][other] for other in range(230) if other != at))


# --- fan_100 ---

EVENT = a_sample("a b c d e f g h", "x")


def variant(row, said, levels, *, state="draft", keeps=("b c",)):
    meta = {"fan": {"levels": levels, "nearest": 0.0, "cap": 0.5}, "keeps": list(keeps)}
    return draft(row, said, parent=EVENT.id, meta=meta, state=state)


def test_a_fan_tells_what_was_accepted_what_stayed_the_closest_pair_and_each_axis():
    """Runs of three: "a b c d" and "a b c e" have 1 of 3 in common; with the event "a b c d" has 2 of 7."""
    drafts = [
        variant(0, "a b c d", {"register": "formal", "noise": "light"}, state="accepted"),
        variant(1, "a b c e", {"register": "casual", "noise": "light"}),
        variant(2, "z b c y", {"register": "formal", "noise": "more"}),
    ]
    given = figures("fan_100", drafts, {"variants": 4, "cap": 0.5, "keep": "b c"}, wanted=4, sources=[EVENT])
    assert given["Accepted of the wanted"].shown == "1 of 4 variants"
    assert given["Different enough"].shown == "3 of 4 variants"
    assert given["What must stay is there"].shown == "3 of 3 variants"
    closest = given["Closest pair"]
    assert (closest.value, closest.limit, closest.wrong) == (pytest.approx(1 / 3), 0.5, False)
    assert closest.parts == (("row 1 – row 2", None),)
    speaking = given["Evenly used: Way of speaking"]
    assert (speaking.shown, speaking.wrong) == ("1 to 2 variants", False)
    assert speaking.parts == (("casual", 1.0), ("formal", 2.0))
    assert given["Evenly used: As people type"].parts == (("more", 1.0), ("light", 2.0))


def test_what_a_fan_breaks_is_marked_and_named():
    drafts = [
        variant(0, "a b c d e f g h i", {"noise": "light"}),
        variant(1, "z c y", {"noise": "light"}),
        variant(2, "b c", {"noise": "light"}, state="rejected"),
        variant(3, "b c", {"noise": "light"}),
        variant(4, "q b c r", {"noise": "more"}),
    ]
    given = figures("fan_100", drafts, {"cap": 0.5, "keep": "b c"}, sources=[EVENT])
    stays = given["What must stay is there"]
    assert (stays.shown, stays.wrong, stays.parts) == ("3 of 4 variants", True, (("row 2", None),))
    closest = given["Closest pair"]
    assert (closest.value, closest.wrong) == (pytest.approx(6 / 8), True)
    assert closest.parts[0][0] == "row 1 – the event"
    typed = given["Evenly used: As people type"]
    assert (typed.shown, typed.wrong) == ("1 to 3 variants", True)
    nothing = figures("fan_100", [variant(0, "a b c d", {}, keeps=())])["What must stay is there"]
    assert (nothing.value, nothing.wrong) == (None, False)


# --- private_twin ---


def twin(row, said, parent, *, out=None, threes=0.0, run=1, planted=6):
    meta = {
        "planted": {"secrets": planted, "out": out or {}},
        "distance": {"shared_threes": threes, "longest_run": run},
    }
    return draft(row, said, parent=parent.id, meta=meta)


def sources(*said):
    return [replace(a_sample(text), id=f"s{n}") for n, text in enumerate(said)]


def test_secrets_that_came_out_are_counted_and_named():
    (one, other) = sources("a b", "c d")
    given = figures("private_twin", [twin(0, "x", one), twin(1, "y", other)], sources=[one, other])
    kept = given["Planted secrets that came out"]
    assert (kept.shown, kept.wrong, kept.parts) == ("0 of 12 secrets (at most 0)", False, ())
    leaked = twin(1, "y", other, out={"a password": "Zebplim!4711", "a phone number": "(212) 555-9876"})
    lost = figures("private_twin", [twin(0, "x", one), leaked])["Planted secrets that came out"]
    assert (lost.value, lost.of, lost.wrong) == (2, 12, True)
    assert [name for name, _ in lost.parts] == [
        "row 2 gives away a password: Zebplim!4711",
        "row 2 gives away a phone number: (212) 555-9876",
    ]


def test_what_is_copied_is_told_in_the_middle_and_at_most():
    drafts = [
        twin(row, "x", a_sample("a"), threes=share, run=run)
        for row, (share, run) in enumerate([(0.0, 1), (0.02, 4), (0.1, 3)])
    ]
    given = figures("private_twin", drafts)
    assert (given["Copied, in the middle"].value, given["Copied, at most"].value) == (0.02, 0.1)
    assert given["Longest run as in the source"].shown == "4 words"


def test_a_twin_that_says_what_its_source_says_is_nearer_to_its_own_half():
    them = sources(*(f"{word} {word}er {word}ing" for word in ("walk", "talk", "bark", "park", "mark", "lark")))
    given = figures(
        "private_twin", [twin(row, one.turns[0].content, one) for row, one in enumerate(them)], sources=them
    )["Nearer to its own half than to the half held out"]
    assert (given.value, given.wrong) == (1.0, True)
    assert given.interval == pytest.approx((0.6097, 1.0), abs=1e-4)  # Wilson for 6 of 6: 1 / (1 + 1.96² / 6)
    assert "no proof of privacy" in given.meaning
    assert "about 50 % is expected" in given.meaning


def test_a_twin_that_says_nothing_of_any_source_is_in_the_middle_and_few_are_not_measured():
    them = sources(*"abcdef")
    drafts = [twin(row, "nothing of it", one) for row, one in enumerate(them)]
    given = figures("private_twin", drafts, sources=them)["Nearer to its own half than to the half held out"]
    assert (given.value, given.wrong) == (0.5, False)
    few = figures("private_twin", drafts[:3], sources=them[:3])["Nearer to its own half than to the half held out"]
    assert (few.value, few.note) == (None, "it takes at least 4 sources")
    gone = figures("private_twin", drafts, sources=them[:4])["Nearer to its own half than to the half held out"]
    assert gone.value == 0.5


# --- scenario_grid, upsample ---


def card(row, mood, read, *, facts=("4471",), lost=False):
    meta = {"card": {"goal": "ask", "mood": mood}, "read_back": read, "facts": list(facts)}
    return draft(row, "x", meta=meta, gates=(Finding("facts", 0.5, "warning", ""),) if lost else ())


def test_each_field_of_a_card_tells_its_share_read_back():
    drafts = [
        card(0, "calm", {"goal": "ask", "mood": "calm"}),
        card(1, "calm", {"goal": "ask", "mood": "worried"}, lost=True),
        card(2, "worried", {"goal": "change", "mood": "calm"}, facts=()),
        card(3, "calm", {}),
    ]
    given = figures("scenario_grid", drafts)
    found = given["Card recovered from the text"]
    assert (found.value, found.parts) == (0.5, (("goal", pytest.approx(2 / 3)), ("mood", pytest.approx(1 / 3))))
    assert found.note == "1 could not be read back"
    assert given["Say all facts of their card"].value == pytest.approx(2 / 3)


def test_what_a_classifier_finds_is_told_three_ways_with_intervals():
    told = {"recall": 0.4, "interval": [0.2, 0.6], "of": 20, "false_alarms": 0.05}
    proof = {"real": told, "copies": told, "variants": {**told, "recall": 0.6}, "by_chance": 0.07}
    proof["share"] = {"before": 0.01, "after": 0.2}
    given = figures("upsample", [draft(0, "x", meta={"upsample": proof})], {"rare": "fraud"})
    assert given["Found with the real ones alone"].shown == "40 % (95 % interval 20 % to 60 %)"
    assert given["Found with the variants"].value == 0.6
    assert (given["Such a gain by chance"].value, given["Such a gain by chance"].wrong) == (0.07, True)
    assert given["Share of the rare kind"].parts == (("before", 0.01),)
    unproved = figures("upsample", [draft(0, "x", meta={"upsample": {"share": proof["share"]}})], {"rare": "fraud"})
    assert unproved["Found with the variants"].note == "the proof was switched off"


# --- all of them ---


@pytest.mark.parametrize("name", [recipe.name for recipe in RECIPES if recipe.figures])
def test_figures_of_nothing_are_no_mistake(name):
    given = figures(name, [], {"rare": "x"} if name == "upsample" else {})
    assert given
    assert not any(one.wrong for one in given.values())
    assert all(one.title and one.meaning and one.unit for one in given.values())
    json.dumps([str(one) for one in given.values()])
