from __future__ import annotations

import pytest

from workbench.collect import BadRecord, Parsed, preview

CHAT = {"messages": [{"role": "user", "content": "Is the lab open?"}, {"role": "assistant", "content": "At seven."}]}
GPT = {"conversations": [{"from": "human", "value": "Is the lab open?"}, {"from": "gpt", "value": "At seven."}]}
ALPACA = {"instruction": "Translate", "input": "chat", "output": "cat"}


def said(parsed: Parsed) -> list[tuple[str, str]]:
    return [(turn.role, turn.content) for turn in parsed.turns]


def test_chat_messages_become_turns(write, read):
    (parsed,), problems = read(write("a.jsonl", [CHAT]))
    assert said(parsed) == [("user", "Is the lab open?"), ("assistant", "At seven.")]
    assert [turn.id for turn in parsed.turns] == ["t1", "t2"]
    assert problems == []


def test_unknown_fields_of_record_and_message_are_kept(write, read):
    record = {"id": 7, "domain": ["law"], "license": "CC0-1.0", "meta": {"a": [1]}, **CHAT}
    record["messages"] = [{"role": "user", "content": "x", "weight": 0}]
    (parsed,), _ = read(write("a.jsonl", [record]))
    assert parsed.record_id == "7"
    assert parsed.extra == {"domain": ["law"], "license": "CC0-1.0", "meta": {"a": [1]}}
    assert parsed.turns[0].extra == {"weight": 0}


def test_fields_that_only_share_a_name_stay_in_extra(write, read):
    (parsed,), _ = read(write("a.jsonl", [{**CHAT, "id": {"x": 1}, "language": 5, "title": None}]))
    assert parsed.extra == {"id": {"x": 1}, "language": 5, "title": None}


def test_tool_calls_new_and_legacy(write, read):
    new = {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
    messages = [
        {"role": "assistant", "content": None, "tool_calls": [new]},
        {"role": "tool", "content": "2", "tool_call_id": "c1"},
        {"role": "assistant", "content": None, "function_call": {"name": "g", "arguments": "{}"}},
        {"role": "function", "name": "g", "content": "3"},
    ]
    (parsed,), problems = read(write("a.jsonl", [{"messages": messages, "tools": [{"type": "function"}]}]))
    assert problems == []
    assert parsed.turns[0].tool_calls[0].arguments == '{"a": 1}'
    assert parsed.turns[1].tool_call_id == "c1"
    assert parsed.turns[2].tool_calls[0].name == "g"
    assert (parsed.turns[3].role, parsed.turns[3].extra) == ("tool", {"role": "function"})
    assert "tools" in parsed.extra


def test_content_parts_are_joined_and_what_is_no_text_is_kept(write, read):
    parts = [{"type": "text", "text": "Look"}, {"type": "image_url", "image_url": {"url": "x"}}]
    (parsed,), _ = read(write("a.jsonl", [{"messages": [{"role": "user", "content": parts}]}]))
    assert parsed.turns[0].content == "Look"
    assert parsed.turns[0].extra["content"] == parts


@pytest.mark.parametrize(
    ("message", "field", "found"),
    [
        ({"role": "wizard", "content": "x"}, "messages[1].role", "'wizard'"),
        ({"content": "x"}, "messages[1].role", "no value"),
        ({"role": "user", "content": 5}, "messages[1].content", "5"),
        ({"role": "user"}, "messages[1].content", "no value"),
        ("hello", "messages[1]", "'hello'"),
        ({"role": "assistant", "tool_calls": 3, "content": "x"}, "messages[1].tool_calls", "3"),
        ({"role": "user", "content": [3]}, "messages[1].content[0]", "3"),
    ],
)
def test_a_bad_message_is_told_by_its_path(write, read, message, field, found):
    bad = {"messages": [CHAT["messages"][0], message]}
    parsed, problems = read(write("a.jsonl", [CHAT, bad, CHAT]))
    assert len(parsed) == 2
    assert (problems[0].row, problems[0].line, problems[0].field, problems[0].found) == (2, 2, field, found)
    assert problems[0].hint


def test_what_we_say_is_not_in_quotation_marks_and_what_the_file_says_is(write, read):
    empty = {"messages": [{"role": "user", "content": " "}]}
    _, problems = read(write("a.jsonl", [CHAT, empty, {"messages": "no text in any turn"}]))
    assert [problem.found for problem in problems] == ["no text in any turn", "'no text in any turn'"]


def test_a_description_is_told_as_it_is_and_a_value_as_it_stands():
    assert str(BadRecord("log", "a b", "an object")) == "log: found 'a b' (an object)"
    assert str(BadRecord("log", words="an empty cell", hint="fill it")) == "log: found an empty cell (fill it)"
    assert BadRecord("log", None, "text").found == "no value"
    assert BadRecord("log", "", "text").found == "an empty text"


def test_sharegpt_with_system_and_function_call(write, read):
    turns = [
        {"from": "human", "value": "2+2?"},
        {"from": "function_call", "value": '{"name": "sum", "arguments": {"a": 2}}'},
        {"from": "observation", "value": "4"},
    ]
    (parsed,), problems = read(write("a.json", [{"conversations": turns, "system": "Be exact.", "tools": "[]"}]))
    assert problems == []
    assert [turn.role for turn in parsed.turns] == ["system", "user", "assistant", "tool"]
    assert parsed.turns[2].tool_calls[0].arguments == '{"a":2}'
    assert parsed.extra == {"tools": "[]"}


def test_a_broken_function_call_stays_as_text(write, read):
    (parsed,), _ = read(write("a.json", [{"conversations": [{"from": "function_call", "value": "sum(2"}]}]))
    assert said(parsed) == [("assistant", "sum(2")]


def test_alpaca_with_history_and_system(write, read):
    record = {**ALPACA, "system": "s", "history": [["q", "a"]]}
    (parsed,), _ = read(write("a.json", [record]))
    assert [text for _, text in said(parsed)] == ["s", "q", "a", "Translate\nchat", "cat"]
    assert parsed.turns[3].extra == {"instruction": "Translate", "input": "chat"}


def test_rejected_answer_is_a_branch_of_the_chosen_one(write, read):
    (chosen, rejected), _ = read(write("a.json", [{"prompt": "p", "chosen": "good", "rejected": "bad"}]))
    assert said(chosen)[-1] == ("assistant", "good")
    assert (rejected.branch_of, rejected.branch_at) == (chosen.id, "t2")


def test_prompt_and_completion(write, read):
    (parsed,), _ = read(write("a.jsonl", [{"prompt": "p", "completion": "c", "label": True}]))
    assert said(parsed) == [("user", "p"), ("assistant", "c")]
    assert parsed.extra == {"label": True}


def test_record_marked_synthetic_has_depth_one(write, read):
    (parsed,), _ = read(write("a.jsonl", [{**CHAT, "meta": {"synthetic": True}}]))
    assert (parsed.synthetic, parsed.depth) == (True, 1)


@pytest.mark.parametrize(
    ("record", "format"),
    [
        (CHAT, "openai-chat"),
        (GPT, "sharegpt"),
        (ALPACA, "alpaca"),
        ({"chosen": "a", "rejected": "b"}, "preference"),
        ({"question": "a", "answer": "b"}, "table"),
        ({"format": "workbench/1", "turns": [{"role": "user", "content": "x"}]}, "workbench"),
        ({"utterances": [{"speaker": "USER", "text": "x"}]}, "turn-list"),
        ({"log": [["agent", "Hi"], ["customer", "Hello"]]}, "turn-list"),
    ],
)
def test_format_is_guessed_by_structure(write, record, format):
    shown = preview(write("unnamed.data", [record]))
    assert shown.format == format
    assert shown.guesses[0].reason
    assert shown.samples
