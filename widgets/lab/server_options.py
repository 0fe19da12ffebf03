"""What JupyterLab is told when it starts: its command line, its environment, the kernels' first lines."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from widgets.lab.shelf import APPLICATION, HERE

LAUNCHER = "WORKBENCH_LAUNCHER_PID"
PAGE = "WORKBENCH_PAGE"
"""The notebook that opens first, as a path in the workspace."""
READ_AHEAD = "WORKBENCH_READ_AHEAD"
"""Set for a kernel that reads the packages of the application at once."""

# Anything the person set for another Jupyter must not leak into this one.
FOREIGN = (
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "JUPYTERLAB_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)

# The notebook's folder comes last on the import path, so that a file lying in a workspace cannot take the place of an
# installed module in a notebook that starts by itself.
KERNEL_CONFIG = f"""\
c.InteractiveShellApp.ignore_cwd = True
c.InteractiveShellApp.exec_lines = [
    "__import__('sys').path.append('')",
    "if __import__('os').environ.get('{READ_AHEAD}'): __import__('widgets._loading')",
]
"""


def options(workspace: Path, *, port: int, runtime: Path) -> list[str]:
    """The command line: this folder, this port, straight to the application, nothing fetched from a network."""
    home = f"/doc/tree/{APPLICATION}"
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [
        f"--ServerApp.root_dir={workspace}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--ServerApp.answer_yes=True",
        f"--ServerApp.default_url={home}",
        "--ServerApp.jpserver_extensions=widgets.lab.server=True",
        # A dead kernel is seen within a second. One that lived for three is no failed start: deaths long after a start
        # must not add up to a kernel that nobody begins anew.
        "--KernelRestarter.time_to_dead=1.0",
        "--KernelRestarter.stable_start_time=3.0",
        f"--LabApp.default_url={home}",
        f"--LabApp.extra_labextensions_path={HERE / 'labextension'}",
        f"--LabApp.workspaces_dir={runtime / 'layouts'}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
        *root,
    ]


def environment(inherited: Mapping[str, str], *, home: Path, runtime: Path, token: str) -> dict[str, str]:
    """The process's environment. The token goes here: a command line can be read by every user of the machine."""
    profile = home / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(KERNEL_CONFIG, "utf-8")
    return {
        **{name: value for name, value in inherited.items() if name not in FOREIGN},
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_TOKEN": token,
        "IPYTHONDIR": str(home / "ipython"),
        LAUNCHER: str(os.getpid()),
    }
