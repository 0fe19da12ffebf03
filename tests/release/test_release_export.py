from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from release_desk import all_bytes, check_whole, lines

from tests.builders import a_sample
from workbench.errors import Cancelled, ExportRefused, InvalidInput, UnknownName
from workbench.flows.build import material_of
from workbench.flows.edit import archive
from workbench.flows.release import export
from workbench.model import Generated, Source, Tag, TagScheme
from workbench.release import EXPORTERS

MADE = Generated(("s_1",), "duet", "1", "run_1", "d_1", 1, "tiny")


def a_busy_slice(desk):
    ids = desk.add(
        a_sample("Hi", "Bye"), a_sample("你好", "=再见", origin=MADE), *(a_sample(f"q{i}") for i in range(9))
    )
    desk.scheme(TagScheme("domain", "nominal", guideline="Which?"))
    desk.tag(*(Tag(sample, "domain", f"health/{n % 3}", "ana") for n, sample in enumerate(ids)))
    return ids


def test_the_manifest_names_every_file_with_its_hash(desk):
    a_busy_slice(desk)
    frozen = desk.freeze()
    manifest = desk.export(frozen, *EXPORTERS.names())
    written = check_whole(desk.folder / "out")
    assert (written["hash"], written["counts"]["samples"]) == (frozen.hash, 11)
    assert manifest.counts == {
        "samples": 11, "turns": 13, "synthetic": 1, "human": 10, "side_branches": 0, "side_branches_left_out": 0,
        "above_their_tier": 0,
    }  # fmt: skip
    assert manifest.formats == tuple(EXPORTERS.names())


def test_a_frozen_slice_gives_the_same_bytes_whatever_happens_later(desk):
    ids = a_busy_slice(desk)
    frozen = desk.freeze()
    desk.export(frozen, *EXPORTERS.names())
    desk.tag(Tag(ids[0], "domain", "law", "bob"), Tag(ids[0], "domain", "travel", "bob"))
    desk.edit(ids[0], "other words")
    archive(desk.store, "ana", ids[1:3])
    desk.scheme(TagScheme("domain", "nominal", guideline="Something else?"))
    with desk.store.write("ana", "source") as writer:
        writer.save_source(Source("calls", license="MIT"))
    desk.export(frozen, *reversed(EXPORTERS.names()), out="again")
    assert all_bytes(desk.folder / "out") == all_bytes(desk.folder / "again")


_AGAIN = """
import sys
from pathlib import Path
from workbench.flows.release import export
from workbench.release import EXPORTERS
from workbench.store import open_store
store = open_store(Path(sys.argv[1]))
export(store, store.frozen()[0], Path(sys.argv[2]), to=EXPORTERS.names(), author="ana")
"""


@pytest.mark.parametrize(
    ("seed", "zone", "locale"), [("1", "Asia/Shanghai", "C"), ("77", "America/Lima", "fr_FR.UTF-8")]
)
def test_hash_seed_time_zone_and_locale_do_not_change_a_byte(desk, seed, zone, locale):
    a_busy_slice(desk)
    desk.export(desk.freeze(), *EXPORTERS.names())
    env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
    places = [str(desk.folder / "clinic.workspace"), str(desk.folder / "again")]
    subprocess.run([sys.executable, "-c", _AGAIN, *places], env=env, check=True)
    assert all_bytes(desk.folder / "out") == all_bytes(desk.folder / "again")


def test_an_empty_slice_is_refused(desk):
    with pytest.raises(ExportRefused, match="is empty"):
        desk.export(desk.freeze(), "openai-chat")


def test_an_export_without_a_record_is_refused_and_leaves_nothing(desk):
    desk.add(a_sample())
    with pytest.raises(ExportRefused, match="nothing to write"):
        desk.export(desk.freeze(), "trl-preference")
    assert [path.name for path in desk.folder.iterdir()] == ["clinic.workspace"]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_never_touched(desk, kind):
    desk.add(a_sample())
    out = desk.folder / "out"
    {"folder": out.mkdir, "file": lambda: out.write_text("mine"), "link": lambda: out.symlink_to(desk.folder)}[kind]()
    with pytest.raises(ExportRefused, match="exists already"):
        desk.export(desk.freeze(), "openai-chat")
    assert not list(desk.folder.glob(".*unfinished*"))


def test_a_folder_that_cannot_be_written_is_told(desk):
    desk.add(a_sample())
    (desk.folder / "file").write_text("in the way")
    with pytest.raises(ExportRefused, match="cannot be written") as caught:
        desk.export(desk.freeze(), "openai-chat", out="file/out")
    assert "choose a folder" in caught.value.hint


def test_a_failing_exporter_leaves_nothing(desk, monkeypatch):
    desk.add(a_sample())
    broken = replace(EXPORTERS.get("openai-chat"), writer=_fails)
    monkeypatch.setitem(EXPORTERS._entries, "openai-chat", (broken, "workbench"))
    with pytest.raises(ZeroDivisionError):
        desk.export(desk.freeze(), "workbench", "openai-chat")
    assert [path.name for path in desk.folder.iterdir()] == ["clinic.workspace"]


def _fails(material, out, options):
    with out.open("half.jsonl") as file:
        file.write(b"half")
        raise ZeroDivisionError


def test_an_export_can_be_stopped(desk):
    desk.add(a_sample())
    with pytest.raises(Cancelled):
        export(desk.store, desk.freeze(), desk.folder / "out", to=["csv"], author="ana", cancelled=lambda: True)
    assert [path.name for path in desk.folder.iterdir()] == ["clinic.workspace"]


def test_an_unknown_format_proposes_the_nearest(desk):
    desk.add(a_sample())
    with pytest.raises(UnknownName, match="did you mean 'openai-chat'"):
        desk.export(desk.freeze(), "openai-chats")


def test_an_option_nobody_understands_is_told(desk):
    desk.add(a_sample())
    with pytest.raises(InvalidInput, match="formula_gard"):
        desk.export(desk.freeze(), "csv", formula_gard=False)


def test_an_unknown_licence_is_said_in_card_and_manifest(desk):
    desk.add(a_sample(), license="unknown", evidence="")
    manifest = desk.export(desk.freeze(), "openai-chat")
    assert "the licence of the source 'calls' is unknown: find out before you pass this on" in manifest.notes
    assert "| calls | **unknown** |" in (desk.folder / "out" / "README.md").read_text()


def test_an_export_is_in_the_journal(desk):
    desk.add(a_sample())
    frozen = desk.freeze()
    desk.export(frozen, "openai-chat")
    event = desk.store.events(limit=10_000)[-1]
    assert (event.kind, event.data["hash"], event.data["formats"]) == ("export", frozen.hash, ["openai-chat"])


def test_the_revision_that_was_frozen_is_written(desk):
    (sample,) = desk.add(a_sample("first", "answer"))
    frozen = desk.freeze()
    desk.edit(sample, "second")
    desk.export(frozen, "openai-chat")
    assert lines(desk.folder / "out" / "openai-chat.jsonl")[0]["messages"][0]["content"] == "first"


def test_what_is_counted_of_answers_is_what_people_said(desk):
    first, second = desk.add(a_sample("one"), a_sample("two"))
    desk.scheme(TagScheme("domain", "nominal"))
    desk.tag(Tag(first, "domain", "health", "ana"), Tag(second, "domain", "law", "a model", machine=True))
    counts = material_of(desk.store, desk.freeze()).about.counts
    assert counts["tag domain"] == {"health": 1}
