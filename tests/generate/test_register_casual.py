"""Casual French and Chinese, said formally, and the other way round: only what means the same everywhere."""

from __future__ import annotations

import pytest

from tests.generate.texts import each_made, own_samples, said_as


@pytest.mark.parametrize(
    ("register", "old", "new"),
    [
        ("formal", "T'es sûr ? Faut payer tout de suite.", "Tu es sûr ? Il faut payer immédiatement."),
        ("formal", "Nickel, je l'ai reçu par mail.", "Parfait, je l'ai reçu par courriel."),
        ("formal", "Pourquoi vous fermez si tôt ?", "Pourquoi est-ce que vous fermez si tôt ?"),
        ("formal", "Combien je dois ?", "Combien est-ce que je dois ?"),
        ("formal", "Bah oui, mes potes viennent cet aprèm.", "Eh bien oui, mes amis viennent cet après-midi."),
        (
            "formal",
            "Par contre, mon appart est loin, à peu près 3 km.",
            "En revanche, mon appartement est loin, environ 3 km.",
        ),
        ("casual", "Bonjour, il faut un courriel ?", "Salut, faut un mail ?"),
        ("casual", "As-tu des informations ?", "T'as des infos ?"),
        ("casual", "Pourquoi est-ce que tu es parti ?", "Pourquoi tu es parti ?"),
        ("casual", "En revanche, le restaurant est ouvert.", "Par contre, le resto est ouvert."),
    ],
)
def test_french_is_said_in_the_other_way(register, old, new):
    assert new in said_as(register, old, "fr")


@pytest.mark.parametrize(
    ("register", "stays"),
    [
        ("formal", "Comment vous appelez-vous ? Pourquoi vous moquez-vous ?"),
        ("formal", "Quand vous arrivez, sonnez. Il me le faut."),
        ("formal", "Vous avez tout le temps de le lire."),
        ("formal", "Dieu merci. Non merci. Merci à vous."),
        ("formal", "Il est super content. Elle a un génial collègue."),
        ("casual", "Bonjour madame. Bonjour à tous."),
        ("casual", "Il me faut un reçu, et c'est ce qu'il faut."),
        ("casual", "Le restaurant universitaire est fermé."),
    ],
)
def test_french_that_could_mean_something_else_stays(register, stays):
    assert said_as(register, stays, "fr") == {stays}


@pytest.mark.parametrize(
    ("register", "old", "new"),
    [
        ("formal", "行，能不能下礼拜三再去？", "好的，能否下星期三再去？"),
        ("formal", "对，还没收到。是不是寄错了", "是的，还没有收到。是否寄错了"),
        ("formal", "要是没签合同，有没有赔偿？", "如果没有签合同，是否有赔偿？"),
        ("formal", "给爸妈买的，别担心啦。", "给父母买的，不要担心了。"),
        ("formal", "这样成吗？会不会很贵", "这样可以吗？是否会很贵"),
        ("casual", "您好，如果没有收到怎么退？", "嗨，要是没收到咋退？"),
        ("casual", "是的，这里能否刷卡？", "对，这儿能不能刷卡？"),
        ("casual", "好，两个人去，不要着急。再见。", "行，俩人去，别着急。拜拜。"),
    ],
)
def test_chinese_is_said_in_the_other_way(register, old, new):
    assert new in said_as(register, old, "zh")


@pytest.mark.parametrize(
    ("register", "stays"),
    [
        ("formal", "银行卡被没收了。特别去了一趟，分别拿走。"),
        ("formal", "最重要是他。主要是太贵，是不是？"),
        ("formal", "这个行业好多年了。对面那家好吃。"),
        ("formal", "写完成吗？孩子叫小礼，拜年去了。"),
        ("casual", "这里面有字，那里边也有。"),
        ("casual", "不怎么好。请稍后。哪里哪里。"),
        ("casual", "好多人是的吧。"),
    ],
)
def test_chinese_that_could_mean_something_else_stays(register, stays):
    assert said_as(register, stays, "zh") == {stays}


def test_who_begs_pardon_already_is_given_no_other_opening():
    said = said_as("elderly", "麻烦您，能不能约一个周三的检查？", "zh")
    assert said
    assert {text[:4] for text in said} == {"麻烦您，"}


@pytest.mark.parametrize(
    ("language", "register", "least"),
    [("fr", "formal", 30), ("fr", "casual", 19), ("zh", "formal", 28), ("zh", "casual", 11), ("zh", "elderly", 31)],
)
def test_so_many_of_our_conversations_can_be_said_otherwise(language, register, least, sample_data):
    samples = own_samples(sample_data, language)
    assert len(samples) == 63
    assert sum(1 for _ in each_made("register", samples, {"register": register})) >= least
