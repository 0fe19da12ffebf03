"""Spreadsheets and Parquet files are read by a child process with limits, so that a bomb kills only the child.

The parent starts ``python -m workbench.collect.child KIND PATH OPTIONS``; the child lowers its own limits and
writes one JSON line per record: ``[row, value]``, or ``{"error", "hint"}`` when it gives up.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import orjson

from workbench.collect.base import Problem, Record
from workbench.collect.limits import LIMITS
from workbench.collect.streams import CHUNK
from workbench.errors import CollectError

_CHANGE = "change or remove this row"
_ROOT = Path(__file__).resolve().parents[2]


def records_from_child(kind: str, path: Path, options: Mapping[str, Any]) -> Iterator[Record | Problem]:
    """The records of a file, read in a child process that is stopped when this generator is.

    Args:
        kind: "xlsx", "parquet" or "arrow".
        path: the file.
        options: `sheet` and `columns` are understood.

    Raises:
        CollectError: when the child gives up, dies of a limit or falls silent.
    """
    chosen = {key: options[key] for key in ("sheet", "columns") if options.get(key)}
    with started(__name__, kind, str(path), orjson.dumps(chosen).decode()) as child:
        try:
            assert child.stdout is not None
            for line in _lines(child.stdout, path.name):
                yield _received(orjson.loads(line))
            check_end(child, path.name)
        finally:
            child.kill()


def started(module: str, *arguments: str, stdin: bool = False) -> subprocess.Popen[bytes]:
    """A module of the workbench running as a process of its own, with pipes; `stdin` when it is sent something."""
    paths = os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])
    # Arrow's own allocators reserve address space by the gigabyte, which the memory limit counts.
    environment = {**os.environ, "PYTHONPATH": paths, "ARROW_DEFAULT_MEMORY_POOL": "system"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def _lines(stream: IO[bytes], name: str) -> Iterator[bytes]:
    rest = b""
    while True:
        ready, _, _ = select.select([stream], [], [], LIMITS.child_silence)
        if not ready:
            raise CollectError(f"{name}: nothing could be read for {LIMITS.child_silence} s", hint="is it damaged?")
        data = os.read(stream.fileno(), CHUNK)
        if not data:
            return
        *whole, rest = (rest + data).split(b"\n")
        yield from whole


def _received(message: Any) -> Record | Problem:
    if isinstance(message, dict):
        raise CollectError(message["error"], hint=message["hint"])
    row, value = message
    if isinstance(value, str):
        return Problem(row, None, "", value, _CHANGE)
    return Record(row, value)


def check_end(child: subprocess.Popen[bytes], name: str) -> None:
    """Wait for a child that has said everything; raises `CollectError` when it did not end well."""
    assert child.stderr is not None
    said = child.stderr.read().decode("utf-8", "replace").strip()
    code = child.wait()
    if code == 0:
        return
    if code < 0 or "MemoryError" in said:
        raise CollectError(f"{name} needs more memory or time than one import may use", hint="split it into parts")
    hint = "open it in its own program and save it again"
    if not said:
        raise CollectError(f"{name} cannot be read: its reader stopped with code {code}", hint=hint)
    raise CollectError(f"{name} cannot be read: {said.splitlines()[-1]}", hint=hint)


def _limit(extra_memory: int, seconds: int) -> None:
    """Lower this process's own limits: memory beyond what it has now, and processor time."""
    try:
        import resource
    except ImportError:  # not a POSIX system: the parent's watch on silence is the only limit there
        return
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
    if pages:
        memory = pages * resource.getpagesize() + extra_memory
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main(arguments: list[str]) -> int:
    """The child: read the file and write its records to the standard output; returns the exit code."""
    from workbench.collect import columnar, workbook

    kind, path, options = arguments[0], Path(arguments[1]), orjson.loads(arguments[2])
    reader: Any = workbook if kind == "xlsx" else columnar
    reader.load()
    _limit(LIMITS.child_memory, LIMITS.child_cpu)
    out = sys.stdout.buffer
    try:
        for row, value in reader.rows(path, options):
            out.write(_message(row, value) + b"\n")
    except CollectError as exc:
        out.write(orjson.dumps({"error": exc.message, "hint": exc.hint}) + b"\n")
    out.flush()
    return 0


def _message(row: int, value: Any) -> bytes:
    if isinstance(value, Problem):
        return orjson.dumps([row, value.found])
    try:
        data = orjson.dumps([row, value], default=_as_text, option=orjson.OPT_NON_STR_KEYS)
    except (TypeError, ValueError):
        return _message(row, Problem(row, None, "", "a value that JSON cannot hold", _CHANGE))
    if len(data) <= LIMITS.record:
        return data
    return _message(row, Problem(row, None, "", f"a record of {len(data)} bytes", _CHANGE))


def _as_text(value: Any) -> str:
    """Values JSON has no word for: bytes as hexadecimal digits, the rest as Python writes it."""
    return value.hex() if isinstance(value, (bytes, bytearray)) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
