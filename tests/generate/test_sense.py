"""What an expert would see at once in drafts without a model: each line was wrong on a real conversation once."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from tests.builders import a_sample
from tests.generate.texts import made, said_as
from workbench.errors import GenerateError
from workbench.generate.entities.amounts import AMOUNTS
from workbench.generate.entities.base import plan_swaps
from workbench.generate.entities.contacts import CODES, PHONES
from workbench.generate.entities.names import NAMES
from workbench.generate.entities.places import CITIES
from workbench.generate.rhythm import takes_up


def swapped(kind, *said, language="en", seed=1):
    return dict(plan_swaps(said, language, (kind,), random.Random(seed)).table.get(kind.name, {}))


@pytest.mark.parametrize(
    "text",
    [
        "人均消费在100-150元的餐馆",
        "票价在100 - 150元的景点",
        "门票在20到150元之间",
        "It costs $20-30 per night.",
        "It is 20-30 dollars.",
        "Comptez 20 à 30 €.",
    ],
)
def test_both_ends_of_a_range_of_prices_move_by_one_factor(text):
    language = "zh" if "元" in text else "fr" if "€" in text else "en"
    pairs = swapped(AMOUNTS, text, language=language)
    low, high = (float(re.sub(r"[^\d.]", "", new)) / float(re.sub(r"[^\d.]", "", old)) for old, new in pairs.items())
    assert low == pytest.approx(high)
    assert low != 1


@pytest.mark.parametrize(
    "text", ["人均消费在100-150元的餐馆", "From 1999-2005 it was 1000-2000 people.", "营业时间 1000-2200"]
)
def test_a_range_is_no_code(text):
    assert swapped(CODES, text, language="zh" if "元" in text else "en") == {}


@pytest.mark.parametrize(
    "said",
    [
        ("The ride is $90.", "Divide 90 by 30."),
        ("Each sandwich requires 1+1 = 2 pounds of meat.", "10 pounds, then."),
        ("It looks like you've gained about 14 pounds.",),
    ],
)
def test_amounts_stay_where_a_swap_would_tear_them_apart(said):
    assert swapped(AMOUNTS, *said) == {}


def test_pounds_are_money_where_they_are():
    assert set(swapped(AMOUNTS, "It is £12 or so.", "I paid 14 pounds.")) == {"£12", "14 pounds"}


def test_a_sum_that_came_out_still_does():
    said = ("The 4 cards cost 4 x $2.50 = $10.", "And 5 x 3 = $15, together $25.")
    for seed in range(8):
        try:
            (candidate,) = made("entity_swap", a_sample(*said), seed=seed)
        except GenerateError:
            continue
        assert "5 x 3 = $15" in candidate.turns[1].content


def test_cards_counted_before_their_price_are_no_amount():
    assert set(swapped(AMOUNTS, "He gave 9 $2 cards.")) == {"$2"}


@pytest.mark.parametrize(
    ("said", "language"),
    [
        (("我来北京。", "地址是北京市东城区长安街。"), "zh"),
        (("我在北京。", "推荐您去北京欢乐谷游玩。"), "zh"),
        (("What is on in Anaheim?", "One event is in Anaheim, CA."), "en"),
        (("I live in Seattle.", "You land at Seattle-Tacoma International Airport."), "en"),
    ],
)
def test_a_city_stays_where_its_own_places_are_named(said, language):
    assert swapped(CITIES, *said, language=language) == {}


def test_a_city_alone_becomes_another_one():
    assert set(swapped(CITIES, "我想去上海玩。", "上海有很多餐馆。", language="zh")) == {"上海"}
    assert set(swapped(CITIES, "I live in Seattle.", "Cafe Seattle is in Seattle.")) == {"Seattle"}


def test_a_number_of_a_fixed_line_becomes_one_that_nobody_has():
    (new,) = swapped(PHONES, "当然了，电话是58285215。", language="zh").values()
    assert re.fullmatch(r"1\d{7}", new)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello, Miss. What is the reason?", set()),
        ("The St. Louis Cardinals won.", set()),
        ("It was shown by Jose V. Pardo. Pardo found more.", {"Jose", "Pardo"}),
    ],
)
def test_who_is_a_person(text, found):
    assert set(swapped(NAMES, text)) == found


@pytest.mark.parametrize(
    ("register", "language", "text", "wrong"),
    [
        ("formal", "zh", "给我推荐一个，谢谢了。", "谢非常感谢"),
        ("casual", "zh", "那请问一下可以吗？", "想问下一下"),
        ("child", "zh", "好的，非常感谢。", "好感谢"),
        ("child", "en", "Thank you very much, I don't speak to him very much.", "really really much"),
        ("child", "en", "Thank you very much.", "super much"),
        ("formal", "en", "No, thanks a lot.", "thank you a lot"),
        ("formal", "fr", "Ma maman était là.", "Ma ma mère"),
        ("casual", "fr", "Oui oui, on y va.", "Oui ouais"),
        ("child", "fr", "C'est une situation assez difficile.", "assez dur"),
        ("child", "fr", "Je ne comprends pas comment il fait.", "rien comment"),
    ],
)
def test_no_register_says_this(register, language, text, wrong):
    assert not any(wrong in said for said in said_as(register, text, language))


def test_who_answers_does_not_say_good_day():
    parent = a_sample("Terrible, I can't sleep.", "Since when?", "I don't know, I can't say.")
    doctor = replace(parent.turns[1], id="t0", content="How do you feel today?")
    (candidate,) = made("register", replace(parent, turns=(doctor, *parent.turns)), {"register": "formal"})
    assert candidate.turns[1].content.startswith("Terrible, I cannot sleep")


def test_capitals_alone_are_no_other_register():
    with pytest.raises(GenerateError, match="can be said otherwise: 0 of 1"):
        made("register", a_sample("je travaille ici.", "Bien.", language="fr"), {"register": "formal"})


@pytest.mark.parametrize(
    "text", ["OK，谢谢你啊！", "Oh, I see. So it was fourteen.", "Merci beaucoup !", "好的，知道了。"]
)
def test_nobody_has_thanks_said_again(text):
    assert takes_up(text)


@pytest.mark.parametrize("text", ["Yes, please book it for Monday.", "这家酒店的地址在哪？", "Vous avez des places ?"])
def test_a_question_can_be_said_again(text):
    assert not takes_up(text)


def test_slips_leave_apostrophes_and_sums_alone():
    parent = a_sample("You're right that we've divided 5 x 40 and they're done.", "Yes.")
    params = {"rate": 0.5, "speech": True, "variants": 20}
    for candidate in made("noise", parent, params):
        assert "''" not in candidate.turns[0].content
        assert "x x 40" not in candidate.turns[0].content
    (french,) = made("noise", a_sample("Le cœur va bien.", "Oui.", language="fr"), {"rate": 0.5, "typing": False})
    assert "cour" not in french.turns[0].content
