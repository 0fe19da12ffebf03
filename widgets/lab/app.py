"""`workbench app`: the same notebook as a page of its own, under Voila, without JupyterLab around it."""

from __future__ import annotations

import json
import os
import secrets
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from widgets.lab import command, jupyter
from widgets.lab.server_options import environment
from widgets.lab.shelf import HERE
from workbench import WorkbenchError

TEMPLATE = "workbench"


class AppCommand:
    """The command as `workbench.cli` finds it: through the entry-point group ``workbench.commands``."""

    name = "app"
    help = "open the application as a page of its own, without JupyterLab (Voila)"

    def configure(self, parser: ArgumentParser) -> None:
        """Add the command's arguments."""
        command.add_arguments(parser, port=8866)
        parser.add_argument("--dark", action="store_true", help="dark colours")

    def run(self, arguments: Namespace) -> int:
        """Prepare, start, wait for the end. Returns the exit code."""
        if find_spec("voila") is None:
            raise WorkbenchError("Voila is not installed", hint="pip install 'curation-workbench[app]'")
        folder = command.prepare(arguments)
        page = command.page_of(folder, arguments.notebook)
        with tempfile.TemporaryDirectory(prefix="workbench-app-") as runtime:
            server = _start(folder, page, arguments, Path(runtime))
            try:
                server.wait_until_ready()
                return command.attend(server, server.address(), browser=not arguments.no_browser)
            finally:
                server.stop()


COMMAND = AppCommand()


def settings(*, port: int, token: str, dark: bool = False) -> dict[str, dict[str, Any]]:
    """Voila's configuration: on this machine only, nothing shown but the page, no traceback to whoever looks."""
    return {
        "Voila": {"ip": jupyter.HOST, "port": port, "port_retries": 0, "open_browser": False, "token": token},
        "VoilaConfiguration": {
            "template": TEMPLATE,
            "theme": "dark" if dark else "light",
            "show_tracebacks": False,
            "file_denylist": [".*"],
        },
    }


def _start(folder: Path, page: str, arguments: Namespace, runtime: Path) -> jupyter.Server:
    port = command.port_for(arguments)
    token = arguments.token or secrets.token_urlsafe(24)
    config = runtime / "config"
    config.mkdir()
    # The token goes into a file of this start alone: a command line can be read by every user of the machine.
    (config / "voila.json").write_text(json.dumps(settings(port=port, token=token, dark=arguments.dark)), "utf-8")
    return jupyter.launch(
        "Voila",
        [sys.executable, "-m", "widgets.lab.app_server", str(folder / page)],
        env={**_environment(os.environ, runtime, token), **command.kernel_environment(folder, arguments)},
        folder=folder,
        port=port,
        token=token,
        log=runtime / "app.log",
        probe="/voila/static/voila.js",
    )


def _environment(inherited: Mapping[str, str], runtime: Path, token: str) -> dict[str, str]:
    return {
        **environment(inherited, home=runtime, runtime=runtime, token=token),
        "JUPYTER_CONFIG_DIR": str(runtime / "config"),
        "JUPYTER_PATH": str(HERE / "share"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(HERE.parents[1]), inherited.get("PYTHONPATH", "")])),
    }
