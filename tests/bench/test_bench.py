from __future__ import annotations

from itertools import islice

import pytest

from workbench.bench.budgets import PARTS, run
from workbench.bench.conversations import conversations, write_conversations
from workbench.bench.main import main
from workbench.bench.measure import Row, percentile, table

BUDGETS = (
    "import into a new workspace",
    "import into a living workspace",
    "memory of an import",
    "open and first page",
    "any page of a sorted filter",
    "facets with exact counts",
    "full text, first page",
    "meaning with a filter",
    "durable tag",
    "seen by another process",
    "bulk tag of 300",
    "its undo",
    "export a slice",
    "memory of an export",
    "import workbench",
)


def test_the_same_seed_gives_the_same_conversations(tmp_path):
    for name in ("a", "b"):
        write_conversations(tmp_path / name, 200, seed=3)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert list(conversations(5, seed=4)) != list(conversations(5, seed=3))


def test_the_mix_is_as_described():
    records = list(islice(conversations(2000), 2000))
    languages = [record["language"] for record in records]
    assert 0.1 < languages.count("zh") / 2000 < 0.2
    assert all(2 <= len(record["messages"]) <= 20 for record in records)
    assert len({record["id"] for record in records}) == 2000


def test_every_budget_is_measured():
    rows = run(300, [], runs=1)
    assert [row.what[: len(name)] for row, name in zip(rows, BUDGETS, strict=True)] == list(BUDGETS)
    assert all(row.ratio is not None and row.ratio >= 0 for row in rows)


def test_a_part_needs_only_the_import(capsys):
    assert main(["open", "--size", "100", "--runs", "1"]) == 0
    printed = capsys.readouterr().out
    assert "open and first page" in printed
    assert "durable tag" not in printed


def test_an_unknown_part_is_refused():
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "import" in PARTS


def test_rows_say_whether_they_keep_the_budget():
    kept = Row("a", "x", "1 s", "2 s", 0.5)
    missed = Row("b", "x", "3 s", "2 s", 1.5)
    assert [kept.verdict, missed.verdict] == ["kept", "missed"]
    assert "missed" in table([kept, missed])


def test_percentiles_are_values_that_occurred():
    assert percentile([5, 1, 3], 0.5) == 3
    assert percentile(list(range(100)), 0.95) == 95
