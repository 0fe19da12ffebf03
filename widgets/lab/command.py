"""`workbench lab`: prepare a workspace and open the application on it."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import tempfile
import webbrowser
from argparse import ArgumentParser, Namespace
from pathlib import Path
from types import FrameType

import workbench
from widgets.lab import demo, jupyter, shelf
from widgets.lab.server_options import PAGE
from workbench import WorkbenchError
from workbench.errors import InvalidInput

DEFAULT_WORKSPACE = "demo.workspace"


class LabCommand:
    """The command as `workbench.cli` finds it: through the entry-point group ``workbench.commands``."""

    name = "lab"
    help = "open the application in JupyterLab"

    def configure(self, parser: ArgumentParser) -> None:
        """Add the command's arguments."""
        add_arguments(parser, port=8888)

    def run(self, arguments: Namespace) -> int:
        """Prepare, start, wait for the end. Returns the exit code."""
        if jupyter.installed() is None:
            raise WorkbenchError("JupyterLab is not installed", hint="pip install 'curation-workbench[lab]'")
        folder = prepare(arguments)
        page = page_of(folder, arguments.notebook)
        with tempfile.TemporaryDirectory(prefix="workbench-lab-") as runtime:
            server = _start(folder, page, arguments, Path(runtime))
            try:
                server.wait_until_ready()
                return attend(server, server.address(f"doc/tree/{page}"), browser=not arguments.no_browser)
            finally:
                server.stop()


COMMAND = LabCommand()


def add_arguments(parser: ArgumentParser, *, port: int) -> None:
    """The arguments of every command that opens the application."""
    here = os.environ.get("WORKBENCH_WORKSPACE", DEFAULT_WORKSPACE)
    parser.add_argument("workspace", nargs="?", default=here, help=f"folder; created when missing (default {here})")
    parser.add_argument("--notebook", default="workbench", metavar="NAME", help="the notebook to open first")
    parser.add_argument("--sample-data", action="store_true", help="fill a new workspace with the sample data")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    parser.add_argument("--port", type=int, default=port, help=f"first port to try (default {port})")
    parser.add_argument("--token", help="what a browser must present (default: a new random one)")
    parser.add_argument("--no-tour", action="store_true", help="do not begin the guided start by itself")
    parser.add_argument("--author", help="your name on tags and edits (default: WORKBENCH_AUTHOR or your login)")


def prepare(arguments: Namespace) -> Path:
    """Create or check the workspace, bring in sample data when asked, lay out the notebooks. Returns its folder."""
    folder = Path(arguments.workspace).expanduser().resolve()
    new = not (folder / "workbench.db").exists()
    with workbench.open(folder, author=arguments.author) as ws:
        if new:
            say(f"New workspace: {folder}")
        if arguments.sample_data and demo.wants_samples(ws, new=new):
            demo.bring_samples(ws, say)
    for name in shelf.put_notebooks(folder):
        say(f"Kept as you changed it: {shelf.FOLDER}/{name} (opens without starting by itself)")
    return folder


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)


def port_for(arguments: Namespace) -> int:
    """The first free port from the wanted one on; says so when it is another."""
    port = jupyter.free_port(arguments.port)
    if port != arguments.port:
        say(f"Port {arguments.port} is taken; using {port}")
    return port


def kernel_environment(folder: Path, arguments: Namespace) -> dict[str, str]:
    """What the notebooks' kernels find in their environment."""
    named = {"WORKBENCH_AUTHOR": arguments.author} if arguments.author else {}
    return {"WORKBENCH_WORKSPACE": str(folder), **named, **({"WORKBENCH_NO_TOUR": "1"} if arguments.no_tour else {})}


def _start(folder: Path, page: str, arguments: Namespace, runtime: Path) -> jupyter.Server:
    port = port_for(arguments)
    added = {**kernel_environment(folder, arguments), PAGE: page}
    token = arguments.token or secrets.token_urlsafe(24)
    return jupyter.start(folder, port=port, token=token, home=_home(runtime), runtime=runtime, added=added)


def attend(server: jupyter.Server, address: str, *, browser: bool) -> int:
    """Show the way in and stay until Ctrl-C, a polite kill, or the server's own end."""
    previous = signal.signal(signal.SIGTERM, _as_interrupt)
    try:  # from the first word on: whoever reads the address may stop it at once
        shown = browser and _has_display() and webbrowser.open(address)
        say(f"The workbench is {'open in your browser' if shown else 'ready'}: {address}")
        say("Stop it with Ctrl-C; everything you decided is saved already.")
        code = server.process.wait()
    except KeyboardInterrupt:
        say("\nStopping ...")
        return 0
    finally:
        signal.signal(signal.SIGTERM, previous)
    if code:
        raise WorkbenchError(f"{server.name} ended with code {code}", hint=f"its log is {server.log}")
    return 0


def _as_interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def page_of(folder: Path, name: str) -> str:
    """The path of a notebook given by name ("workbench", "10_collect", "mine.ipynb")."""
    path = f"{shelf.FOLDER}/{name.removesuffix('.ipynb')}.ipynb"
    if not (folder / path).is_file():
        known = ", ".join(sorted(page.stem for page in (folder / shelf.FOLDER).glob("*.ipynb")))
        raise InvalidInput(f"no notebook {name!r} in {folder / shelf.FOLDER}", hint=f"there are: {known}")
    return path


def _home(runtime: Path) -> Path:
    """Where JupyterLab keeps what outlives a start; this start's own folder where the person has no writable home."""
    from platformdirs import user_data_path

    home = user_data_path("curation-workbench") / "lab"
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError:
        return runtime
    return home if os.access(home, os.W_OK) else runtime


def _has_display() -> bool:
    return sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
