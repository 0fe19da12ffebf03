"""`workbench bench prompts`: what the prompts of 10,000 calls take in the database, by recipe.

Each recipe is run over conversations of two languages with a model that answers at once. Then the database is copied
with what was asked and without it, both packed by SQLite, and the sizes are told per 10,000 calls.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import orjson

from workbench.bench.conversations import write_conversations
from workbench.bench.stub import said
from workbench.generate.judge import NAME as JUDGE
from workbench.llm import ScriptedModel
from workbench.records import to_record
from workbench.workspace import open_workspace

RECIPES: dict[str, dict[str, Any]] = {
    "answer": {"variants": 3},
    "paraphrase": {},
    "duet": {"turns": 8, "keep": 2},
    JUDGE: {"variants": 3},
}
"""What is measured, with its settings; those of the judge are the settings of the recipe that makes what it judges."""

_OPINION = '{"natural": 4, "right": 4, "promise": 4, "reason": "Both speak as people do."}'
_PER = 10_000


@dataclass(frozen=True, slots=True)
class Kept:
    """Megabytes per 10,000 calls of a recipe: the database without prompts and with them, and the prompts as text."""

    recipe: str
    calls: int
    without: float
    with_prompts: float
    text: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and return 0."""
    parser = argparse.ArgumentParser(prog="workbench bench prompts", description="Measure what kept prompts take.")
    parser.add_argument("--samples", type=int, default=400, help="conversations that each recipe is run over (400)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    given = parser.parse_args(arguments)
    rows = [kept(recipe, params, given.samples) for recipe, params in RECIPES.items()]
    if given.json:
        print(orjson.dumps([to_record(row) for row in rows], option=orjson.OPT_INDENT_2).decode())
        return 0
    print(f"{'megabytes per 10,000 calls':<28}{'calls':>8}{'without':>10}{'with':>10}{'more':>8}{'as text':>10}")
    for row in rows:
        more = row.with_prompts - row.without
        print(
            f"{row.recipe:<28}{row.calls:>8,}{row.without:>10.2f}{row.with_prompts:>10.2f}{more:>8.2f}{row.text:>10.2f}"
        )
    return 0


def kept(recipe: str, params: dict[str, Any], samples: int) -> Kept:
    """Run a recipe over so many conversations in a temporary folder, and measure."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as name:
        folder = Path(name)
        write_conversations(folder / "said.jsonl", samples)
        numbers = itertools.count()
        with open_workspace(folder / "w.workspace", author="bench") as ws:
            ws.collect(folder / "said.jsonl")
            if recipe == JUDGE:
                ws.generate("noise", "", params).wait()  # asks no model: every call is the judge's
                ws.judge(model=ScriptedModel(lambda request: _OPINION)).wait()
            else:
                ws.generate(recipe, "", params, model=ScriptedModel(lambda request: said(next(numbers)))).wait()
            calls = ws.calls()
            texts = (
                text for call in calls for one in ws.prompts(call.id) if one.prompt for _, text in one.prompt.texts()
            )
            asked = sum(len(text.encode()) for text in texts)
        scale = _PER / len(calls) / 1e6
        sizes = _sizes(folder / "w.workspace" / "workbench.db", folder)
        return Kept(recipe, len(calls), *(round(size * scale, 3) for size in (*sizes, asked)))


def _sizes(path: Path, folder: Path) -> tuple[int, int]:
    """Bytes of the packed database without prompts, and with them."""
    database = apsw.Connection(str(path))
    database.execute("VACUUM INTO ?", (str(folder / "with.db"),))
    database.execute("DELETE FROM prompt_text; UPDATE call SET prompt = NULL")
    database.execute("VACUUM INTO ?", (str(folder / "without.db"),))
    database.close()
    return (folder / "without.db").stat().st_size, (folder / "with.db").stat().st_size


if __name__ == "__main__":
    raise SystemExit(main())
