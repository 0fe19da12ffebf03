"""Python exercises: what a model wrote is run, and only what holds gets through."""

from __future__ import annotations

import json
import random
import sys

import pytest

import workbench as wb
from workbench.errors import GenerateError, InvalidInput
from workbench.evaluate.base import Context
from workbench.evaluate.code import measure_code
from workbench.generate import RECIPES, Blank, look_at, read_params, speaks_against
from workbench.generate.stubs import stub_of
from workbench.llm import ScriptedModel
from workbench.model import Sample, Written

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")

RECIPE = RECIPES.get("code_exercise")
PARENTLESS = Sample("", (), Written(""), "")
SOLUTION = '''def clock(seconds: int) -> str:
    """Seconds as hours:minutes:seconds."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"'''
TESTS = 'assert clock(0) == "0:00:00"\nassert clock(3661) == "1:01:01"\nassert clock(59) == "0:00:59"'
WORDS = {
    "en": ("Write a function that shows seconds as a clock does.", "Divide by sixty twice and keep what is left over."),
    "fr": ("Écrivez une fonction qui montre les secondes comme une horloge.", "Divisez deux fois par soixante."),
    "zh": ("请写一个函数，把秒数像时钟那样显示出来。", "先除以六十两次，再保留余下的部分，注意补零。"),
}  # fmt: skip


def reply(solution=SOLUTION, tests=TESTS, language="en", **more):
    exercise, explanation = WORDS[language]
    return json.dumps({"exercise": exercise, "explanation": explanation, "solution": solution, "tests": tests, **more})


def written(answer, number=0, **params):
    model = ScriptedModel([answer])
    (one,) = RECIPE.make(Blank(number, 10, 3), read_params(RECIPE, params), model, random.Random(1))
    return one, look_at(RECIPE, PARENTLESS, one), model


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_an_exercise_that_holds(language):
    one, findings, _ = written(reply(language=language), language=language)
    assert [(found.check, found.severity) for found in findings] == [("code", "info")]
    assert findings[0].message.startswith("tests passed: 3; changes they notice: ")
    task, worked = one.turns[1].content, one.turns[3].content
    assert task.startswith(WORDS[language][0])
    assert '"""Seconds as hours:minutes:seconds."""' in task
    assert "divmod" not in task
    assert SOLUTION in worked
    assert TESTS in worked
    assert [turn.role for turn in one.turns] == ["user", "assistant"] * 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (reply(SOLUTION.replace("60)", "61)", 1)), "this test failed (AssertionError)"),
        (reply(tests="assert clock"), "its tests pass whatever is changed"),
        (reply(tests="shown = clock(1)"), "there is no test"),
        (reply("import os\n" + SOLUTION), "line 1 imports os"),
        (reply(SOLUTION, "open('/etc/passwd')\n" + TESTS), "line 1 uses open"),
        (reply(SOLUTION + "\nwhile len(clock(1)):\n    pass"), "s of computing"),
        (reply(SOLUTION + '\ntext = """\n```\n"""'), "it is no Python code"),
    ],
    ids=["wrong", "vacuous", "no tests", "imports", "opens", "endless", "breaks out of its block"],
)
def test_what_does_not_hold_is_put_aside_with_the_reason(answer, said):
    _, findings, _ = written(answer)
    assert speaks_against(findings)
    assert any(said in found.message for found in findings if found.severity == "problem")


@pytest.mark.parametrize("fence", ["```python\n{}\n```", "```py\n{}```", "```\n{}\n```"])
def test_a_fence_around_code_is_taken_off(fence):
    one, findings, _ = written(reply(fence.format(SOLUTION), fence.format(TESTS)))
    assert one.turns[3].content.count("```") == 4
    assert not speaks_against(findings)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Sure!", "valid JSON"),
        (reply(more="x"), "another shape"),
        (reply("def f(:\n    pass"), "no Python code"),
        (reply("def f(x=" + "1 if 1 else " * 1_500 + "1):\n    return x"), "no Python code"),
        (reply("x = 1 + 1"), "no function and no class"),
    ],
)
def test_a_reply_that_cannot_be_used_keeps_its_raw_text(answer, said):
    with pytest.raises(GenerateError, match=said) as caught:
        written(answer)
    assert caught.value.raw == answer


def test_topics_come_in_turn_and_then_readers():
    params = {"topics": "sums\n\nlists", "audiences": "a child\na nurse"}
    seen = []
    for number in range(5):
        one, _, model = written(reply(), number, **params)
        exercise = one.turns[3].extra["exercise"]
        assert exercise["audience"] in model.history[0].messages[0].content
        assert exercise["topic"] in model.history[0].messages[1].content
        seen.append((exercise["topic"], exercise["audience"]))
    assert seen == [("sums", "a child"), ("lists", "a child"), ("sums", "a nurse"), ("lists", "a nurse"), seen[0]]


def test_without_a_topic_it_says_so():
    with pytest.raises(InvalidInput, match="no topic"):
        written(reply(), topics=" \n")


def test_a_class_is_shown_without_what_its_methods_do():
    stub = stub_of(
        "import math\nclass Box:\n    'A box.'\n    def __init__(self, side):\n        self.side = side\nBox(1)"
    )
    assert stub == 'import math\n\nclass Box:\n    """A box."""\n\n    def __init__(self, side):\n        ...'


def test_a_run_keeps_what_holds_and_a_broken_edit_is_found(tmp_path):
    wrong = reply(SOLUTION.replace("60)", "61)", 1))
    with wb.open(tmp_path / "w.workspace", author="ana") as ws:
        run = ws.generate("code_exercise", params={"variants": 2}, model=ScriptedModel([reply(), wrong])).wait()
        assert run.counts == {"drafted": 1, "gated": 1}
        good = [draft for draft in ws.drafts(run.id) if not speaks_against(draft.gates)]
        (sample,) = ws.accept([draft.id for draft in good])
        assert list(measure_code(sample, Context())) == []
        broken = sample.turns[3].content.replace("divmod(seconds, 60)", "divmod(seconds, 61)")
        edited = ws.edit(sample.id, turn="t4", text=broken, base_revision=1)
        assert [found.check for found in measure_code(edited, Context())] == ["code"]
