"""Whatever a file holds: the counts add up, and nothing is raised but `CollectError`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.collect import IMPORTERS, Problem, open_files
from workbench.errors import CollectError

WORDS = (
    "messages conversations role content from value instruction output history prompt chosen rejected turns utterance"
    " speaker mapping message_tree_id text replies format sample tags id tool_calls function name arguments"
)
KEYS = st.sampled_from(WORDS.split())
VALUES = st.sampled_from(["user", "assistant", "gpt", "workbench/1", "", "x", "\0", "系统"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | VALUES | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=5),
    max_leaves=25,
)


def count(data: bytes, name: str, format: str | None) -> int | None:
    """How many conversations and problems a file gives; None when it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return sum(
                1 if isinstance(file, Problem) else sum(1 for _ in file.read())
                for file in open_files(path, format=format)
            )
        except CollectError:
            return None


@pytest.mark.parametrize("format", [name for name in IMPORTERS.names() if name not in ("oasst", "chatgpt", "table")])
@settings(max_examples=60, deadline=None)
@given(records=st.lists(st.dictionaries(KEYS, JSON, max_size=6), min_size=1, max_size=6))
def test_every_record_is_told_once(format, records):
    lines = []
    for record in records:
        try:
            lines.append(orjson.dumps(record))
        except TypeError:  # a whole number beyond 64 bits, which orjson cannot write
            lines.append(b"{}")
    found = count(b"\n".join(lines), "a.jsonl", format)
    assert found is not None
    assert len(lines) <= found <= 2 * len(lines)


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.jsonl", "a.json", "a.csv", "a.txt", "a"]))
def test_any_bytes(data, name):
    found = count(data, name, None)
    assert found is None or found >= 0


@settings(max_examples=200, deadline=None)
@given(record=JSON, cut=st.integers(0, 200), name=st.sampled_from(["a.jsonl", "a.json"]))
def test_any_json_cut_anywhere(record, cut, name):
    try:
        data = orjson.dumps([record, {"messages": [{"role": "user", "content": "x"}]}])
    except TypeError:
        return
    found = count(data[: len(data) - cut], name, "openai-chat")
    assert found is None or found >= 1


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=8))
def test_any_table(rows):
    data = "question,answer\n" + "\n".join(",".join(row) for row in rows)
    found = count(data.encode("utf-8", "replace"), "a.csv", "table")
    assert found is None or found >= 0
