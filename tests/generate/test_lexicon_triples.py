"""Three words that matter: none is missing in any form, no triple comes twice, words outside the list are counted."""

from __future__ import annotations

import json
import random
from collections import Counter

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput
from workbench.generate import RECIPES, Blank, look_at, read_params
from workbench.generate.lemma import says, stem
from workbench.generate.lexicon import KINDS, LANGUAGES, built_in, drawn_triples
from workbench.llm import ScriptedModel
from workbench.model import Sample, Written

RECIPE = RECIPES.get("lexicon_triples")
PARENTLESS = Sample("", (), Written(""), "")
SAID = ["The {valve} froze last night. What now?", "Close it first. Then bleed the radiator, never before."]
FITS = (
    "the what now last night it first then never before is of and a i it's radiator we that they're "
    "question thanks so do".replace(" ", "\n")
)


def reply(*texts):
    return json.dumps({"turns": list(texts)})


def made(replies, number=0, of=1, **params):
    model = ScriptedModel(replies)
    read = read_params(RECIPE, {"turns": 2, "variants": of, **params})
    (one,) = RECIPE.make(Blank(number, of, 5), read, model, random.Random(1))
    return one, [(found.check, found.severity) for found in look_at(RECIPE, PARENTLESS, one)], model


@pytest.mark.parametrize(
    ("text", "word", "language", "said"),
    [
        ("We emptied both tanks.", "empty", "en", True),
        ("It is dripping", "dripped", "en", True),
        ("the pipes froze", "frozen", "en", True),
        ("closing the valves", "close", "en", True),
        ("classes", "class", "en", True),
        ("It bleeds the radiator", "bled", "en", True),
        ("The loft is lost", "loose", "en", False),
        ("then bleed it", "bleed radiator", "en", False),
        ("bleed the second radiator", "bleed radiator", "en", True),
        ("On a vidé les réservoirs", "vider", "fr", True),
        ("L'eau gelée", "gelé", "fr", True),
        ("Nous vérifions les tuyaux", "vérifier", "fr", True),
        ("Il faut purger, puis purgez encore", "purgé", "fr", True),
        ("elle s'ouvrait mal", "ouvrir", "fr", True),
        ("l’ouverture", "fermer", "fr", False),
        ("昨晚水管冻住了", "水管", "zh", True),
        ("昨晚水管冻住了", "水表", "zh", False),
    ],
)
def test_a_word_is_found_in_any_form(text, word, language, said):
    assert says(text, word, language) is said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_a_list_stay_different(language):
    for kind in KINDS:
        words = built_in(language, kind)
        assert len(words) == 12
        assert len({stem(word, language) for word in words}) == 12


def test_no_triple_comes_twice_and_words_are_used_evenly():
    lists = tuple(tuple(f"{kind}{n}" for n in range(size)) for kind, size in zip("abc", (7, 5, 4), strict=True))
    assert len(set(drawn_triples(lists, 140, 3))) == 140
    triples = drawn_triples(lists, 70, 3)
    assert len(set(triples)) == 70
    for place, most in enumerate((0, 8, 8)):
        counts = Counter(triple[place] for triple in triples)
        assert len(counts) == len(lists[place])
        assert max(counts.values()) - min(counts.values()) <= most
    with pytest.raises(InvalidInput, match="fewer different triples: 140"):
        drawn_triples(lists, 141, 3)
    big = tuple(tuple(f"{kind}{n}" for n in range(1000)) for kind in "abc")
    assert len(set(drawn_triples(big, 10_000, 1))) == 10_000


def test_a_conversation_says_all_three_and_carries_them():
    one, findings, model = made([reply(*SAID)], actions="bleed", conditions="frozen", things="valve")
    assert findings == [("all_three", "info")]
    assert {name: one.meta["words"][name] for name in ("drawn", "possible", "covered")} == {
        "drawn": 1, "possible": 1, "covered": 1.0
    }  # fmt: skip
    assert one.meta["words"]["triple"] == ["valve", "bleed", "frozen"]
    assert [turn.role for turn in one.turns] == ["user", "assistant"]
    asked = model.history[0].messages
    assert "valve, bleed, frozen" in asked[1].content
    assert one.meta["words"]["feature"] in asked[1].content
    assert "English" in asked[0].content


def test_a_speaker_named_in_front_is_no_part_of_the_turn():
    said = [f"User: {SAID[0]}", f"“{SAID[1]}”"]
    one, _, _ = made([reply(*said)], actions="bleed", conditions="frozen", things="valve")
    assert [turn.content for turn in one.turns] == SAID


def test_a_missing_word_is_a_problem_and_one_that_may_be_there_is_unsure():
    fixed = {"things": "radiator", "actions": "close", "conditions": "rusty"}
    assert made([reply("My radiator is cold.", "Close the tap.")], **fixed)[1] == [("all_three", "problem")]
    assert made([reply("My radiator has rust.", "Close the tap.")], **fixed)[1] == [("all_three", "warning")]


def test_words_outside_the_list_are_counted_and_bounded():
    lists = {"things": "valve", "actions": "close", "conditions": "frozen"}
    plain = reply("The valve froze last night. What now?", "Close it first. Then never before.")
    one, findings, model = made([plain], vocabulary=FITS, **lists)
    assert (one.meta["words"]["outside"], findings) == (0.0, [("all_three", "info")])
    assert "radiator" in model.history[0].messages[1].content
    strange = reply("The valve froze last night. What now?", "Close it first. Then lubricate gently.")
    one, findings, _ = made([strange], vocabulary=FITS, outside=0.1, **lists)
    assert one.meta["words"]["strange"] == ["lubricate", "gently"]
    assert ("vocabulary", "warning") in findings
    assert made([strange], vocabulary=FITS, outside=0.05, **lists)[1][1:] == [("vocabulary", "problem")]


@pytest.mark.parametrize("bad", ["", "Hello!", reply("One."), reply("One.", " "), '{"turns": "x"}'])
def test_a_reply_of_another_shape_fails_and_keeps_what_was_written(bad):
    with pytest.raises(GenerateError, match=r"JSON|another shape|came out empty") as told:
        made([bad])
    assert told.value.raw == bad


def test_a_run_draws_each_feature_equally_often_and_accounts_for_every_row(tmp_path):
    def script(request):
        words = request.messages[1].content.partition("matter for what happens: ")[2].partition(".\n")[0]
        return reply(f"我家{words}，怎么办？", f"别急，先看看{words}。", "好的。", f"不客气（{request.seed}）。")

    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate(
            "lexicon_triples", params={"language": "zh", "variants": 12}, model=ScriptedModel(script)
        ).wait()
        assert run.counts == {"drafted": 12}
        drafts = ws.drafts(run.id)
    assert len({tuple(draft.meta["words"]["triple"]) for draft in drafts}) == 12
    assert set(Counter(draft.meta["words"]["feature"] for draft in drafts).values()) == {2}
    for place in range(3):
        assert len({draft.meta["words"]["triple"][place] for draft in drafts}) == 12
