"""What a run of `gap_fill` did to its grid, cell by cell."""

from __future__ import annotations

import json

import pytest

import workbench as wb
from workbench.errors import InvalidInput
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
