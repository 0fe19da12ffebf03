from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_sample, a_turn
from workbench.ids import content_hash
from workbench.model import Generated, Sample, ToolCall, Turn
from workbench.records import _fields, conversation_hash, sample_from_record, to_record
from workbench.store.codec import load
from workbench.store.encoding import encoded

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
calls = st.lists(st.builds(ToolCall, text, text, text), max_size=1).map(tuple)
extra = st.dictionaries(text, st.none() | text | st.integers(0, 9), max_size=1)
plain = st.builds(Turn, text, st.sampled_from(["user", "assistant"]), text)
some = st.none() | text.filter(bool)
rich = st.builds(Turn, text, text, text, some, calls, some, extra)
turns = st.lists(plain, min_size=1, max_size=3) | st.lists(plain | rich, min_size=1, max_size=3)
samples = st.builds(
    Sample, text, turns.map(tuple), st.just(a_sample("x").origin), text, st.sampled_from([None, "en"]), text, extra,
    st.integers(1, 3), st.sampled_from(["active", "archived"]), st.integers(0, 9), st.integers(0, 9),
)  # fmt: skip


@given(samples)
def test_the_fast_way_writes_what_the_general_one_does(sample):
    assert list(to_record(sample).items()) == list(_fields(sample).items())
    assert sample_from_record(to_record(sample)) == sample


@given(turns.map(tuple))
def test_the_hash_of_a_conversation_leaves_out_turn_ids_only(turns):
    said = [{key: value for key, value in _fields(turn).items() if key != "id"} for turn in turns]
    assert conversation_hash(turns) == content_hash(said)


def test_hot_columns_are_read_off_the_sample():
    origin = Generated(("b", "a", "b"), "noise", "1", "run1", "d1", 2, model="m", branch_of="c")
    row = encoded(a_sample("one", "three", id="s1", origin=origin), 77)
    assert (row.origin, row.recipe, row.model, row.run, row.depth) == ("generated", "noise", "m", "run1", 2)
    assert (row.turns, row.chars, row.synthetic, row.created_at) == (2, 8, True, 77)
    assert list(row.parents) == ["a", "b", "c"]


def test_times_are_kept_where_a_sample_has_them():
    row = encoded(a_sample("one", id="s1"), 77)
    assert load(row.record)["created_at"] == 77
    assert row.content == conversation_hash((a_turn("one"),))
