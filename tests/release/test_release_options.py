"""What a person can choose for a format, in words from the command line and values from Python."""

from __future__ import annotations

import pytest

from tests.builders import a_sample
from workbench.errors import InvalidInput
from workbench.release import EXPORTERS, Option

GUARD = Option.yes_or_no("guard", "A guard", usual=True)
PAGES = Option("pages", "A page for each", ("domain", "sample"))


@pytest.mark.parametrize("given", [False, "no", "No", "false", "off", 0, "0"])
def test_no_is_no_in_words_and_in_values(given):
    assert not GUARD.chosen({"guard": given})


@pytest.mark.parametrize("given", [True, "yes", " YES ", "true", "on", 1])
def test_yes_is_yes_in_words_and_in_values(given):
    assert GUARD.chosen({"guard": given})


def test_the_first_value_is_the_usual_one():
    assert (GUARD.of({}), PAGES.of({})) == ("yes", "domain")
    assert Option.yes_or_no("guard", "A guard", usual=False).of({}) == "no"


@pytest.mark.parametrize("option", [GUARD, PAGES])
def test_what_is_not_possible_is_refused_with_what_is(option):
    with pytest.raises(InvalidInput, match="'perhaps' is not possible") as refused:
        option.of({option.name: "perhaps"})
    assert refused.value.hint == f"choose one of: {', '.join(option.values)}"


def test_a_no_in_words_asks_for_no_pairs_of_a_machine():
    """The command line gives words: "no" is no, though a text that is not empty."""
    (option,) = EXPORTERS.get("trl-preference").options
    assert (option.name, option.chosen({"machine_order": "no"})) == ("machine_order", False)


def test_a_value_that_is_not_possible_is_refused_before_anything_is_written(desk):
    desk.add(a_sample("x", "y"))
    with pytest.raises(InvalidInput, match="pages: 'chapter' is not possible"):
        desk.export(desk.freeze(), "markdown", pages="chapter")
    assert not (desk.folder / "out").exists()
