"""Hostile files: each is refused or quarantined, quickly, within little memory, and nothing is written outside."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from workbench.collect import containers, limits
from workbench.errors import CollectError

GOOD = b'{"messages": [{"role": "user", "content": "x"}]}\n'
MB = 1 << 20


def zip_of(entries):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return data.getvalue()


def test_gzip_bomb(write, read):
    with pytest.raises(CollectError, match="bomb"):
        read(write("a.jsonl.gz", gzip.compress(b"\0" * (64 * MB))))


def test_gzip_bomb_of_good_records_stops_at_the_ratio(write, read):
    long = GOOD.replace(b"x", b"x" * 10_000)
    with pytest.raises(CollectError, match="bomb"):
        read(write("a.jsonl.gz", gzip.compress(long * 5_000)))


def test_gzip_in_gzip(write, read):
    with pytest.raises(CollectError, match="packed twice"):
        read(write("a.jsonl.gz", gzip.compress(gzip.compress(GOOD))))


def test_zip_bomb(write, read):
    with pytest.raises(CollectError, match="bomb"):
        read(write("a.zip", zip_of([("a.jsonl", b"\0" * (64 * MB))])))


def test_zip_with_too_many_entries(write, read):
    with pytest.raises(CollectError, match="10001 files"):
        read(write("a.zip", zip_of([(f"{n}.jsonl", b"") for n in range(10_001)])))


def test_zip_with_overlapping_entries(write, read):
    data = bytearray(zip_of([("a.jsonl", GOOD), ("b.jsonl", GOOD)]))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = b"\0\0\0\0"  # the second entry begins where the first does
    with pytest.raises(CollectError, match="overlap"):
        read(write("a.zip", bytes(data)))


@pytest.mark.parametrize(
    "name",
    ["../evil.jsonl", "/etc/evil.jsonl", "C:\\evil.jsonl", "a/../../evil.jsonl", "CON.jsonl", "x" * 300, "b.zip"],
)
def test_evil_names_are_quarantined_and_written_nowhere(write, read, tmp_path, name):
    path = write("in/a.zip", zip_of([(name, GOOD), ("good.jsonl", GOOD)]))
    before = set(tmp_path.rglob("*"))
    parsed, (problem,) = read(path)
    assert len(parsed) == 1
    assert problem.file.startswith("a.zip/")
    assert set(tmp_path.rglob("*")) == before


def test_link_out_of_the_folder_is_not_followed(write, read, tmp_path):
    secret = write("secret.jsonl", GOOD)
    folder = write("in/a.jsonl", GOOD).parent
    (folder / "b.jsonl").symlink_to(secret)
    parsed, (problem,) = read(folder)
    assert len(parsed) == 1
    assert "link" in problem.found


def test_giant_line_is_skipped_and_the_next_one_read(write, read):
    giant = b'{"messages": "' + b"x" * (17 * MB) + b'"}\n'
    parsed, (problem,) = read(write("a.jsonl", GOOD + giant + GOOD))
    assert [item.line for item in parsed] == [1, 3]
    assert (problem.line, problem.found) == (2, f"a line of {len(giant)} bytes")


def test_giant_cell(write, read):
    table = b"question,answer\n" + b"x" * (17 * MB) + b",y\na,b\n"
    parsed, problems = read(write("a.csv", table))
    assert [item.turns[0].content for item in parsed] == ["a"]
    assert problems[0].line == 2


def test_quote_that_is_never_closed(write, read):
    lines = b"question,answer\na,b\n" + b'"c,d\n' + (b"e" * 10_000 + b",f\n") * 3_000
    parsed, problems = read(write("a.csv", lines))
    assert parsed[0].turns[0].content == "a"
    assert "closed" in problems[0].hint


def test_giant_record_of_a_document(write, read):
    giant = b'{"messages": [' + b'"xxxxxxxxxxxxxxx",' * MB + b"1]}"
    parsed, (problem,) = read(write("a.json", b"[" + GOOD + b"," + giant + b"," + GOOD + b"]"))
    assert len(parsed) == 2
    assert "too large" in problem.found


def test_giant_text_of_a_document(write, read):
    parsed, (problem,) = read(write("a.json", b"[" + GOOD + b',{"x": "' + b"y" * (40 * MB) + b'"}]'))
    assert len(parsed) == 1
    assert problem.hint


def test_too_many_columns(write, read):
    header = ",".join(f"c{n}" for n in range(100_000))
    with pytest.raises(CollectError, match="100000 columns"):
        read(write("a.csv", header + "\n" + header))


def test_workbook_with_an_entity_bomb(write, read):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    sheet = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><worksheet>&e11;</worksheet>'
    parts = [("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", sheet), ("xl/worksheets/sheet1.xml", sheet)]
    with pytest.raises(CollectError):
        read(write("a.xlsx", zip_of(parts)))


def test_child_that_needs_too_much_memory_dies_alone(tmp_path, read, monkeypatch):
    import pyarrow as pa
    import pyarrow.parquet as pq

    # 2 GB in a small file: one long text, named twenty times.
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 20), pa.array(["x" * (100 * MB)]))
    pq.write_table(pa.table({"text": text}), tmp_path / "a.parquet", compression="zstd")
    with pytest.raises(CollectError):
        read(tmp_path / "a.parquet")


def test_the_limits_are_those_of_the_reliability_plan():
    assert limits.LIMITS.record == 16 * MB
    assert (limits.LIMITS.unpacked, limits.LIMITS.ratio, limits.LIMITS.ratio_from) == (2048 * MB, 200, 10 * MB)
    assert containers.LIMITS is limits.LIMITS
