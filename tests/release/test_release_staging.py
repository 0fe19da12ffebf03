"""The folder that an export is written to: nothing that is not its own is touched, whoever else is at work there."""

from __future__ import annotations

import pytest

from workbench.errors import ExportRefused
from workbench.release.staging import MANIFEST, UNFINISHED, clear_leftovers, staging


def a_file(stage, text=b"one"):
    with stage.open("data.txt") as file:
        file.write(text)


def test_a_folder_that_somebody_made_meanwhile_is_not_taken(tmp_path):
    target = tmp_path / "out"
    with staging(target) as stage:
        a_file(stage)
        target.mkdir()
        with pytest.raises(ExportRefused, match="exists already"):
            stage.publish(b"{}")
        stage.discard()
    assert list(tmp_path.iterdir()) == [target]
    assert list(target.iterdir()) == []


def test_of_two_exports_to_one_place_the_first_that_is_whole_stays(tmp_path):
    target = tmp_path / "out"
    with staging(target) as first:
        a_file(first)
        with staging(target) as second:
            a_file(second, b"two")
            assert clear_leftovers(target) == []  # both are alive
            first.publish(b"{}")
            with pytest.raises(ExportRefused, match="exists already"):
                second.publish(b"{}")
            second.discard()
    assert (target / "data.txt").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_killed_export_left_is_removed_and_nothing_else(tmp_path):
    target, other = tmp_path / "out", tmp_path / "other"
    for folder in (tmp_path / ".out.unfinished-1", target, other, tmp_path / ".other.unfinished-1"):
        folder.mkdir()
        (folder / UNFINISHED).touch()
    (tmp_path / ".out.unfinished-2").symlink_to(other)
    (tmp_path / ".out.unfinished-3").touch()
    assert sorted(path.name for path in clear_leftovers(target)) == [".out.unfinished-1", "out"]
    left = [".other.unfinished-1", ".out.unfinished-2", ".out.unfinished-3", "other"]
    assert sorted(path.name for path in tmp_path.iterdir()) == left
    assert (other / UNFINISHED).exists()


def test_a_whole_export_is_no_leftover_whatever_lies_in_it(tmp_path):
    target = tmp_path / "out"
    with staging(target) as stage:
        a_file(stage)
        stage.publish(b"{}")
    (target / UNFINISHED).touch()
    assert clear_leftovers(target) == []
    with pytest.raises(ExportRefused, match="exists already"), staging(target):
        pass
    assert (target / MANIFEST).read_bytes() == b"{}"


@pytest.mark.parametrize("name", ["/etc/hosts", "../data.txt", "a/../../data.txt", "", MANIFEST, UNFINISHED])
def test_a_file_of_an_export_lies_inside_it(tmp_path, name):
    with staging(tmp_path / "out") as stage, pytest.raises(ValueError, match="is not a name inside the export"):
        stage.append(name, b"x")
