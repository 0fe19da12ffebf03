"""The other side: the process that runs code it does not trust. Started as a script; imports nothing of this package.

It reads a JSON request from its input, gives up everything it does not need, runs the code and then its tests, and
writes one JSON answer, with the secret of the request, to the file descriptor named by its argument. See `trial` for
what is guaranteed and by whom.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import json
import os
import platform
import resource
import signal
import sys
import types
from contextlib import suppress
from typing import Any

# Numbers of the system calls that are left, from the kernel's tables: memory, descriptors that are open already,
# clocks, randomness, the end. No open, socket, fork, clone, exec, kill, ptrace, setrlimit or ioctl.
CALLS = {
    # read write close fstat lseek mmap mprotect munmap brk rt_sig(action procmask return) writev sched_yield mremap
    # madvise nanosleep getpid exit gettimeofday sigaltstack gettid futex restart_syscall clock_(gettime getres
    # nanosleep) exit_group getrandom
    "x86_64": (
        0xC000003E,
        (
            *(0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 20, 24, 25, 28, 35, 39, 60, 96, 131, 186, 202, 219, 228, 229),
            *(230, 231, 318),
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 66, 124, 216, 233, 101, 172, 93, 169, 132, 178),
            *(98, 128, 113, 114, 115, 94, 278),
        ),
    ),
}
ALSO = {"collections": ("collections.abc",), "collections.abc": ("collections",)}
"""Modules that are reached through others."""

HELPERS = ("_pylong", "_strptime", "time", "warnings")
"""Modules that built-in functions load on first use, by the import function of whoever calls them. They are loaded
beforehand and found by the interpreter itself; code gets an empty module for them."""


def die_with(parent: int) -> None:
    """Ask the kernel to end this process when the one that started it ends, and see whether it did already."""
    import ctypes

    parent_death = 1
    if ctypes.CDLL(None).prctl(parent_death, signal.SIGKILL, 0, 0, 0) or os.getppid() != parent:
        os._exit(1)


def give_up(limits: dict[str, int]) -> None:
    """Set limits that cannot be raised again. Raises OSError or ValueError where that is not possible."""
    for name, most in (
        ("CPU", limits["cpu_seconds"]),
        ("AS", limits["memory_bytes"]),
        ("FSIZE", limits["file_bytes"]),
        ("NPROC", 0),
        ("CORE", 0),
        ("NOFILE", 64),
    ):
        kind = getattr(resource, f"RLIMIT_{name}")
        # One second more until it is killed: the first limit only ends it, so that the reason can be told.
        hard = most + 1 if name == "CPU" else most
        allowed = resource.getrlimit(kind)[1]
        hard = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
        resource.setrlimit(kind, (min(most, hard), hard))


def shut() -> None:
    """Ask the kernel to refuse every system call but the ones in `CALLS`, for ever. Raises OSError where it cannot.

    The filter is a program of the classic packet filter, see seccomp(2): wrong machine: end; a known call: allow;
    any other: "operation not permitted".
    """
    import ctypes
    import struct

    arch, calls = CALLS[platform.machine()]
    load, equal, done = 0x20, 0x15, 0x06
    lines = [(load, 0, 0, 4), (equal, 1, 0, arch), (done, 0, 0, 0x80000000), (load, 0, 0, 0)]
    lines += [(equal, len(calls) - place, 0, number) for place, number in enumerate(calls)]
    lines += [(done, 0, 0, 0x00050001), (done, 0, 0, 0x7FFF0000)]
    program = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(lines), ctypes.addressof(program)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    no_new_privileges, filtered = 38, 22
    if prctl(no_new_privileges, 1, 0, 0, 0) or prctl(filtered, 2, head, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel takes no filter")


def watch(events: dict[str, str], tried: list[str]) -> None:
    """Refuse and note what the kernel would refuse too, so that it can be told in words. A hook cannot be removed.

    `events` are beginnings of audit events with the kind of attempt they are; the longest that fits decides.
    """

    def hook(event: str, args: Any) -> None:
        fitting = [start for start in events if event == start or (start[-1] == "." and event.startswith(start))]
        if fitting:
            kind = events[max(fitting, key=len)]
            if kind not in tried:
                tried.append(kind)
            raise PermissionError(f"not allowed here: {event}")

    sys.addaudithook(hook)


def namespace(modules: list[str], public: list[str], *, bare: bool) -> dict[str, Any]:
    """What code starts with: the `public` builtins, and of each module only what is public. With `bare`, everything."""
    # Some of the standard library looks up the module that a class says it is from.
    module = sys.modules["exercise"] = types.ModuleType("exercise")
    wanted = {*modules, *(other for name in modules for other in ALSO.get(name, ()))}
    loaded = {name: importlib.import_module(name) for name in sorted(wanted)}
    for name in HELPERS:
        with suppress(ImportError):
            importlib.import_module(name)
    if "random" in loaded:
        loaded["random"].seed(0)
    if bare:
        return module.__dict__
    faces = {name: _face(module) for name, module in loaded.items()}
    for name, face in faces.items():
        parent, _, child = name.rpartition(".")
        if parent in faces:
            setattr(faces[parent], child, face)

    def take(name: str, globals: Any = None, locals: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if name in HELPERS:
            return types.ModuleType(name)
        if name not in faces or level:
            raise ImportError(f"no module {name} here")
        return faces[name] if fromlist else faces.get(name.partition(".")[0], faces[name])

    module.__dict__["__builtins__"] = {n: getattr(builtins, n) for n in public} | {"__import__": take}
    return module.__dict__


def _face(module: types.ModuleType) -> types.ModuleType:
    face = types.ModuleType(module.__name__)
    for name in dir(module):
        value = getattr(module, name)
        if not name.startswith("_") and not isinstance(value, types.ModuleType):
            setattr(face, name, value)
    return face


def run(solution: Any, tests: list[tuple[str, Any]], names: dict[str, Any]) -> dict[str, Any]:
    """Run the solution, then the tests one after the other; the first that fails ends it."""
    passed = 0
    where = ""
    try:
        exec(solution, names)
        for where, test in tests:
            exec(test, names)
            passed += where.startswith("assert")
        for name in [name for name in names if name.startswith("test_") and callable(names[name])]:
            where = f"{name}()"
            names[name]()
            passed += 1
    except BaseException as exc:  # whatever it is, it is the code's
        names.clear()
        kind = type(exc).__name__
        try:
            said = "" if isinstance(exc, MemoryError) else str(exc)[:200]
        except BaseException:
            said = ""
        return {"passed": passed, "where": where[:200], "error": kind, "said": said}
    return {"passed": passed, "where": "", "error": "", "said": ""}


def answered(request: dict[str, Any], tried: list[str]) -> dict[str, Any]:
    """Give up what is not needed and run the code of a request; what the code tried is noted in `tried`."""
    names = namespace(request["modules"], request["builtins"], bare=request["bare"])
    try:
        give_up(request["limits"])
        solution, tests = compile(request["solution"], "solution", "exec"), steps(request["tests"])
        shut()
    except (SyntaxError, RecursionError, MemoryError) as exc:
        return {"passed": 0, "where": "", "error": type(exc).__name__, "said": ""}
    except (OSError, ValueError, KeyError, AttributeError) as exc:
        return {"unable": f"{type(exc).__name__}: {exc}"}
    watch(request["events"], tried)
    return run(solution, tests, names)


def steps(source: str) -> list[tuple[str, Any]]:
    """The statements of the tests, one by one: their text and their code."""
    return [
        (ast.get_source_segment(source, node) or "", compile(ast.Module([node], []), "tests", "exec"))
        for node in ast.parse(source).body
    ]


def main() -> None:
    """One request, one answer, and the end."""
    request = json.load(sys.stdin)
    os.close(0)
    die_with(request["parent"])
    tried: list[str] = []
    answer = answered(request, tried)
    sys.stdout.flush()
    os.write(int(sys.argv[1]), json.dumps({**answer, "tried": tried, "secret": request["secret"]}).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
