"""The kernel of the page that opens first, begun while the browser still loads JupyterLab.

JupyterLab begins a kernel only once it stands on the screen itself, some seconds after the command. Where one works on
the same notebook already, it takes that.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

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
    workspace = Path(server.root_dir)
    if not is_as_shipped(workspace, page):
        return
    environment = {**os.environ, "JPY_SESSION_NAME": str(workspace / page), READ_AHEAD: "1"}
    try:
        kernels = server.kernel_manager
        kernel = await kernels.start_kernel(path=str(Path(page).parent), env=environment)
        await server.session_manager.create_session(path=page, name=Path(page).name, type="notebook", kernel_id=kernel)
    except Exception:
        server.log.exception("no kernel could be begun before the page asks for one")
