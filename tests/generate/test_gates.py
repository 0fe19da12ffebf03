"""Each gate passes what is right, names what is wrong with its place, and is not fooled by its neighbours."""

from __future__ import annotations

import pytest

from tests.builders import a_sample, a_turn
from workbench.generate import Candidate
from workbench.generate.gates import (
    VERIFIERS,
    copied,
    copy_of_parent,
    keeps_numbers,
    keeps_values,
    speaks,
    vocabulary,
)
from workbench.generate.gates.arithmetic import arithmetic, wrong_sums
from workbench.generate.gates.dates import impossible_dates
from workbench.generate.gates.symbolic import false_identities, identity, read_expression
from workbench.generate.gates.units import unequal_quantities


def _candidate(*texts, **more):
    return Candidate(tuple(a_turn(text, id=f"n{at}") for at, text in enumerate(texts)), **more)


@pytest.mark.parametrize(
    "text",
    [
        "12 + 30 = 42",
        "3 x 4 = 12, so we need 12 - 2 = 10",
        "2 + 3 * 4 = 14",
        "10 / 4 = 2.5",
        "10 / 3 = 3.33",
        "1,200 plus 300 is 1,500",
        "20% of 50 is 10",
        "7 fois 8 font 56",
        "3 乘以 5 等于 15",
        "10 / 3 is about 3",
        "The score was 3-2 and that is 100% fair.",
        "Call 555-0100 is fine",
        "On 3/4 = page one",
        "7,50 + 2,50 = 10",
        "1.200 + 300 = 1.500",
        "1 200 + 300 = 1 500",
        "12 € + 3 € = 15 €",
        "100 - 20% = 80",
        "20% of 300 = 0.2 x 300 = 60",
        "5/12 x 36 = 5 x 3 = 15",
        "2 x (13 - 11) + 4 x 0.5 = 6",
        "0.13333 x 60 = 8",
        "Since 4.5 - 1 = 0.7x * x",
        "3 x $2 = $6 + $9 = $15",
        "Flight 12-34 is 5 hours long",
    ],
)
def test_right_sums_and_other_numbers_pass(text):
    assert list(wrong_sums(text)) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("12 + 30 = 43", "42"),
        ("2 + 3 * 4 = 20", "14"),
        ("10 / 4 = 2.6", "2.5"),
        ("7 fois 8 font 54", "56"),
        ("20% of 50 is 12", "10"),
        ("3 乘以 5 等于 16", "15"),
        ("1,200 plus 300 is 1,600", "1500"),
        ("7,50 + 2,50 = 11", "10"),
        ("12 € + 3 € = 16 €", "15"),
        ("1/2 + 1/4 is 2/6", "0.75"),
        ("5/12 x 36 = 5 x 4", "15"),
    ],
)
def test_wrong_sums_are_named_with_their_place(text, right):
    found = arithmetic(a_sample(), _candidate(f"So {text}."))
    assert found.severity == "problem"
    assert f"it comes to {right}" in found.message
    assert f"So {text}."[found.start : found.end] == text


def test_a_sum_that_the_parent_said_is_not_the_recipes():
    parent = a_sample("2 + 2 = 5, said Winston")
    assert arithmetic(parent, _candidate("2 + 2 = 5, said Winston")) is None


@pytest.mark.parametrize(
    "text",
    [
        "5 km = 5000 m",
        "5 miles, or about 8 km",
        "2 hours (120 minutes)",
        "2 or 3 days",
        "5 km or 10 minutes",
        "90 minutes, soit 1.5 heure",
        "30 minutes or 1 hour",
        "3 hours (30 minutes of it by bus)",
        "some 1,500 kilometers ( 900 mi ) east of it",
    ],
)
def test_equal_quantities_pass(text):
    assert list(unequal_quantities(text)) == []


@pytest.mark.parametrize("text", ["5 km = 500 m", "2 hours (90 minutes)", "10 kg, or about 50 lb", "3公里等于300米"])
def test_unequal_quantities_are_named(text):
    assert len(list(unequal_quantities(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Monday 3 March 2025",
        "March 3, 2025",
        "le 29 février",
        "lundi 3 mars 2025",
        "2025年3月3日星期一",
        "2024-02-29",
        "Tuesday 3 March",
        "may 5 people come",
        "at 250 Main Street",
        "2850 Augustine Drive",
        "non détectée en décembre 93",
        "on Sunday, April 26, 1478",
    ],
)
def test_possible_dates_pass(text):
    assert list(impossible_dates(text)) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Tuesday 3 March 2025", "a Monday"),
        ("30 February", "no such day"),
        ("le 31 avril 2025", "no such day"),
        ("2025年3月3日星期二", "a Monday"),
        ("2025-02-29", "no such day"),
        ("April 31, 2025", "no such day"),
    ],
)
def test_impossible_dates_are_named(text, why):
    assert why in next(iter(impossible_dates(text)))[2]


@pytest.mark.parametrize(
    "text",
    [
        "x^2 - 1 = (x-1)(x+1)",
        "2(x+3) = 2x + 6",
        "a·b + a·c = a(b+c)",
        "(x+1)² = x² + 2x + 1",
        "x = 3",
        "y = 2x",
        "area = side",
        "so it = is",
        "3x + 5 = x + 15, so x = 5",
        "2 x 3 + 1 = 5 x 1 + 2",
    ],
)
def test_identities_and_definitions_pass(text):
    assert list(false_identities(text)) == []


@pytest.mark.parametrize(
    "text", ["(x+1)^2 = x^2 + 1", "2(x+3) = 2x + 3", "a/b + a/c = 2a/(b+c)", "and (x+1)^2 = x^2 + 1 as you know"]
)
def test_false_identities_are_named(text):
    assert len(list(false_identities(f"Then {text}, done"))) == 1


WRONG = "2 + 2 = 5, 5 km = 500 m, Tuesday 3 March 2025, and (x+1)^2 = x^2 + 1 as you know."
CHECKS = {"arithmetic", "units", "dates", "symbolic"}


def _verified(parent, candidate):
    return {found.check: found.severity for gate in VERIFIERS if (found := gate(parent, candidate))}


@pytest.mark.parametrize(
    ("parent", "meta"),
    [
        (a_sample("x"), {"passages": [{"text": WRONG}]}),
        (a_sample("x"), {"source_text": WRONG}),
        (a_sample("x"), {"mistakes": {"n0": "all of this"}}),
    ],
)
def test_what_was_wrong_already_or_was_planned_is_not_the_drafts(parent, meta):
    assert _verified(parent, _candidate(f"Well: {WRONG}")) == dict.fromkeys(CHECKS, "problem")
    assert _verified(parent, _candidate(f"Well: {WRONG}", meta=meta)) == {}
    assert _verified(a_sample(f"He said {WRONG}"), _candidate(f"Well: {WRONG}")) == {}


def test_a_wrong_sum_that_is_kept_in_other_words_is_not_the_drafts():
    parent = a_sample("So 2 plus 2 is 5, on 30 February.")
    assert _verified(parent, _candidate("Deux fois : 2 plus 2 font 5, le 30 février.")) == {}
    assert _verified(parent, _candidate("2 plus 2 is 6")) == {"arithmetic": "problem"}


@pytest.mark.parametrize(
    "text",
    [
        "So what you are saying is 6 + 4 = 8?",
        "It is not true that 5 km = 500 m.",
        "你说 3 乘以 5 等于 16，这不对。",
        "Solve the equation: 3x + 5 = x + 15 is where we begin.",
    ],
)
def test_what_is_asked_about_or_denied_is_not_sure(text):
    assert list(_verified(a_sample("x"), _candidate(text)).values()) == ["warning"]
    more = _verified(a_sample("x"), _candidate(text, "And 1 + 1 = 3."))
    assert more["arithmetic"] == "problem"


def test_code_is_not_read_as_a_claim():
    assert _verified(a_sample("x"), _candidate("Run `1 + 1 = 3`:\n```\nassert 2 + 2 = 5\n```")) == {}


def test_expressions_are_read_and_never_evaluated():
    assert identity("x^2 - 1", "(x-1)(x+1)") is True
    for hostile in ("__import__('os')", "9^9^9^9", "x^99999", "().__class__", "2 +", "(x"):
        assert read_expression(hostile) is None


def test_numbers_from_nowhere_are_a_problem_and_missing_ones_a_warning():
    parent = a_sample("It costs 1,200 euros on 3 May")
    assert keeps_numbers(parent, _candidate("On 3 May it costs 1200 euros")) is None
    assert keeps_numbers(parent, _candidate("On 3 May it costs 1300 euros")).severity == "problem"
    assert keeps_numbers(parent, _candidate("It costs 1200 euros")).severity == "warning"


def test_promised_values_have_to_be_there():
    assert keeps_values(a_sample(), _candidate("See you in LYON", meta={"keeps": ["Lyon"]})) is None
    assert "Paris" in keeps_values(a_sample(), _candidate("See you in Lyon", meta={"keeps": ["Paris"]})).message


LONG = " ".join(f"word{n}" for n in range(60))


def test_copied_stretches_are_measured():
    parent = a_sample(LONG)
    gate = copied(share=0.5, run=30)
    assert gate(parent, _candidate("Something else entirely is said here by me and you today")) is None
    assert gate(parent, _candidate(f"I say {LONG}")).severity == "problem"
    half = (
        " ".join(LONG.split()[:34])
        + " and then come many other words that nobody has written before in this place at all today"
    )
    assert gate(parent, _candidate(half)).severity == "warning"
    assert copy_of_parent(parent, Candidate(parent.turns)).message == "nothing was changed"


def test_another_language_than_asked_for_is_told():
    parent = a_sample("Bonjour", language="fr")
    english = "This is a long answer that was written in English although the person speaks French here."
    assert speaks(parent, _candidate(english)).severity in {"problem", "warning"}
    assert speaks(parent, _candidate("Bien sûr, je vous envoie le document demain par courrier.")) is None
    assert speaks(parent, _candidate("Oui, merci.")) is None


def test_words_outside_the_list_are_bounded_and_shown():
    gate = vocabulary({"the", "valve", "is", "frozen", "bleed", "it"}, outside=0.2)
    assert gate(a_sample(), _candidate("The valve is frozen, bleed it 3")) is None
    found = gate(a_sample(), _candidate("The cantankerous valve is obstreperous"))
    assert "cantankerous" in found.message
