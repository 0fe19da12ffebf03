"""What our own table exporters write is read back as it was."""

from __future__ import annotations

import csv
import io
from contextlib import closing

import pytest

import workbench as wb
from workbench.collect import open_files
from workbench.collect.formats import own_table
from workbench.collect.formats.own_table import COLUMNS
from workbench.release import sheet

TEXTS = ("=1+1", "+1", "-1", "@a", "\tx", "＝1", "bell \x07 and _x0007_", "plain", "'quoted'")


@pytest.fixture
def exported(tmp_path, write):
    """The folder of an export of one conversation, as CSV and as a workbook."""
    chat = {"messages": [{"role": "user", "content": text} for text in TEXTS]}
    with closing(wb.open(tmp_path / "workspace", author="ana")) as ws:
        ws.collect(write("a.jsonl", [chat]))
        ws.slice("all", "turns>0").freeze().export(tmp_path / "out", to=["csv", "xlsx"])
    return tmp_path / "out"


@pytest.mark.parametrize("name", ["turns.csv", "turns.xlsx"])
def test_our_tables_are_read_back_without_their_guard(exported, read, name):
    file = next(exported.rglob(name))
    (parsed,), problems = read(file)
    assert tuple(turn.content for turn in parsed.turns) == TEXTS
    assert problems == []
    (reading,) = open_files(file)
    assert "apostrophes of its formula guard" in reading.notes[-1]


def test_the_columns_are_those_of_the_exporter():
    assert sheet._COLUMNS[: len(COLUMNS)] == COLUMNS
    assert {"'" + sign for sign in sheet._DANGEROUS} == set(own_table._GUARDED)


def test_an_apostrophe_in_another_table_is_part_of_the_text(write, read):
    out = io.StringIO()
    csv.writer(out).writerows([("id", "text"), ("1", "'=1+1")])
    (parsed,), _ = read(write("a.csv", out.getvalue()))
    assert parsed.turns[0].content == "'=1+1"
