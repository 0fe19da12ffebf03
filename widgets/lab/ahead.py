"""The kernel of the page that opens first, begun while the browser still loads JupyterLab.

JupyterLab begins a kernel only once it stands on the screen itself, some seconds after the command. Where one works on
the same notebook already, it takes that.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from widgets.lab.server_options import READ_AHEAD
from widgets.lab.shelf import is_as_shipped


async def begin(server: Any, page: str) -> None:
    """Begin a session on a notebook as JupyterLab would; its kernel reads the packages before the page asks.

    Nothing happens for a notebook that is a person's own or was changed: only ours start by themselves. A failure is
    only logged, for the page begins a kernel itself where it finds none.

    Args:
        server: The running `jupyter_server.serverapp.ServerApp`.
        page: The notebook's path in the workspace.
    """
    if not is_as_shipped(Path(server.root_dir), page):
        return
    kernel = str(uuid4())  # named here, so that it can be ended wherever the beginning fails
    try:
        await _begin(server, page, kernel)
    except Exception:
        server.log.exception("no kernel could be begun before the page asks for one")
        await _end(server, kernel)


async def _begin(server: Any, page: str, kernel: str) -> None:
    place = Path(server.root_dir) / page
    environment = {**os.environ, "JPY_SESSION_NAME": str(place), READ_AHEAD: "1"}
    await server.kernel_manager.start_kernel(kernel_id=kernel, path=str(Path(page).parent), env=environment)
    if await server.session_manager.session_exists(path=page):  # the page was faster, and has a kernel of its own
        await _end(server, kernel)
        return
    await server.session_manager.create_session(path=page, name=place.name, type="notebook", kernel_id=kernel)


async def _end(server: Any, kernel: str) -> None:
    """No kernel stays behind that no page will find."""
    try:
        if kernel in server.kernel_manager:
            await server.kernel_manager.shutdown_kernel(kernel, now=True)
    except Exception:
        server.log.exception("a kernel that was begun before the page asks for one could not be ended")
