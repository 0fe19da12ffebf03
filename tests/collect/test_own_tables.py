"""What our own table exporters write is read back as it was."""

from __future__ import annotations

import csv
import io

import pytest

from tests.builders import a_sample
from workbench.collect import open_files
from workbench.collect.formats import own_table
from workbench.collect.formats.own_table import COLUMNS
from workbench.flows.release import export, freeze, save_slice
from workbench.model import SliceSpec
from workbench.release import sheet
from workbench.store import open_store

TEXTS = ("=1+1", "+1", "-1", "@a", "\tx", "＝1", "bell \x07 and _x0007_", "plain", "'quoted'")


class All:
    """Stands in for the index."""

    def rows(self, query):
        return [1]


@pytest.fixture
def exported(tmp_path):
    """The folder of an export of one conversation, as CSV and as a workbook."""
    store = open_store(tmp_path / "workspace")
    with store.write("ana", "add") as writer:
        writer.add_samples([a_sample(*TEXTS, id="s1")])
    save_slice(store, "ana", SliceSpec("all", ""))
    frozen = freeze(store, All(), "all", author="ana")
    export(store, frozen, tmp_path / "out", to=["csv", "xlsx"], author="ana")
    store.close()
    return tmp_path / "out"


@pytest.mark.parametrize("name", ["turns.csv", "turns.xlsx"])
def test_our_tables_are_read_back_without_their_guard(exported, read, name):
    file = next(exported.rglob(name))
    (parsed,), problems = read(file)
    assert tuple(turn.content for turn in parsed.turns) == TEXTS
    assert problems == []
    (reading,) = open_files(file)
    assert "apostrophes of its formula guard" in reading.note


def test_the_columns_are_those_of_the_exporter():
    assert sheet._COLUMNS[: len(COLUMNS)] == COLUMNS
    assert {"'" + sign for sign in sheet._DANGEROUS} == set(own_table._GUARDED)


def test_an_apostrophe_in_another_table_is_part_of_the_text(write, read):
    out = io.StringIO()
    csv.writer(out).writerows([("id", "text"), ("1", "'=1+1")])
    (parsed,), _ = read(write("a.csv", out.getvalue()))
    assert parsed.turns[0].content == "'=1+1"
