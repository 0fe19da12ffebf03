"""What a textbook uses works within the limits: every module of the list, classes, formats, exceptions."""

from __future__ import annotations

import sys

import pytest

from workbench.sandbox import MODULES, run_tests

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")

SOLUTION = """
from collections import Counter, defaultdict, deque, namedtuple
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

@dataclass(order=True)
class Point:
    x: int
    y: list = field(default_factory=list)

class Colour(Enum):
    RED = 1

class Pair(NamedTuple):
    a: int

Other = namedtuple("Other", "a b")

class Odd(ValueError):
    pass

class Account:
    def __init__(self):
        self._balance = 0

    def pay(self, amount):
        if amount < 0:
            raise Odd("negative")
        self._balance += amount
        return self._balance

@lru_cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def squares():
    yield from (n * n for n in range(3))
"""
TESTS = r"""
assert Point(1) < Point(2) and Colour.RED.value == 1 and Pair(1).a == 1 and Other(1, 2).b == 2
assert fib(30) == 832040 and list(squares()) == [0, 1, 4] and Account().pay(3) == 3
assert datetime.datetime.strptime("2024-01-02", "%Y-%m-%d").day == 2 and f"{datetime.date(2024, 1, 2):%d}" == "02"
assert json.loads(json.dumps({"a": [1, 2.5]}))["a"][1] == 2.5
assert re.sub(r"(\w+)", r"<\1>", "a b") == "<a> <b>"
assert str(decimal.Decimal("0.1") + 1) == "1.1" and fractions.Fraction(1, 3) + 1 == fractions.Fraction(4, 3)
assert random.randint(1, 6) in range(1, 7) and statistics.stdev([1, 2, 3]) == 1
assert "é".encode("latin-1") == b"\xe9" and unicodedata.name("é") and "%s" % 1 == "1" and len(str(2**5000)) > 1000
assert list(itertools.permutations([1, 2])) and heapq.nsmallest(1, [3, 1]) == [1] and bisect.bisect([1, 2], 1) == 1
assert copy.deepcopy([[1]]) == [[1]] and isinstance([], collections.abc.Sequence) and operator.add(1, 2) == 3
assert math.isclose(math.pi, cmath.pi) and issubclass(int, numbers.Number) and textwrap.fill("a b c", 3)
try:
    Account().pay(-1)
    assert False
except Odd as e:
    assert str(e) == "negative"
"""


def test_everything_a_textbook_uses_works():
    imports = "\n".join(f"import {name}" for name in sorted(MODULES))
    outcome = run_tests(f"{imports}\n{SOLUTION}", TESTS)
    assert (outcome.state, outcome.passed) == ("passed", 11), outcome


@pytest.mark.parametrize("name", sorted(MODULES))
def test_each_module_can_be_imported_alone(name):
    outcome = run_tests(f"import {name}", f"assert {name}")
    assert outcome.state == "passed", outcome


def test_what_helps_the_interpreter_is_empty_for_code():
    outcome = run_tests("import datetime\ntime = datetime.datetime.strptime('1', '%d').day", "assert time == 1")
    assert outcome.state == "passed"
    hidden = "import datetime\nimport time\n"
    assert run_tests(hidden, "assert True").state == "refused"
