from __future__ import annotations

import gzip
import io
import zipfile

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from workbench.collect import preview
from workbench.errors import CollectError

RECORDS = [{"id": str(n), "messages": [{"role": "user", "content": f"question {n}"}]} for n in range(1, 4)]
LINES = b"".join(orjson.dumps(record) + b"\n" for record in RECORDS)


def zipped(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", LINES),
        ("a.json", orjson.dumps(RECORDS)),
        ("a.json", orjson.dumps(RECORDS, option=orjson.OPT_INDENT_2)),
        ("a.json", orjson.dumps({"data": RECORDS, "version": 1})),
        ("a.json", orjson.dumps({record["id"]: record for record in RECORDS})),
        ("a.jsonl.gz", gzip.compress(LINES, mtime=0)),
        ("a.json.gz", gzip.compress(orjson.dumps(RECORDS), mtime=0)),
        ("a.zip", zipped(data__a_jsonl=LINES, README_md="about")),
        ("a.jsonl", b"\xef\xbb\xbf" + LINES),
        ("a.jsonl", LINES.decode().encode("utf-16")),
        ("a.jsonl", LINES.replace(b"\n", b"\r\n\r\n")),
        ("no-suffix", LINES),
    ],
)
def test_every_packing_gives_the_same_records(write, read, name, content):
    parsed, problems = read(write(name, content))
    assert problems == []
    assert [(item.row, item.record_id) for item in parsed] == [(1, "1"), (2, "2"), (3, "3")]


def test_one_record_alone_is_a_document(write, read):
    (parsed,), _ = read(write("a.json", RECORDS[0]))
    assert parsed.record_id == "1"


def test_messages_in_columns(tmp_path, read):
    pq.write_table(pa.Table.from_pylist(RECORDS), tmp_path / "train.parquet")
    parsed, problems = read(tmp_path / "train.parquet")
    assert problems == []
    assert [item.record_id for item in parsed] == ["1", "2", "3"]


def test_arrow_stream_and_hugging_face_folder(tmp_path, read):
    table = pa.Table.from_pylist(RECORDS)
    (tmp_path / "data").mkdir()
    pq.write_table(table, tmp_path / "data" / "train-00000-of-00001.parquet")
    with pa.OSFile(str(tmp_path / "data" / "x.arrow"), "wb") as file, pa.ipc.new_stream(file, table.schema) as stream:
        stream.write_table(table)
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n")
    (tmp_path / "dataset_infos.json").write_text("{}")
    parsed, problems = read(tmp_path)
    assert (len(parsed), problems) == (6, [])
    assert preview(tmp_path).license == "cc-by-4.0"


def test_damaged_parquet_is_refused_in_words(write, read):
    with pytest.raises(CollectError, match="damaged"):
        read(write("a.parquet", b"PAR1" + b"x" * 100))


def test_bad_records_of_a_document_do_not_spoil_their_neighbours(write, read):
    text = b"[" + LINES.strip().replace(b"\n", b",\n").replace(b'"question 2"', b"question 2") + b"]"
    parsed, (problem,) = read(write("a.json", text))
    assert [item.record_id for item in parsed] == ["1", "3"]
    assert (problem.row, problem.line) == (2, 2)


def test_document_that_is_cut_off_gives_what_came_before(write, read):
    parsed, (problem,) = read(write("a.json", orjson.dumps(RECORDS)[:-20]))
    assert [item.record_id for item in parsed] == ["1", "2"]
    assert "not closed" in problem.found


def test_gzip_that_is_cut_off_gives_what_came_before(write, read):
    lines = b"".join(orjson.dumps({**RECORDS[0], "id": str(n * 7919)}) + b"\n" for n in range(200_000))
    parsed, (problem,) = read(write("a.jsonl.gz", gzip.compress(lines, 1)[:-1_000_000]))
    assert len(parsed) > 50
    assert problem.found == "a.jsonl.gz is damaged: it ends too early"


def test_bytes_that_are_not_the_encoding_of_the_file_are_told_without_the_words_of_the_decoder(write, read):
    with pytest.raises(CollectError) as caught:
        read(write("a.jsonl", LINES.decode().encode("utf-16") + b"\x00"))
    assert caught.value.message == "a.jsonl is not utf-16 throughout"
    assert caught.value.hint == "give the encoding, or save it as UTF-8"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (b'{"messages": NaN}', "NaN"),
        (b'{"messages": [{"role": "user", "content": "\\ud800"}]}', "surrogate"),
        (b'{"messages": ' + b"[" * 100_000, "nesting"),
        (b'{"messages": [{"role": "user", "content": "\xff"}]}', "byte 0xff at offset"),
        (b'{"messages": [', "the text ends at character 14 in the middle"),
        (b"not json", "a word without double quotes near 'not json'"),
        (b'{"messages": [],}', "a comma too many near"),
        (b'{"messages": "NaN" "id": 1}', "no comma between two values near"),
        (b'{"messages" []}', "no colon after a key near"),
        (b"{messages: []}", "a key without double quotes near"),
        (b'{"messages": }', "no JSON value near"),
        (b'{"messages": "a\tb"}', "control character inside a text near"),
        (b'{"messages": "\\x"}', "a backslash that means nothing near"),
        (b'{"messages": []}}', "more text after the end of the record near"),
        (b'{"messages": 007}', "a number that begins with zero near"),
        (b'{"messages": 1.}', "a number without its digits near"),
        (b'{"messages": 1e999}', "a number too large near"),
        (b'{"messages": -Infinity}', "Infinity, which is not JSON, near"),
        (b'\xef\xbb\xbf{"messages": []}', "a byte-order mark in the middle of the file near"),
        (b'{"x":' * 300 + b"1" + b"}" * 300, "nesting"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_where(write, read, line, found):
    parsed, (problem,) = read(write("a.jsonl", LINES + line + b"\n" + LINES))
    assert len(parsed) == 6
    assert (problem.row, problem.line) == (4, 4)
    assert found in problem.found
    assert not problem.found.startswith(("'", '"'))
    assert problem.raw
    assert problem.hint


def test_offset_of_a_broken_byte_counts_from_the_start_of_the_file(write, read):
    _, (problem,) = read(write("a.jsonl", LINES + b'{"a": "\xff"}\n'))
    assert str(len(LINES) + 7) in problem.found


def test_numbers_beyond_64_bits_are_kept_as_text(write, read):
    line = b'{"messages":[{"role":"user","content":"x"}],"n":123456789012345678901234567890,"m":9223372036854775807}\n'
    (parsed,), _ = read(write("a.jsonl", line))
    assert parsed.extra == {"n": "123456789012345678901234567890", "m": 9223372036854775807}


def test_duplicate_keys_are_told_when_strict(write, read):
    path = write("a.jsonl", b'{"messages":[{"role":"user","content":"x"}],"a":1,"a":2}\n')
    assert read(path)[0][0].extra == {"a": 2}
    _, (problem,) = read(path, options={"strict": True}, format="openai-chat")
    assert problem.field == "a"


def test_nul_is_kept(write, read):
    (parsed,), _ = read(write("a.jsonl", [{"messages": [{"role": "user", "content": "a\0b"}]}]))
    assert parsed.turns[0].content == "a\0b"


def test_unknown_option_is_refused(write, read):
    with pytest.raises(CollectError, match="maping"):
        read(write("a.jsonl", LINES), options={"maping": {}})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", b"", "empty"),
        ("a.json", b"hello", "not JSON"),
        ("a.pkl", b"\x80\x04\x95\x00\x00\x00", "not text"),
        ("a.json", b'[{"x": 1}]', "no known format"),
        ("a.csv", b",,\n", "no header"),
        ("a.xlsx", b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(write, read, name, content, words):
    with pytest.raises(CollectError, match=words) as caught:
        read(write(name, content))
    assert caught.value.hint


def test_unknown_files_of_a_folder_are_problems(write, read):
    write("in/a.jsonl", RECORDS)
    write("in/b.json", [{"x": 1}])
    path = write("in/.hidden.json", "[]").parent
    parsed, (problem,) = read(path)
    assert len(parsed) == 3
    assert (problem.file, problem.row) == ("b.json", 0)
