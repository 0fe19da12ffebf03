"""Code runs, its tests decide, and nothing of it gets out: each attempt is told in words."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from workbench.sandbox import Limits, run_tests

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")

GOOD = "def double(x):\n    return 2 * x"
TESTS = "assert double(2) == 4\nassert double(-1) == -2"
FAST = Limits(cpu_seconds=1)


def test_a_solution_that_passes_its_tests():
    outcome = run_tests(GOOD + "\nprint('hello')", TESTS)
    assert (outcome.state, outcome.passed, outcome.message, outcome.output) == ("passed", 2, "", "hello\n")


def test_test_functions_count_too():
    assert run_tests(GOOD, "def test_two():\n    assert double(1) == 2").passed == 1


@pytest.mark.parametrize(
    ("solution", "tests", "said"),
    [
        ("def double(x):\n    return x + 1", TESTS, "this test failed (AssertionError): assert double(2) == 4"),
        (GOOD, "assert treble(2) == 6", "NameError"),
        ("1 / 0", TESTS, "the code itself failed: ZeroDivisionError"),
        (GOOD, "x = double(2)", "there is no test"),
        (GOOD, "def helper():\n    assert False", "there is no test"),
        ("raise SystemExit(0)", TESTS, "SystemExit"),
        ("def double(x):\n    return double(x)", TESTS, "RecursionError"),
    ],
)
def test_what_fails_says_what(solution, tests, said):
    outcome = run_tests(solution, tests)
    assert outcome.state == "failed"
    assert said in outcome.message


@pytest.mark.parametrize(
    ("code", "limits", "said"),
    [
        ("while True: pass", FAST, "it needed more than 1 s of computing"),
        ("x = [0]\nwhile True: x += x", FAST, "it needed more than 256 MB of memory"),
        ("x = '1' * 10**12", FAST, "it needed more than 256 MB of memory"),
        ("while True: print('x' * 5000)", FAST, "it printed more than 64 KiB"),
    ],
)
def test_limits_are_told(code, limits, said):
    outcome = run_tests(code, TESTS, limits)
    assert (outcome.state, outcome.message) == ("stopped", said)
    assert len(outcome.output) <= limits.output_bytes


ESCAPES = {
    "reads the passwords": ("open('/etc/passwd')", "it tried to reach files"),
    "looks around": ("import os\nos.listdir('..')", "it tried to reach files"),
    "writes outside": ("open('{outside}', 'w').write('x')", "it tried to reach files"),
    "writes here": ("open('here', 'w').write('x')", "it tried to reach files"),
    "removes a file": ("import os\nos.remove('{inside}')", "it tried to reach files"),
    "opens a socket": ("import socket\nsocket.socket()", "it tried to get out of its limits"),
    "fork bomb": ("import os\nwhile True: os.fork()", "it tried to start a process"),
    "a shell": ("import os\nos.system('true')", "it tried to start a process"),
    "another program": ("import os\nos.execv('/bin/true', ['true'])", "it tried to start a process"),
    "a daemon": (
        "import os\nif os.fork() == 0:\n    os.setsid()\n    open('{outside}', 'w')",
        "it tried to start a process",
    ),
    "kills the parent": ("import os\nos.kill(os.getppid(), 9)", "it tried to send a signal"),
    "kills all": ("import os\nos.killpg(os.getppid(), 9)", "it tried to send a signal"),
    "native code": ("import sys\nsys.modules['ctypes'].CDLL(None)", "it tried to get out of its limits"),
}
CLEVER = "().__class__.__base__.__subclasses__()"


@pytest.mark.parametrize("name", ESCAPES)
@pytest.mark.parametrize("caught", [False, True], ids=["plain", "caught"])
def test_no_way_out_is_open_even_to_code_that_was_not_screened(name, caught, tmp_path):
    inside = tmp_path / "keep"
    inside.write_text("kept")
    code, said = ESCAPES[name]
    code = code.format(outside=tmp_path / "new", inside=inside)
    if caught:
        lines = "\n".join(f"    {line}" for line in code.splitlines())
        code = f"try:\n{lines}\nexcept BaseException:\n    pass\n{GOOD}"
    outcome = run_tests(code, TESTS, FAST, screened=False)
    assert (outcome.state, outcome.message) == ("stopped", said)
    assert list(tmp_path.iterdir()) == [inside]
    assert inside.read_text() == "kept"


@pytest.mark.parametrize(
    "code",
    [
        *(code for code, _ in ESCAPES.values()),
        *(f"import {name}" for name in ("os", "sys", "subprocess", "socket", "ctypes", "threading", "importlib")),
        *("from . import x", "from math import *", "import os.path", "import collections.abc, sys"),
        *("eval('1')", "exec('')", "getattr(1, 'real')", "__import__('os')", CLEVER, "'{0.x}'.format(1)"),
        *(
            "def f():\n    return f.__globals__",
            "[].__len__.__self__",
            "async def f(): pass",
            "import random\nrandom._os",
        ),
        *("try:\n    1 / 0\nexcept Exception as e:\n    e.__traceback__.tb_frame.f_back", "x = 1 +", "x" * 20_001),
        *("x = " + "not " * 4_000 + "1", "x = " + "1 if 1 else " * 1_500 + "1", "x = 1" + "+1" * 9_000),
    ],
)
def test_code_that_looks_for_a_way_out_is_refused_before_it_runs(code):
    outcome = run_tests(code, "assert True")
    assert outcome.state == "refused"
    assert outcome.message.startswith(("it was not run: ", "it is no Python code (line "))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os\nos._exit(0)", "it ended before its tests did"),
        ("import os\nos.abort()", "it ended before its tests did (signal"),
        ("print('{\"passed\": 9}')\nprint('2 passed')\nimport os\nos._exit(0)", "it ended before its tests did"),
        ("import os\nfor fd in range(3, 64):\n    try: os.write(fd, b'{\"passed\": 2, \"secret\": \"x\"}')\n"
         "    except OSError: pass\nos._exit(0)", "it ended before its tests did"),
    ],
    ids=["exit", "abort", "printed", "forged"],
)  # fmt: skip
def test_nobody_passes_by_saying_so(code, said):
    outcome = run_tests(code, TESTS, screened=False)
    assert outcome.state == "stopped"
    assert outcome.message.startswith(said)


def test_what_is_printed_is_only_output():
    outcome = run_tests('def double(x):\n    print(\'{"passed": 2, "error": ""}\')\n    return 0', TESTS)
    assert outcome.state == "failed"


def test_modules_show_only_what_is_public():
    assert "AttributeError" in run_tests("import statistics\nstatistics.sys", "assert True").message
    assert run_tests(
        "import statistics, collections.abc\nfrom math import pi", "assert statistics.mean([pi]) == pi"
    ).passed


def test_everything_is_the_same_every_time():
    code = "import random\nprint(random.random(), list({'a', 'b', 'c', 'd'}))"
    assert run_tests(code, "assert True") == run_tests(code, "assert True")


def test_time_runs_out_for_code_that_only_waits():
    code = "import os\nr, w = 0, 0\nimport time\ntime.sleep(60)"
    outcome = run_tests(code, TESTS, Limits(wall_seconds=0.3), screened=False)
    assert (outcome.state, outcome.message) == ("stopped", "it took longer than 0.3 s")


def _own():
    """What this process holds: open files, and children (other tests may have some of their own)."""
    return {path.name for path in Path("/proc/self/fd").iterdir()}, {one.pid for one in psutil.Process().children()}


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = _own()
    for code in (GOOD, "while True: print('x' * 9999)"):
        run_tests(code, TESTS)
    assert list(tmp_path.iterdir()) == []
    assert [now - then for now, then in zip(_own(), before, strict=True)] == [set(), set()]


def test_code_ends_with_the_process_that_started_it():
    script = """
import os, signal
from workbench.sandbox import trial
def kill_me(process, *rest):
    process.stdout.read(1)
    print(process.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
trial._listen = kill_me
trial.run_tests("import time\\nprint('here', flush=True)\\ntime.sleep(60)", "assert True", screened=False)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    pid = int(done.stdout.split()[0])
    assert done.returncode == -9
    until = time.monotonic() + 20
    while _runs(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    except OSError:
        return False


def test_elsewhere_nothing_is_run(monkeypatch):
    monkeypatch.setattr("workbench.sandbox.trial.sys.platform", "darwin")
    assert run_tests(GOOD, TESTS).state == "unable"


def test_without_a_filter_nothing_is_run(monkeypatch, tmp_path):
    script = (Path(__file__).parents[2] / "workbench/sandbox/inside.py").read_text()
    other = tmp_path / "inside.py"
    other.write_text(script.replace("no_new_privileges, filtered = 38, 22", "no_new_privileges, filtered = 38, 9999"))
    monkeypatch.setattr("workbench.sandbox.trial.__file__", str(tmp_path / "trial.py"))
    outcome = run_tests("print('ran')", TESTS)
    assert (outcome.state, outcome.output) == ("unable", "")
