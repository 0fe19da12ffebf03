"""Another way of speaking: real rewrites in three languages, what stays, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.generate.texts import each_made, made, own_samples, real_samples, said_as, texts
from workbench.errors import GenerateError
from workbench.generate import RECIPES, look_at, speaks_against
from workbench.generate.gates import keeps_numbers
from workbench.generate.wording import LANGUAGES, REGISTERS
from workbench.model import Turn

RECIPE = RECIPES.get("register")


def said(text, register, language="en"):
    params = {"register": register, "openings": False}
    (candidate,) = made("register", a_sample(text, language=language), params)
    return candidate.turns[0].content


@pytest.mark.parametrize(
    ("language", "register", "old", "new"),
    [
        ("en", "formal", "yeah i can't, he doesn't know", "Yes I cannot, he does not know"),
        ("en", "formal", "Thanks to you it works. Thanks!", "Thanks to you it works. Thank you!"),
        ("en", "casual", "Good morning, I am a nurse. Yes, I am.", "Hi, I'm a nurse. Yeah, I am."),
        ("en", "casual", "I would like to know what it is.", "I'd like to know what it is."),
        ("en", "elderly", "The TV is broken, thanks.", "The television set is broken, thank you kindly."),
        ("en", "child", "My stomach is very sore.", "My tummy is really really sore."),
        ("fr", "formal", "Je sais pas, y a un truc.", "Je ne sais pas, il y a une chose."),
        ("fr", "casual", "Je n’arrive pas à payer, oui.", "J’arrive pas à payer, ouais."),
        ("fr", "formal", "Je suis là. Je dois être à jeun ?", "Je suis là. Est-ce que je dois être à jeun ?"),
        (
            "fr",
            "formal",
            "Il doit signer aussi ? On est bons ?",
            "Est-ce qu'il doit signer aussi ? Est-ce qu'on est bons ?",
        ),
        (
            "fr",
            "formal",
            "C’est possible ? Y a un parking ?",
            "Est-ce que c’est possible ? Est-ce qu’il y a un parking ?",
        ),
        ("fr", "formal", "ça affiche toujours 5, je le trouve pas", "Cela affiche toujours 5, je ne le trouve pas"),
        (
            "fr",
            "formal",
            "J'étais pas là, il arrive pas, on peut pas.",
            "Je n'étais pas là, il n'arrive pas, on ne peut pas.",
        ),
        ("fr", "casual", "Est-ce que je dois payer ? Est-ce qu'il vient ?", "Je dois payer ? Il vient ?"),
        ("fr", "casual", "Pouvez-vous m'aider ? Puis-je venir ?", "Vous pouvez m'aider ? Je peux venir ?"),
        ("fr", "casual", "Je ne le vois pas, la carte ne passe pas.", "Je le vois pas, la carte passe pas."),
        ("fr", "casual", "Je n'ai jamais payé, cela ira.", "J'ai jamais payé, ça ira."),
        ("fr", "elderly", "Salut, j’ai pas la photo.", "Bien le bonjour, je n’ai pas la photographie."),
        ("fr", "child", "Ma mère est très fatiguée.", "Ma maman est super fatiguée."),
        ("zh", "formal", "你这儿咋办？我爸问啥呢", "您这里怎么办？我父亲问什么呢"),
        ("zh", "casual", "请问您为什么这样？", "想问下你为啥这样？"),
        ("zh", "elderly", "我老婆不懂，谢谢", "我老伴儿闹不明白，谢谢您啊"),
        ("zh", "child", "我爸说为什么？", "我爸爸说为什么呀？"),
    ],
)
def test_words_are_exchanged_and_grammar_stays(language, register, old, new):
    assert new in said_as(register, old, language)


@pytest.mark.parametrize(
    ("register", "stays"),
    [
        ("formal", "Je choisis quoi ? Je fais comment ? On se voit à quelle heure ?"),
        ("formal", "Je peux venir, ou c'est trop tard ?"),
        ("formal", "Je crois que c'est fini ? Vous venez hein ?"),
        ("formal", "Ça va ? Il fait pas mal de bruit. C'est ça. Ça y est."),
        ("formal", "Écrivez-le quelque part, ça."),
        ("formal", "Il a dit « je peux pas » et vous n'avez pas répondu."),
        ("casual", "Qu'est-ce que je dois payer ? Quand est-ce que vous venez ?"),
        ("casual", "Je ne veux plus payer. Je préfère ne pas payer. Cela dit, merci."),
        ("casual", "Où pouvez-vous venir ? Il se peut-il que je vienne."),
    ],
)
def test_what_would_mean_something_else_or_is_no_french_stays(register, stays):
    assert said_as(register, stays, "fr") == {stays}


@pytest.mark.parametrize(("register", "least"), [("formal", 24), ("elderly", 24)])
def test_many_french_conversations_can_be_said_otherwise(register, least, sample_data):
    samples = own_samples(sample_data, "fr")
    assert len(samples) == 63
    assert sum(1 for _ in each_made("register", samples, {"register": register})) >= least


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("register", REGISTERS)
def test_promises_hold_on_our_conversations(register, language, sample_data):
    passed = 0
    for parent, candidate in each_made("register", own_samples(sample_data, language), {"register": register}):
        passed += 1
        assert look_at(RECIPE, parent, candidate) == ()
        assert [(turn.id, turn.role) for turn in candidate.turns] == [(turn.id, turn.role) for turn in parent.turns]
    assert passed >= 3


@pytest.mark.parametrize("name", ["sgd", "crosswoz"])
def test_promises_hold_on_real_conversations(name, corpora):
    passed = 0
    for parent, candidate in each_made("register", real_samples(corpora, name, 60), {"register": "casual"}):
        passed += 1
        assert not speaks_against(look_at(RECIPE, parent, candidate))
    assert passed > 10


def test_what_is_quoted_numbered_or_addressed_stays():
    text = "I can't. He wrote \"I can't\" to i.dont@example.org on 3 May, order I-4471."
    assert said(text, "formal") == 'I cannot. He wrote "I can\'t" to i.dont@example.org on 3 May, order I-4471.'


def test_too_little_change_is_refused_with_its_count():
    with pytest.raises(GenerateError, match="too few turns can be said otherwise: 0 of 1"):
        made("register", a_sample("Rain again."), {"register": "formal"})
    with pytest.raises(GenerateError, match="no words for this language"):
        made("register", a_sample("Guten Tag", language="de"))


def test_a_conversation_in_which_nobody_speaks_is_refused_in_words():
    silent = replace(a_sample("x"), turns=(Turn("t1", "system", "Be polite."),))
    with pytest.raises(GenerateError, match="too few turns can be said otherwise: 0 of 0"):
        made("register", silent, {"register": "formal"})


def test_a_touched_word_outside_the_table_is_found():
    parent = a_sample("I can't come on Monday.", "Fine.")
    (candidate,) = made("register", parent, {"register": "formal"})
    first = candidate.turns[0]
    spoiled = replace(
        candidate, turns=(replace(first, content=first.content.replace("Monday", "Friday")), candidate.turns[1])
    )
    assert "register" in {finding.check for finding in look_at(RECIPE, parent, spoiled)}
    assert keeps_numbers(parent, candidate) is None


def test_variants_differ_and_a_seed_repeats():
    parent = a_sample("Hi, I've got loads of kids and a bit late. Thanks.", "Fine.", "maybe I'll come right away")
    several = made("register", parent, {"variants": 2}, seed=4)
    assert len({tuple(texts(one.turns)) for one in several}) == 2
    assert several == made("register", parent, {"variants": 2}, seed=4)
