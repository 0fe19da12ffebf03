"""Private twins: planted secrets never come out, the shape stays, and a twin is no nearer to its own source."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import workbench as wb
from tests.builders import a_sample
from tests.generate.texts import made, own_samples, real_samples, texts
from workbench.errors import GenerateError
from workbench.generate import RECIPES, look_at, speaks_against
from workbench.generate.gates.privacy import distance, nothing_of_the_source
from workbench.generate.recipes import private_twin
from workbench.generate.twin.acts import sentences
from workbench.model import ToolCall, Turn
from workbench.records import to_record
from workbench.text import search_key, tokens

RECIPE = RECIPES.get("private_twin")
SECRETS = {
    "en": {
        "full name": "Zebulon Quarterstaff", "plain name": "marigold", "phone": "(212) 867-5309",
        "bare phone": "2128675309", "e-mail": "z.quarter@hidden-mail.co", "iban": "GB82 WEST 1234 5698 7654 32",
        "card": "4111 1111 1111 1111", "social security": "219-09-9999", "address": "17b Blackthorn Crescent",
        "postcode": "SW1A 2AA", "date of birth": "07/04/1969", "amount": "$48,219.77", "order": "ORD-55821-XKZ",
        "password": "Tr0ub4dor&3", "key": "sk_live_9fQ2xLm81", "network": "203.0.113.77",
        "link": "https://intra.example.com/u/zebq?t=77a", "handle": "@zeb_quarter", "rare word": "plimthorpe",
        "codename": "Project Nightjar", "passphrase": "walrus lantern cobalt", "plate": "KX21 ZZT",
        "symbols": "♜♞☂♞", "spelled": "z-e-b-u-l-o-n",
    },
    "fr": {
        "full name": "Théophraste Quibolle", "plain name": "capucine", "phone": "06 17 28 39 40",
        "e-mail": "t.quibolle@secret-poste.fr", "iban": "FR76 3000 6000 0112 3456 7890 189",
        "social security": "1 69 05 49 588 157 80", "address": "17 bis rue des Églantiers",
        "postcode": "49870 Varennes", "date of birth": "7 avril 1969", "amount": "48 219,77 €",
        "order": "CMD-55821", "password": "Azur!7742z", "rare word": "plimetorque",
        "codename": "opération Engoulevent", "plate": "AB-344-CA", "spelled": "q-u-i-b",
    },
    "zh": {
        "full name": "欧阳铁柱", "surname": "上官", "phone": "13912345678", "e-mail": "tiezhu99@mimi.cn",
        "identity": "11010519491231002X", "card": "6222021234567890123", "address": "槐树胡同17号院3单元",
        "date of birth": "1969年4月7日", "amount": "48219.77元", "order": "DD55821", "password": "Mima7742!",
        "rare word": "噼啪獾", "codename": "夜鹰计划", "plate": "京A88F66", "handle": "微信号tz_1969",
    },
}  # fmt: skip
PLACES = {
    "en": ("My name is {}.", "it was {} all along", "Is {} right?", "Please note {}, thanks.", "Hello {}, {} again"),
    "fr": (
        "Je m'appelle {}.", "c'était {} depuis le début", "Est-ce bien {} ?",
        "Notez {}, merci.", "Bonjour {}, encore {}",
    ),
    "zh": ("我叫{}。", "一直都是{}", "是{}吗？", "请记下{}，谢谢。", "您好{}，还是{}"),
}  # fmt: skip


def planted(parent, secret, language, rng):
    """The sample with a secret in every turn, in a sentence of its own or in the middle of what is said."""
    turns = []
    for turn in parent.turns:
        said = rng.choice(PLACES[language]).format(secret, secret)
        at = turn.content.find(" ") + 1
        text = rng.choice(
            (f"{turn.content} {said}", f"{said} {turn.content}", f"{turn.content[:at]}{secret} {turn.content[at:]}")
        )
        turns.append(replace(turn, content=text))
    return replace(parent, turns=tuple(turns), title=secret)


def everything(candidate):
    """All that a twin would keep, as one text."""
    kept = [(turn.id, turn.name, turn.content, turn.tool_calls, turn.extra) for turn in candidate.turns]
    return search_key(repr((kept, candidate.meta, candidate.group)))


def shapes(secret):
    """The ways a secret would be known by: as it is, without its spaces and signs, and its telling parts."""
    key = search_key(secret)
    yield key
    yield re.sub(r"[\W_]", "", key) or key
    yield from (
        part for part in re.findall(r"[^\W_]{4,}", key) if not part.isascii() or not part.isalpha() or len(part) > 6
    )


@pytest.mark.parametrize("language", list(SECRETS))
def test_planted_secrets_of_every_kind_never_come_out(language, sample_data):
    parents = own_samples(sample_data, language)
    rng = random.Random(5)
    for kind, secret in SECRETS[language].items():
        for parent in rng.sample(parents, 3):
            source = planted(parent, secret, language, rng)
            (twin,) = made("private_twin", source, seed=rng.randrange(10**6))
            text = everything(twin)
            assert not [shape for shape in shapes(secret) if shape in text], (kind, secret)
            assert not speaks_against(look_at(RECIPE, source, twin))


def test_each_twin_carries_what_became_of_secrets_planted_in_a_copy_of_its_source(sample_data):
    for language in SECRETS:
        for parent in own_samples(sample_data, language)[:5]:
            for twin in made("private_twin", parent, {"variants": 2}):
                assert twin.meta["planted"] == {"secrets": 6, "out": {}}


def test_a_planted_secret_that_comes_out_is_named(monkeypatch):
    told = private_twin._told
    monkeypatch.setattr(private_twin, "_told", lambda *a: replace(told(*a), turns=a[0].turns))
    monkeypatch.setattr(private_twin, "_apart", lambda parent, one: True)
    (twin,) = made("private_twin", PARENT)
    assert {"a name", "a phone number", "a password", "a rare word"} <= set(twin.meta["planted"]["out"])
    assert len(twin.meta["planted"]["out"]) == twin.meta["planted"]["secrets"] == 6
    monkeypatch.setattr(private_twin, "_told", lambda *a: replace(told(*a), meta={"note": _digits(a[0].text)}))
    (twin,) = made("private_twin", PARENT)
    assert {"a phone number"} == set(twin.meta["planted"]["out"])


def _digits(text):
    """What a careless note would keep of a number to call."""
    return "".join(re.findall(r"\((\d+)\) (\d+)-(\d+)", text)[0]) if "(" in text else ""


def test_what_is_not_in_the_words_does_not_come_out_either():
    secret = "zebulon-quarterstaff-77"
    turns = (
        Turn(f"t-{secret}", "user", "Is it there?", name=secret, extra={"note": secret}),
        Turn("t2", "assistant", "", tool_calls=(ToolCall("c1", "look", f'{{"who": "{secret}"}}'),)),
        Turn("t3", "tool", f"found {secret}", tool_call_id="c1"),
        Turn("t4", "assistant", "Yes, it is."),
    )
    (twin,) = made("private_twin", replace(a_sample("x"), turns=turns, title=secret, extra={"k": secret}))
    assert secret not in everything(twin)
    assert [turn.role for turn in twin.turns] == ["user", "assistant"]
    assert twin.meta["title"]


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_the_shape_stays(language, sample_data):
    whole = Counter()
    for parent in own_samples(sample_data, language):
        (twin,) = made("private_twin", parent)
        said = [turn for turn in parent.turns if turn.role != "tool" and turn.content.strip()]
        assert [turn.role for turn in twin.turns] == [turn.role for turn in said]
        assert [len(turn.extra["acts"]) for turn in twin.turns] == [len(sentences(text)) for text in texts(said)]
        apart = twin.meta["distance"]
        assert 0.7 < apart["length"] < 1.3
        assert apart["longest_run"] < 8
        whole.update(
            told=len(tokens(" ".join(texts(twin.turns)))),
            was=len(tokens(" ".join(texts(said)))),
            acts=apart["acts"],
            n=1,
        )
    assert abs(whole["told"] / whole["was"] - 1) < 0.1
    assert whole["acts"] / whole["n"] > 0.93


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("My name is Anna Becker, call 212-555-7788.", "Anna Becker, and 212-555-7788, is it?")),
        ("fr", ("Je m'appelle Claire Dubois, au 06 12 34 56 78.", "Claire Dubois, au 06 12 34 56 78 ?")),
        ("zh", ("我叫王小明，电话13812345678。", "王先生，是13812345678吗？")),
    ],
)
def test_the_same_value_has_the_same_stand_in_everywhere(language, said):
    (twin,) = made("private_twin", a_sample(*said, language=language))
    assert len(twin.meta["stand_ins"]) == 2
    for value in twin.meta["stand_ins"]:
        assert all(value in text for text in texts(twin.turns))


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_a_twin_is_no_nearer_to_its_own_source_than_to_others(language, sample_data):
    """Somebody who has a twin and all conversations would guess its source hardly better than by chance."""
    parents = own_samples(sample_data, language)
    words = [set(tokens(parent.text)) for parent in parents]
    places = []
    for place, parent in enumerate(parents):
        (twin,) = made("private_twin", parent)
        said = set(tokens(" ".join(texts(twin.turns))))
        likeness = [len(said & other) / len(said | other) for other in words]
        places.append(sum(one > likeness[place] for one in likeness) / len(parents))
    assert sum(place == 0 for place in places) / len(places) < 0.1
    assert 0.3 < sum(places) / len(places) < 0.7


PARENT = a_sample("My cat Mandrake ran away on Monday.", "When did you last see it?")


def twin_saying(*said, **meta):
    (twin,) = made("private_twin", PARENT)
    turns = tuple(replace(turn, content=text) for turn, text in zip(twin.turns, said, strict=True))
    return replace(twin, turns=turns, meta={**twin.meta, **meta})


@pytest.mark.parametrize(
    ("twin", "said"),
    [
        (twin_saying("It is about Mandrake.", "How so?"), "neither ours nor invented: mandrake"),
        (twin_saying("It is about an old matter 7.", "How so?"), "neither ours nor invented: 7"),
        (twin_saying("It is fine ☂.", "How so?"), "neither ours nor invented: ☂"),
        (twin_saying("It is about Mandrake.", "How so?", stand_ins=["Mandrake"]), "stands in the source too"),
    ],
)
def test_what_is_left_of_the_source_is_found(twin, said):
    found = nothing_of_the_source(PARENT, twin)
    assert (found.severity, said in found.message) == ("problem", True)


def test_a_value_of_our_own_characters_is_found_in_chinese():
    source = a_sample("我叫周围天，电话13812345678。", language="zh")
    (twin,) = made("private_twin", source)
    told = replace(
        twin, turns=(replace(twin.turns[0], content="周围天知道。"),), meta={**twin.meta, "stand_ins": ["天周", "围山"]}
    )
    assert nothing_of_the_source(source, told).message == "a name, a number or an address of the source is said"


def test_a_long_run_is_found_even_when_all_its_words_are_ours():
    run = "There was a letter, but I did not quite follow it"
    twin = twin_saying(f"{run}.", "How so?")
    found = nothing_of_the_source(a_sample(f"Well: {run}!", "When did you last see it?"), twin)
    assert found.message == "says 8 words in a row as the source does"


def test_a_name_or_a_call_on_a_turn_is_found():
    twin = twin_saying("It is fine.", "How so?")
    named = replace(twin, turns=(replace(twin.turns[0], name="Mandrake"), twin.turns[1]))
    assert "was left on a turn" in nothing_of_the_source(PARENT, named).message


def test_the_distance_is_reported_and_a_copy_has_none():
    found = nothing_of_the_source(PARENT, twin_saying("It is fine.", "How so?"))
    assert found.severity == "info"
    assert re.search(
        r"words in the longest common run: \d; \d+ % of three-word runs shared; length \d+ %; 100 % of", found.message
    )
    same = distance(PARENT.turns, PARENT.turns)
    assert (same["longest_run"], same["shared_threes"], same["length"], same["acts"]) == (13, 1.0, 1.0, 1.0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(st.text(max_size=60), st.text("Ab 12.,!?。？我叫王明 @-'’é€$/", max_size=60)), min_size=1, max_size=3
    ),
    st.sampled_from(["en", "fr", "zh"]),
)
def test_whatever_is_said_nothing_of_it_is_left(said, language):
    source = a_sample(*said, language=language)
    if not any(text.strip() for text in said):
        return
    (twin,) = made("private_twin", source)
    assert nothing_of_the_source(source, twin).severity == "info"


def test_twins_of_one_conversation_differ_and_the_seed_decides():
    three = made("private_twin", PARENT, {"variants": 3})
    assert len({tuple(texts(twin.turns)) for twin in three}) == 3
    assert three == made("private_twin", PARENT, {"variants": 3})


@pytest.mark.parametrize(
    ("parent", "said"), [(a_sample("Ciao", language="it"), "no words"), (a_sample(" "), "nothing said")]
)
def test_what_it_cannot_do_is_told(parent, said):
    with pytest.raises(GenerateError, match=said):
        made("private_twin", parent)


@pytest.mark.parametrize("name", ["sgd", "crosswoz", "diabla"])
def test_real_conversations_get_twins(name, corpora):
    for parent in real_samples(corpora, name, 60):
        (twin,) = made("private_twin", parent)
        assert not speaks_against(look_at(RECIPE, parent, twin))


def test_accepted_it_carries_nothing_of_the_source(tmp_path):
    turns = [
        {"role": "user", "content": "I am Zebulon, plimthorpe 77."},
        {"role": "assistant", "content": "Hi Zebulon!"},
    ]
    file = tmp_path / "calls.jsonl"
    file.write_text(json.dumps({"messages": turns, "title": "Zebulon", "language": "en"}) + "\n")
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        ws.collect(file)
        run = ws.generate("private_twin").wait()
        assert run.counts == {"drafted": 1}
        (sample,) = ws.accept([draft.id for draft in ws.drafts(run.id)])
        kept = json.dumps(to_record(sample), default=str).casefold()
        assert not [word for word in ("zebulon", "plimthorpe", "77.") if word in kept]
