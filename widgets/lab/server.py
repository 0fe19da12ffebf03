"""The part of the workbench inside the Jupyter server: tells the page which notebooks may start by themselves.

Only `workbench lab` loads it, by naming it on the server's command line; an ordinary JupyterLab never does.
"""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.base.handlers import JupyterHandler, RedirectWithParams
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop, PeriodicCallback

from widgets.lab import ahead
from widgets.lab.server_options import LAUNCHER, PAGE
from widgets.lab.shelf import APPLICATION, startable

NEWS = "@jupyterlab/apputils-extension:announcements"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "widgets.lab.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    settings = server.web_app.settings
    settings["page_config_hook"] = _page_config
    _lead_home(server)
    _send_at_once()
    _end_with(server, int(os.environ.get(LAUNCHER, "0")))
    if page := os.environ.get(PAGE):
        IOLoop.current().add_callback(ahead.begin, server, page)


def _page_config(_handler: JupyterHandler, config: dict[str, Any]) -> dict[str, Any]:
    """Name the notebooks that may start, with their code, and switch off JupyterLab's news pop-up."""
    config["workbench"] = {"application": APPLICATION, "startable": startable()}
    config["disabledExtensions"] = sorted({*config.get("disabledExtensions", ()), NEWS})
    return config


def _lead_home(server: Any) -> None:
    """Addresses people know from other Jupyter servers lead to the application too."""
    home = url_path_join(server.base_url, server.default_url)
    familiar = url_path_join(server.base_url, "(?:tree|notebooks|workbench)(?:/.*)?")
    server.web_app.add_handlers(".*$", [(familiar, RedirectWithParams, {"url": home, "permanent": False})])


def _send_at_once() -> None:
    """Switch Nagle's algorithm off on the kernel's WebSocket.

    With the browser's delayed acknowledgement it holds small messages back: a key press took 55 ms instead of
    25 ms from the page to the database and back (measured, median).
    """
    opening = KernelWebsocketHandler.open

    async def open_without_delay(self: KernelWebsocketHandler, kernel_id: str) -> None:
        self.set_nodelay(True)
        await opening(self, kernel_id)

    KernelWebsocketHandler.open = open_without_delay  # type: ignore[method-assign]


def _end_with(server: Any, launcher: int) -> None:
    """Stop the server, and with it the kernels, when the process that started it is gone."""
    if launcher <= 0:
        return

    def look() -> None:
        if os.getppid() != launcher:
            server.log.critical("the launcher has ended: stopping")
            watch.stop()
            server.stop(from_signal=True)

    watch = PeriodicCallback(look, 500)
    watch.start()
