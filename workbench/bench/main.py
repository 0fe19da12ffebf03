"""The command `workbench bench`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points

import orjson

from workbench.bench.budgets import PARTS, run
from workbench.bench.measure import table
from workbench.records import to_record

MILLION = 1_000_000
SUITES = "workbench.benches"
"""The entry-point group of suites by their first word: ``workbench bench ui`` measures the screen."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and return 0; figures are judged by people, a slow machine is no failure."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for suite in entry_points(group=SUITES, name=words[0] if words else ""):
        return int(suite.load()(words[1:]))
    parser = argparse.ArgumentParser(prog="workbench bench", description="Measure the budgets of the design.")
    told = f"what to measure: {', '.join(PARTS)} (default: everything)"
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=told)
    parser.add_argument("--size", type=int, default=100_000, help="number of conversations (default 100,000)")
    parser.add_argument("--million", action="store_true", help="the same at 1,000,000 conversations")
    parser.add_argument("--runs", type=int, default=3, help="alternated runs of each measure (default 3)")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    given = parser.parse_args(words)
    size = MILLION if given.million else given.size
    rows = run(size, given.parts, runs=given.runs)
    if given.json:
        print(orjson.dumps([to_record(row) for row in rows], option=orjson.OPT_INDENT_2).decode())
        return 0
    print(f"{size:,} generated conversations; every ratio was measured in this run; 1.00 or less keeps the budget\n")
    print(table(rows))
    print("\nMeasured on their own: `workbench bench ui`, `workbench bench generate`. Not yet: near-duplicates.")
    return 0
