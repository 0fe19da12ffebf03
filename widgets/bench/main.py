"""The command `workbench bench ui`."""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import orjson

from widgets.bench import chromium
from widgets.bench.kills import KILLED, kill_round
from widgets.bench.measures import PARTS, Bench, filled, measured
from workbench.bench.measure import Row, table
from workbench.records import to_record


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure in a real browser, print the table, and return 0; kills that lost an answer return 1."""
    given = _parser().parse_args(arguments)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as folder, chromium.browser() as browser:
        rows = []
        if given.parts or not given.kills:
            workspace = given.workspace or filled(Path(folder), given.size)
            bench = Bench(browser, workspace.resolve(), given.size, given.million and given.million.resolve())
            rows = measured(bench, given.parts)
        if given.kills:
            rows += killed(browser, Path(folder), given.kills)
    if given.json:
        print(orjson.dumps([to_record(row) for row in rows], option=orjson.OPT_INDENT_2).decode())
    else:
        print(f"{given.size:,} conversations in a real JupyterLab and Chromium; 1.00 or less keeps the budget")
        print(f"load of the machine when it began: {load:.1f}, on {os.cpu_count()} processors\n")
        print(table(rows))
    return int(any(row.what.startswith("acknowledged") and row.ratio != 0 for row in rows))


def killed(browser: object, folder: Path, count: int) -> list[Row]:
    """The row of the kills: how many acknowledged answers were not in the workspace afterwards."""
    report = kill_round(browser, folder, count)
    what = f"acknowledged answers lost in {report.kills} kills of {KILLED}"
    return [
        Row(what, f"{report.acknowledged} were acknowledged", str(report.lost), "0", float(report.lost)),
        Row("the screen came back after a kill, p95", "fixed limit", f"{report.back:.3g} s", "30 s", report.back / 30),
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbench bench ui", description="Measure the screen in a real browser.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="what to measure (default: everything)")
    parser.add_argument("--size", type=int, default=100_000, help="number of conversations (default 100,000)")
    parser.add_argument(
        "--workspace", type=Path, help="measure on this workspace (it is written to) instead of a new one"
    )
    parser.add_argument("--million", type=Path, metavar="WORKSPACE", help="also open this one, of 1,000,000")
    parser.add_argument(
        "--kills", type=int, default=0, help="kill kernel and browser this often while answers are given"
    )
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    return parser
