"""Reads the command line, runs the verb, and turns every outcome into an exit code and at most one line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import NoReturn

from workbench.cli.verb import DONE, FAILED, WRONG_USE, Command, visible
from workbench.cli.wording import at_a_terminal
from workbench.errors import InvalidInput, QueryError, UnknownName, WorkbenchError
from workbench.version import __version__


class _Parser(argparse.ArgumentParser):
    """argparse, but a mistake is told in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"{self.prog}: {message} (see {self.prog} --help)\n")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """A word that is no verb is told with the nearest one, not with all forty."""
        if action.dest == "verb" and action.choices is not None and value not in action.choices:
            self.error(UnknownName.among("verb", str(value), action.choices).message)
        super()._check_value(action, value)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns 0 done, 1 the work failed, 2 wrong use."""
    parser, commands = build_parser()
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["bench"]:  # it has a parser of its own: its options are not this one's
        words.insert(1, "--")
    arguments = parser.parse_args(words)
    try:
        return commands[arguments.verb].run(arguments)
    except WorkbenchError as exc:
        return _fail(arguments.verb, line_of(exc), WRONG_USE if isinstance(exc, InvalidInput | UnknownName) else FAILED)
    except KeyboardInterrupt:
        return _fail(arguments.verb, "stopped on request (what was finished before is kept)", FAILED)
    except BrokenPipeError:  # the reader of our output has seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as exc:
        if os.environ.get("WORKBENCH_DEBUG"):
            raise
        hint = "a fault of the workbench: WORKBENCH_DEBUG=1 shows where; please report it"
        return _fail(arguments.verb, f"{type(exc).__name__}: {exc} ({hint})", FAILED)


def build_parser() -> tuple[argparse.ArgumentParser, dict[str, Command]]:
    """The parser, and the verb behind each of its words."""
    parser = _Parser(prog="workbench", description="Browse, tag, generate, check and release conversation datasets.")
    parser.add_argument("--version", action="version", version=f"workbench {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=_Parser)
    commands = {command.name: command for command in _commands()}
    for command in commands.values():
        command.configure(verbs.add_parser(command.name, help=command.help, description=command.help))
    return parser, commands


def line_of(error: WorkbenchError) -> str:
    """An error in one line: what is wrong, where, what to do."""
    where = f" at character {error.start + 1} of {error.query!r}" if isinstance(error, QueryError) else ""
    hint = f" ({at_a_terminal(error.hint)})" if error.hint else ""
    return " ".join(f"{error.message}{where}{hint}".split())


def _commands() -> list[Command]:
    from workbench.cli import (
        approving,
        asking,
        connecting,
        data,
        giving,
        judging,
        keeping,
        listing,
        machine,
        making,
        ordering,
        repeating,
    )

    plugins = [point.load() for point in entry_points(group="workbench.commands")]
    rooms = (data, keeping, making, asking, judging, ordering, repeating, approving, giving, listing, connecting)
    return [*plugins, *(verb for module in rooms for verb in module.VERBS), *machine.VERBS]


def _fail(verb: str, line: str, code: int) -> int:
    sys.stdout.flush()
    print(visible(f"workbench {verb}: {line}"), file=sys.stderr)
    return code
