"""Changing a scheme step by step: where the choices stand, and where the old answers go."""

from __future__ import annotations

import pytest

from workbench.errors import InvalidInput
from workbench.label import (
    SchemeChange,
    add_choice,
    change_of,
    check_scheme,
    drop_choice,
    merge_choices,
    move_choice,
    rename_choice,
    restore_choice,
    retire_choice,
    shift_choice,
    split_choice,
)
from workbench.model import Choice, TagScheme

TREE = TagScheme(
    "field",
    "hierarchical",
    choices=tuple(Choice(v, v.title()) for v in ("health", "health/lab", "health/care", "law", "law/tax")),
)
FLAT = TagScheme("mood", "nominal", choices=tuple(Choice(v) for v in ("calm", "cross", "sad")))


def values(change: SchemeChange) -> list[str]:
    check_scheme(change.scheme)
    return [choice.value for choice in change.scheme.choices]


def test_a_renamed_branch_takes_what_is_below_it_along() -> None:
    change = rename_choice(TREE, "health", "medicine", label="Medicine")
    assert values(change) == ["medicine", "medicine/lab", "medicine/care", "law", "law/tax"]
    assert change.moved == {
        "health": "medicine",
        "health/lab": "medicine/lab",
        "health/care": "medicine/care",
    }
    assert change.scheme.choices[0].label == "Medicine"


def test_a_label_alone_moves_no_answer() -> None:
    assert rename_choice(TREE, "law", label="Law and tax").moved == {}


def test_renaming_back_is_no_change() -> None:
    assert rename_choice(rename_choice(FLAT, "calm", "quiet"), "quiet", "calm") == change_of(FLAT)


def test_two_choices_can_change_places() -> None:
    change = rename_choice(FLAT, "calm", "x")
    change = rename_choice(change, "sad", "calm")
    change = rename_choice(change, "x", "sad")
    assert change.moved == {"calm": "sad", "sad": "calm"}
    assert change.becomes("calm") == ("sad", False)


def test_merging_after_renaming_follows_the_answers_from_where_they_were() -> None:
    change = merge_choices(rename_choice(FLAT, "cross", "angry"), "angry", "sad")
    assert values(change) == ["calm", "sad"]
    assert change.moved == {"cross": "sad"}


def test_merging_branches_joins_what_is_below() -> None:
    tree = add_choice(TREE, "law/lab").scheme
    change = merge_choices(tree, "health", "law")
    assert values(change) == ["law", "law/tax", "law/lab", "law/care"]
    assert change.moved == {"health": "law", "health/lab": "law/lab", "health/care": "law/care"}


def test_moving_nests_with_everything_below() -> None:
    change = move_choice(TREE, "law", "health")
    assert values(change) == ["health", "health/lab", "health/care", "health/law", "health/law/tax"]
    assert change.moved["law/tax"] == "health/law/tax"
    assert values(move_choice(change, "health/law")) == ["health", "health/lab", "health/care", "law", "law/tax"]


def test_splitting_retires_the_choice_and_asks_for_another_look() -> None:
    change = split_choice(FLAT, "cross", [("annoyed", "Annoyed"), ("furious", "")])
    assert values(change) == ["calm", "cross", "annoyed", "furious", "sad"]
    assert change.review == ("cross",)
    assert change.becomes("cross") == ("cross", True)
    assert [choice.value for choice in change.scheme.choices if choice.retired] == ["cross"]


def test_splitting_below_keeps_the_choice() -> None:
    change = split_choice(TREE, "health/care", [("home", "At home")], below=True)
    assert values(change)[2:4] == ["health/care", "health/care/home"]
    assert not any(choice.retired for choice in change.scheme.choices)
    assert change.review == ("health/care",)


def test_splitting_what_was_merged_before_asks_about_all_of_its_answers() -> None:
    change = split_choice(merge_choices(FLAT, "sad", "cross"), "cross", [("a", ""), ("b", "")])
    assert set(change.review) == {"cross", "sad"}
    assert change.becomes("sad") == ("cross", True)


def test_several_choices_move_together() -> None:
    change = merge_choices(FLAT, "sad", "cross")
    assert change.becomes(("calm", "cross", "sad")) == (("calm", "cross"), False)


def test_points_of_a_scale_stay_numbers() -> None:
    scale = TagScheme("good", "ordinal", choices=(Choice("1"), Choice("2"), Choice("3")))
    assert merge_choices(scale, "3", "2").becomes(3) == (2, False)
    assert merge_choices(scale, "3", "2").becomes("cannot say") == ("cannot say", False)


def test_retiring_and_bringing_back_work_on_branches() -> None:
    gone = retire_choice(TREE, "health")
    assert [c.value for c in gone.scheme.choices if c.retired] == ["health", "health/lab", "health/care"]
    back = restore_choice(gone, "health/lab")
    assert [c.value for c in back.scheme.choices if c.retired] == ["health/care"]


def test_order_changes_among_siblings_only() -> None:
    assert values(shift_choice(TREE, "law", -1)) == ["law", "law/tax", "health", "health/lab", "health/care"]
    assert values(shift_choice(TREE, "health", 1)) == ["law", "law/tax", "health", "health/lab", "health/care"]
    assert values(shift_choice(TREE, "health/lab", 5)) == ["health", "health/care", "health/lab", "law", "law/tax"]
    assert values(shift_choice(FLAT, "calm", -1)) == ["calm", "cross", "sad"]


def test_only_a_choice_that_was_never_saved_is_dropped() -> None:
    assert values(drop_choice(add_choice(FLAT, "new"), "new")) == ["calm", "cross", "sad"]
    with pytest.raises(InvalidInput, match="may have answers"):
        drop_choice(FLAT, "calm")


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (lambda: rename_choice(FLAT, "gone", "x"), "no choice 'gone'"),
        (lambda: rename_choice(FLAT, "calm", "sad"), "has the choice 'sad' already"),
        (lambda: rename_choice(TREE, "law/tax", "health/tax"), "another place"),
        (lambda: move_choice(TREE, "health", "health/lab"), "below itself"),
        (lambda: move_choice(FLAT, "calm", "sad"), "no tree"),
        (lambda: merge_choices(TREE, "health", "health/lab"), "into itself"),
        (lambda: split_choice(FLAT, "calm", [("one", "")]), "fewer than two"),
        (lambda: split_choice(FLAT, "calm", [("one", ""), ("one", "")]), "one name"),
        (lambda: add_choice(TREE, "sport/run"), "no choice 'sport'"),
    ],
)
def test_what_cannot_be_done_is_told(mistake: object, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        mistake()  # type: ignore[operator]
