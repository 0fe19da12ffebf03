"""The verb that lists, connects, tries and removes models. A key is never given, only the place it is read from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from workbench.cli.making import param_of
from workbench.cli.verb import Verb, one_line, tell
from workbench.cli.wording import at_a_terminal
from workbench.errors import InvalidInput

if TYPE_CHECKING:
    from workbench.workspace import Workspace


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", help='its short name; "main" is the workspace\'s own; none: list all')
    parser.add_argument(
        "-s", "--set", action="append", default=[], metavar="SETTING=VALUE", help="connect it: base_url=..., model=..."
    )
    parser.add_argument("--remove", action="store_true", help="forget it; what it wrote stays")
    parser.add_argument("--test", action="store_true", help="ask it three short questions, as runs do")


def _model(ws: Workspace, arguments: Namespace) -> None:
    name = arguments.name
    if name is None:
        if arguments.set or arguments.remove or arguments.test:
            raise InvalidInput("say which model", hint="for example: workbench model large --test")
        for known in ws.models():
            _told(ws, arguments, known)
        return
    if arguments.remove and (arguments.set or arguments.test):
        raise InvalidInput("a model is removed or connected, not both", hint="leave --remove or the others out")
    if arguments.remove:
        ws.remove_model(name)
        tell(arguments, {"removed": name}, [f"{name} removed; what it wrote stays"])
        return
    if arguments.set:
        ws.set_model(dict(param_of(text, "-s model=qwen3:8b") for text in arguments.set), name)
    _told(ws, arguments, name)
    if arguments.test:
        reply = ws.try_model(name)
        tell(arguments, {"model": reply.model, "text": reply.text}, [f"{reply.model} answered: {one_line(reply.text)}"])


def _told(ws: Workspace, arguments: Namespace, name: str) -> None:
    settings = ws.model_settings(name)
    tell(arguments, {"name": name, "settings": settings}, [f"{name:<16} {at_a_terminal(ws.model_label(name))}"])


VERBS = (Verb("model", "list, connect, try or remove the models of a workspace", _model, _arguments),)
