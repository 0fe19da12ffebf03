"""Exercises that a named test set holds already, under other names or in the same words, are put aside."""

from __future__ import annotations

import json
import sys

import pytest

import workbench as wb
from tests.generate.test_code_exercise import SOLUTION, reply
from workbench.errors import InvalidInput
from workbench.llm import ScriptedModel

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")

CLOCK = {  # in the shape of one set: the task is the head of the program
    "prompt": 'def face(moment: int) -> str:\n    """What a watch shows after so many ticks."""\n',
    "canonical_solution": "    whole, left = divmod(moment, 60)\n"
    '    return f"{whole // 60}:{whole % 60:02d}:{left:02d}"\n',
    "test": "def check(candidate):\n    assert candidate(5) == '0:00:05'\n",
}
BILL = {  # and of another: the task is a sentence, the tests are a list
    "text": "Write a function that splits a bill between friends so that no cent is lost and the first pay more.",
    "code": "def split(cents, friends):\n    each, left = divmod(cents, friends)\n"
    "    return [each + (place < left) for place in range(friends)]",
    "test_list": ["assert split(10, 3) == [4, 3, 3]"],
}
COUNT = '''def vowels(text):
    """How many vowels a text has."""
    found = 0
    for letter in text.lower():
        if letter in "aeiou":
            found += 1
    return found'''
OTHER = reply(COUNT, 'assert vowels("Banana") == 3\nassert vowels("") == 0\nassert vowels("xyz") == 0')
SAME_WORDS = json.dumps({**json.loads(OTHER), "exercise": f"Here it is. {BILL['text'].upper()}"})


@pytest.fixture
def named(ws, tmp_path):
    """The workspace with a test set; another one is written by `named(lines)`."""

    def name(lines):
        path = tmp_path / "tests.jsonl"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        ws.set_setting("test_sets", [str(path)])
        return path

    name([json.dumps(CLOCK), "", json.dumps(BILL)])
    return name


def made(ws, *answers):
    model = ScriptedModel(list(answers))
    run = ws.generate("code_exercise", params={"variants": len(answers)}, model=model).wait()
    drafts = sorted(ws.drafts(run.id), key=lambda draft: COUNT in draft.turns[3].content)
    return run, [[one for one in draft.gates if one.check == "known"] for draft in drafts], drafts


def test_a_program_of_the_test_set_under_other_names_is_put_aside(ws, named):
    run, found, drafts = made(ws, reply(), OTHER)
    assert "known" in run.gates
    assert [len(one) for one in found] == [1, 0]
    assert found[0][0].severity == "problem"
    assert found[0][0].message == "nearly the same as face of the test set tests.jsonl (100 % of it)"
    assert (found[0][0].turn, [draft.state for draft in drafts]) == ("t4", ["gated", "draft"])
    gates = {gate.gate: gate for gate in ws.run_yield(run.id).gates}
    assert (gates["known"].failed.drafts, gates["known"].passed.drafts) == (1, 1)
    assert "moment" not in str(drafts[0].meta) + str(drafts[0].params)


def test_thirteen_words_in_a_row_of_a_task_are_enough(ws, named):
    _, found, _ = made(ws, SAME_WORDS)
    assert [one.message for one in found[0]] == ["nearly the same as split of the test set tests.jsonl (100 % of it)"]


def test_without_a_test_set_nothing_is_said_to_have_passed(ws):
    run, found, drafts = made(ws, reply())
    assert "known" not in run.gates
    assert (found, drafts[0].state) == ([[]], "draft")


def test_other_recipes_are_left_alone(ws, named):
    assert "known" not in ws.generate("golden_grammar", params={"variants": 1}).wait().gates


def test_an_edit_is_looked_at_too(ws, named):
    _, _, (draft,) = made(ws, OTHER)
    text = draft.turns[3].content.replace(COUNT, SOLUTION).partition("Tests that it passes:")[0]
    tests = 'assert clock(0) == "0:00:00"\nassert clock(3661) == "1:01:01"\nassert clock(59) == "0:00:59"'
    turns = [
        *draft.turns[:3],
        wb.Turn("t4", "assistant", f"{text}\n\n```python\n{tests}\n```", extra=draft.turns[3].extra),
    ]
    (sample,) = ws.accept([draft.id], turns=turns)
    assert ("known", "problem") in [(one.check, one.severity) for one in sample.origin.gates]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([json.dumps(CLOCK), "{"], "line 2 of tests.jsonl is no JSON"),
        ([json.dumps({"prompt": "Sort a list."})], "line 1 of tests.jsonl has no Python code"),
        (["[1]"], "line 1 of tests.jsonl has no Python code"),
    ],
)
def test_a_test_set_that_cannot_be_read_is_told_before_anything_is_sent(ws, named, lines, said):
    named(lines)
    with pytest.raises(InvalidInput, match=said):
        made(ws, reply())
    assert ws.runs() == []


@pytest.mark.parametrize(
    ("value", "said"), [(["/none/x.jsonl"], "is not there"), (["x.jsonl"], "is not there"), ("x", "no list of files")]
)
def test_a_setting_that_names_no_file_is_told(ws, value, said):
    ws.set_setting("test_sets", value)
    with pytest.raises(InvalidInput, match=said):
        made(ws, reply())
