"""What is kept of a question can be damaged on the disk: that question says so, and every other one is still shown."""

from __future__ import annotations

from itertools import count

import pytest

import workbench as wb
from workbench.errors import NotFound
from workbench.llm import ScriptedModel
from workbench.prompt import numbers_in
from workbench.store.connection import Database
from workbench.store.prompts import whole_line


@pytest.fixture
def ws(tmp_path):
    with wb.open(tmp_path / "w.workspace", author="ana") as opened:
        file = tmp_path / "said.jsonl"
        file.write_text(
            '{"messages":[{"role":"user","content":"Is the desk open today?"},'
            '{"role":"assistant","content":"Yes, until noon."}]}\n'
        )
        opened.collect(file)
        yield opened


@pytest.fixture
def database(ws):
    opened = Database(ws.path / "workbench.db")
    yield opened
    opened.close()


def of_two_calls(ws):
    """A draft that took two calls, whose prompts share some texts and not others."""
    numbers = count(1)
    model = ScriptedModel(lambda request: f"Line {next(numbers)} of what I say.")
    run = ws.generate("paraphrase", "", {"variants": 1}, model=model, seed=3).wait(20)
    (draft,) = ws.drafts(run.id)
    assert len(draft.calls) == 2
    return draft


def missing(ws, draft):
    return [one.missing for one in ws.prompts(draft.id)]


def only_of(database, call, other):
    """The numbers of texts without which this call cannot be read and the other can."""
    kept = dict(database.rows("SELECT id, prompt FROM call"))
    first, second = (set(numbers_in(whole_line(kept[one]))) for one in (call, other))
    return first - second


def change(database, sql, *values):
    database.rows(sql, values)
    assert database.changed() == 1


def test_a_text_that_is_gone_hides_its_own_call_alone(ws, database):
    draft = of_two_calls(ws)
    number, *_ = only_of(database, *draft.calls)
    change(database, "DELETE FROM prompt_text WHERE number = ?", number)
    assert missing(ws, draft) == ["damaged", ""]
    (pair, whole) = ws.prompt_diff(draft.id, draft.id)
    assert (pair.blocks, {block.how for block in whole.blocks}) == ((), {"same"})


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe not deflate", b"", "half a text", b"K\xcc", 7],
    ids=["noise", "empty", "another text", "cut off", "a number"],
)
def test_a_text_that_cannot_be_unpacked_hides_its_own_call_alone(ws, database, data):
    draft = of_two_calls(ws)
    for number in only_of(database, *draft.calls):
        change(database, "UPDATE prompt_text SET data = ? WHERE number = ?", data, number)
    assert missing(ws, draft) == ["damaged", ""]


def test_a_text_that_is_no_text_any_more_hides_its_own_call_alone(ws, database):
    """SQLite hands over a TEXT with bytes that are no UTF-8, and the reading of every row would break."""
    draft = of_two_calls(ws)
    for number in only_of(database, *draft.calls):
        change(database, "UPDATE prompt_text SET data = CAST(x'c328' AS TEXT) WHERE number = ?", number)
    assert missing(ws, draft) == ["damaged", ""]


def test_no_changed_byte_of_a_line_hides_the_other_call(ws, database):
    draft = of_two_calls(ws)
    first, _ = draft.calls
    whole = ws.prompts(draft.id)
    (line,) = database.one("SELECT prompt FROM call WHERE id = ?", (first,))
    told = []
    for changed in broken(line):
        change(database, "UPDATE call SET prompt = ? WHERE id = ?", changed, first)
        one, other = ws.prompts(draft.id)
        assert other == whole[1], changed
        assert one.missing == "damaged" or one == whole[0], changed
        told.append(one.missing)
    assert len(told) - told.count("damaged") <= 1, "of the bits, one says that nothing follows, and changes no word"


def test_no_changed_byte_of_a_text_hides_the_other_call(ws, database):
    draft = of_two_calls(ws)
    number = max(only_of(database, *draft.calls))
    (text,) = database.one("SELECT CAST(data AS BLOB) FROM prompt_text WHERE number = ?", (number,))
    for changed in broken(text):
        change(database, "UPDATE prompt_text SET data = ? WHERE number = ?", changed, number)
        assert missing(ws, draft) == ["damaged", ""], changed


def broken(data):
    """The bytes cut off at many places, and with a bit turned at many."""
    step = max(1, len(data) // 16)
    yield from (data[:end] for end in range(0, len(data) - 1, step))
    for at in range(0, len(data) - 1, step):
        yield data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]


@pytest.mark.parametrize("which", [2**63, 10**30, -(10**30)])
def test_no_number_is_too_long_to_be_of_no_call(ws, which):
    with pytest.raises(NotFound, match=f"there is no call {which}"):
        ws.prompts(which)
