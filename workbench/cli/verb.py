"""What a verb of the command line is, and how its result reaches the terminal."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sized
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import workbench
from workbench.errors import InvalidInput
from workbench.jobs import Job

DEFAULT_WORKSPACE = "demo.workspace"
DONE, FAILED, WRONG_USE = 0, 1, 2
T = TypeVar("T")

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that steer a terminal, or change how a text is shown without being seen: those that the screen shows, too.

Line breaks and tabs are none; the joiner of emoji (U+200D) is left alone.
"""


class Command(Protocol):
    """A verb: built in, or found through the entry-point group ``workbench.commands``."""

    @property
    def name(self) -> str:
        """The word a person types."""

    @property
    def help(self) -> str:
        """One line for ``workbench --help``."""

    def configure(self, parser: ArgumentParser) -> None:
        """Add the verb's own arguments."""

    def run(self, arguments: Namespace) -> int:
        """Do it; returns the exit code. Raises `WorkbenchError` with what to do."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A built-in verb. `work` gets the open workspace and the arguments, and returns an exit code or None for done."""

    name: str
    help: str
    work: Callable[[workbench.Workspace, Namespace], int | None]
    arguments: Callable[[ArgumentParser], object] = lambda parser: None
    creates: bool = False
    """Whether it makes a workspace where there is none; a mistyped name must not become an empty one."""

    def configure(self, parser: ArgumentParser) -> None:
        """Add the verb's arguments and those that all built-in verbs share."""
        self.arguments(parser)
        shared_arguments(parser)

    def run(self, arguments: Namespace) -> int:
        """Open the workspace and do the work."""
        with workbench.open(folder(arguments.workspace, new=self.creates), author=arguments.author) as ws:
            return self.work(ws, arguments) or DONE


@dataclass(frozen=True, slots=True)
class Plain:
    """A built-in verb that needs no workspace."""

    name: str
    help: str
    configure: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def shared_arguments(parser: ArgumentParser) -> None:
    """What every verb about conversations takes."""
    parser.add_argument("-w", "--workspace", help=f"its folder (WORKBENCH_WORKSPACE, else {DEFAULT_WORKSPACE})")
    parser.add_argument("--author", help="your name on tags and edits (WORKBENCH_AUTHOR, else your login)")
    parser.add_argument("--json", action="store_true", help="print JSON, one value a line")


def folder(explicit: str | None, *, new: bool = False) -> Path:
    """The workspace meant: named, in WORKBENCH_WORKSPACE, or the demo workspace here. Raises `InvalidInput`."""
    named = explicit or os.environ.get("WORKBENCH_WORKSPACE")
    path = Path(named or DEFAULT_WORKSPACE)
    if not path.exists() and not (new and named):
        what = f"no workspace at {path}" if named else f"no workspace named and no {DEFAULT_WORKSPACE} here"
        raise InvalidInput(what, hint="say which with -w FOLDER; `workbench collect FILE -w FOLDER` makes a new one")
    return path


def say(line: str, *, now: bool = False) -> None:
    """Print a line, with what could steer the terminal made visible; `now` also through a pipe."""
    print(visible(line), flush=now)


def say_json(value: Any) -> None:
    """Print a value as one line of JSON."""
    say(json.dumps(plain(value), ensure_ascii=False))


def tell(arguments: Namespace, value: Any, lines: Iterable[str]) -> None:
    """Print `value` as JSON when asked to, else the `lines`."""
    if arguments.json:
        say_json(value)
        return
    for line in lines:
        say(line)


def tell_none(arguments: Namespace, found: Sized, line: str) -> None:
    """Say what to do where nothing was found; as JSON there is a line for each thing, and so none."""
    if not found and not arguments.json:
        say(line)


def attend(job: Job[T]) -> T:
    """Wait for a job, with its progress on a terminal; Ctrl-C stops it at its next safe place."""
    shown = sys.stderr.isatty()
    try:
        while job.state == "running":
            if shown:
                progress = job.progress
                sys.stderr.write(f"\r{progress.done}/{progress.total or '?'} {one_line(progress.message, 40):<40}")
                sys.stderr.flush()
            time.sleep(0.05)
    except KeyboardInterrupt:
        job.cancel()
    finally:
        if shown:
            sys.stderr.write("\r\033[K")
    return job.wait()


def plain(value: Any) -> Any:
    """A result object as JSON-ready data, every field kept, also zeros and blanks."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def visible(text: str) -> str:
    """A text with its hidden characters written as JSON escapes them, so that they steer nothing."""
    return _HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], text)


def one_line(text: str, width: int = 80) -> str:
    """A text shortened to one line of the terminal, without control characters that could steer it."""
    clean = "".join(char if char.isprintable() else " " for char in text[: 4 * width])
    line = " ".join(clean.split())
    return line if len(line) <= width else line[: width - 1] + "…"


def in_words(state: str) -> str:
    """The state of a row of a run as people read it."""
    return {"in_doubt": "maybe charged"}.get(state, state)
