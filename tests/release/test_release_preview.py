"""The preview of an export says exactly what the export will write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_sample
from workbench.errors import ExportRefused, UnknownName
from workbench.flows.preview import preview_export
from workbench.model import Generated, Tag
from workbench.release import EXPORTERS
from workbench.release.glance import table_of

HOSTILE = '=1+1, "quoted"\r\n<img src=x onerror=alert(1)> \u202e 你好'


@pytest.fixture
def build(desk):
    drafts = [a_sample(f"q{i}", f"a{i} {HOSTILE}") for i in range(8)]
    made = a_sample("x", "y", origin=Generated(("s_1",), "duet", "1", "run_7", "d_1", 1))
    ids = desk.add(*drafts, made)
    for number, sample in enumerate(ids[:6]):
        desk.tag(Tag(sample, "domain", "health" if number % 2 else "law", "ana"))
    desk.edit(ids[-1], "a person's words", turn="t2")
    return desk.freeze()


@pytest.mark.parametrize("name", EXPORTERS.names())
@pytest.mark.parametrize("limit", [1, 3, 50])
def test_a_preview_is_the_beginning_of_the_exported_files(desk, build, name, limit):
    manifest = desk.export(build, name)
    found = preview_export(desk.store, build, name, limit=limit)
    assert found.files or name == "trl-preference"
    for file in found.files:
        written = Path(manifest.path) / file.name
        if file.table is None:
            assert written.read_bytes()[: len(file.start)] == file.start
            assert file.start
            assert not file.whole or written.read_bytes() == file.start
        else:
            whole = table_of(written)
            assert whole.columns == file.table.columns
            assert whole.rows[: len(file.table.rows)] == file.table.rows
            assert file.table.rows


def test_pairs_are_previewed_as_they_are_written(desk, build):
    (file,) = preview_export(desk.store, build, "trl-preference", limit=1).files
    manifest = desk.export(build, "trl-preference")
    assert (file.records, file.start) == (1, (manifest.path / file.name).read_bytes())


def test_a_preview_reads_only_what_it_shows(desk):
    desk.add(*(a_sample(f"q{i}", "a") for i in range(40)))
    (file,) = preview_export(desk.store, desk.freeze(), "openai-chat", limit=2).files
    assert (file.records, file.start.count(b"\n"), file.whole) == (2, 2, False)


def test_a_preview_shows_the_card_and_what_deserves_a_look(desk):
    desk.add(a_sample(), license="unknown")
    found = preview_export(desk.store, desk.freeze(), "openai-chat")
    assert found.card.startswith("---\n")
    assert "licence of the source 'calls' is unknown" in found.notes[0]
    assert found.notes[0].split(":")[0] in found.card.replace("\\", "")


def test_a_preview_leaves_nothing_behind(desk, build):
    before = sorted(desk.folder.rglob("*"))
    preview_export(desk.store, build, "markdown")
    assert sorted(desk.folder.rglob("*")) == before


def test_a_preview_of_nothing_and_of_an_unknown_format_is_refused(desk, build):
    with pytest.raises(ExportRefused):
        preview_export(desk.store, desk.freeze(pick=lambda row: False), "csv")
    with pytest.raises(UnknownName):
        preview_export(desk.store, build, "docx")
