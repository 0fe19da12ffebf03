"""What a run of `gap_fill` did to its grid, cell by cell."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import workbench as wb
from workbench.errors import InvalidInput
from workbench.flows.gaps import cell_query
from workbench.flows.gaps_filled import CellFill, GapFill
from workbench.llm.base import Price
from workbench.llm.scripted import ScriptedModel

SAID = [
    "Hello, my parcel says delivered, and there is nothing at the door of our house.",
    "I am sorry about that. Which number does the parcel have, please?",
    "It is written on the slip here, the one that ends with a letter.",
    "Thank you, I can see it now and I will send the driver back today.",
]


@pytest.fixture
def ws(tmp_path):
    file = tmp_path / "chats.jsonl"
    chat = [{"role": ("user", "assistant")[n % 2], "content": f"{text} Really."} for n, text in enumerate(SAID[::-1])]
    file.write_text(
        "\n".join(
            json.dumps({"language": "en", "messages": [*chat, {"role": "user", "content": f"Yes {n}"}]}) for n in "ab"
        )
    )
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        opened.collect(file)
        yield opened


def test_each_cell_tells_before_target_and_after_and_a_filled_one_its_cost(ws):
    grid = "language: en\nlength: short | middle"
    model = ScriptedModel(lambda request: json.dumps({"turns": SAID}), price=Price(1e6, 1e6))
    run = ws.generate("gap_fill", "", {"grid": grid, "target": 2, "variants": 2}, model=model).wait()
    told = ws.gap_fill(run.id)
    short, middle = told.cells
    assert (dict(short.cell), short.before, short.target, short.after) == (
        {"language": "en", "length": "short"},
        0,
        2,
        0,
    )
    assert (middle.before, middle.target, middle.written) == (2, 2, 0)
    assert (short.written, short.inside, told.filled, told.usd_per_filled) == (2, 2, 0, None)
    ws.accept([draft.id for draft in ws.drafts(run.id)])
    told = ws.gap_fill(run.id)
    assert (told.cells[0].after, told.filled) == (2, 1)
    assert told.usd_per_filled == pytest.approx(told.usd) == pytest.approx(ws.run_yield(run.id).usd)
    assert list(told.frame["after"]) == [2, 2]


def test_a_run_of_another_recipe_has_no_grid(ws):
    run = ws.generate("noise", "").wait()
    with pytest.raises(InvalidInput, match="noise fills no grid"):
        ws.gap_fill(run.id)


def filled(ws, **params):
    """A run over two languages of short conversations; what is written is English in both."""
    model = ScriptedModel(lambda request: json.dumps({"turns": SAID}))
    grid = "language: en | fr\nlength: short"
    return ws.generate("gap_fill", "", {"grid": grid, "target": 3, **params}, model=model).wait()


def test_a_cell_that_stayed_short_says_why(ws):
    run = filled(ws, variants=4, floor=0.0)
    english = [draft for draft in ws.drafts(run.id) if draft.meta["gap"]["cell"]["language"] == "en"]
    ws.reject([english[0].id], "not natural")
    told = ws.gap_fill(run.id)
    assert list(map(str, told.cells)) == [
        "language en, length short: 0 -> 0 of 3, 3 short (1 to decide, 1 rejected)",
        "language fr, length short: 0 -> 0 of 3, 3 short (2 to decide, 2 outside the cell)",
    ]
    assert (told.wanting, told.filled, told.axes) == (2, 0, ("language", "length"))
    assert str(told) == "short cells filled: 0 of 2"


def test_a_price_that_is_not_known_is_called_that():
    full, short = CellFill({"length": "short"}, 0, 2, 2, 2, 2), CellFill({"length": "long"}, 0, 2, 0, 0, 0)
    told = GapFill("run_1", (full, short), None, "the budget is spent")
    assert told.usd_per_filled is None
    assert str(told) == "short cells filled: 1 of 2; cost per filled cell: unknown; ended: the budget is spent"
    assert str(replace(told, usd=0.5, ended="")) == "short cells filled: 1 of 2; cost per filled cell: $0.5"


def test_a_cell_for_which_nothing_was_written_says_that(ws):
    cells = ws.gap_fill(filled(ws, variants=1).id).cells
    (empty,) = [one for one in cells if not one.written]
    assert str(empty).endswith("0 -> 0 of 3, 3 short (nothing was written for it)")


def test_the_query_of_a_cell_finds_what_it_has(ws):
    run = filled(ws, variants=4, floor=0.0)
    ws.accept([draft.id for draft in ws.drafts(run.id)])
    told = ws.gap_fill(run.id)
    assert sum(one.after for one in told.cells) == 4
    for one in told.cells:
        assert len(ws.ids(one.query)) == one.after, one.query
    assert len(ws.ids(cell_query({"language": "en", "length": "middle"}))) == 2


def test_a_query_keeps_the_selection_and_writes_values_as_the_language_wants_them():
    assert [cell_query({"length": one}) for one in ("short", "middle")] == ["turns<=4", "turns:5..8"]
    assert cell_query({"length": "long"}, "card OR lab") == "(card OR lab) turns>=9"
    assert cell_query({"language": "fr", "tone": "very calm"}) == 'language:(fr OR fr-*) tone:"very calm"'
    assert cell_query({"source": "a"}, "", ["s_1", "s_2"]) == "(tag.source:a) OR id:(s_1 OR s_2)"
