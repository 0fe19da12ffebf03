"""Folders: what cannot be read is told, and the other files are imported."""

from __future__ import annotations

import os

import pytest

from workbench.collect import open_files
from workbench.errors import CollectError

GOOD = [{"messages": [{"role": "user", "content": "good"}]}]


@pytest.mark.parametrize("name", ["b.xlsx", "b.zip", "b.jsonl.gz"])
def test_a_damaged_file_is_a_problem_of_its_own(write, read, name):
    magic = b"\x1f\x8b" if name.endswith("gz") else b"PK\x03\x04"
    write(f"in/{name}", magic + b"damaged")
    write("in/a.jsonl", GOOD)
    parsed, (problem,) = read(write("in/c.jsonl", GOOD).parent)
    assert len(parsed) == 2
    assert problem.file == name
    assert "damaged" in problem.found


def test_entries_that_are_no_files_are_told(write, read, tmp_path):
    folder = write("in/a.jsonl", GOOD).parent
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to("loop")
    (folder / "elsewhere").mkdir()
    (folder / "linked").symlink_to("elsewhere")
    (folder / "out.jsonl").symlink_to(write("secret.jsonl", GOOD))
    parsed, problems = read(folder)
    assert len(parsed) == 1
    assert {problem.file: problem.found.split(":")[0] for problem in problems} == {
        "pipe": "a pipe, a socket or a device",
        "loop": "a link that leads nowhere",
        "linked": "a link to a folder",
        "out.jsonl": "a link out of the folder",
    }


def test_a_pipe_given_alone_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CollectError, match="a pipe"):
        list(open_files(tmp_path / "pipe"))


def test_a_damaged_file_given_alone_is_an_error(write):
    with pytest.raises(CollectError, match="damaged"):
        list(open_files(write("a.zip", b"PK\x03\x04damaged")))
