"""What JupyterLab is told: nothing secret on the command line, nothing foreign in the environment."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from widgets.lab import demo, jupyter
from widgets.lab.server_options import READ_AHEAD, environment, options
from workbench import WorkbenchError


@pytest.fixture
def given(tmp_path: Path) -> dict[str, str]:
    inherited = {"PATH": "/bin", "JUPYTER_PATH": "/theirs", "JUPYTER_CONFIG_DIR": "/theirs"}
    return environment(inherited, home=tmp_path / "home", runtime=tmp_path, token="secret")


def test_another_jupyters_settings_do_not_leak_in(given):
    assert "/theirs" not in given.values()
    assert given["PATH"] == "/bin"


def test_it_listens_on_loopback_only(tmp_path):
    assert "--ServerApp.ip=127.0.0.1" in options(tmp_path, port=1, runtime=tmp_path)


def test_a_kernel_prefers_installed_modules_to_files_in_the_workspace(tmp_path, given):
    config = Path(given["IPYTHONDIR"]) / "profile_default" / "ipython_kernel_config.py"
    assert "ignore_cwd = True" in config.read_text("utf-8")


@pytest.mark.parametrize("asked", [{}, {READ_AHEAD: "1"}])
def test_a_kernel_loads_the_packages_at_once_where_it_is_asked_to(given, asked):
    config = Path(given["IPYTHONDIR"]) / "profile_default" / "ipython_kernel_config.py"
    c = SimpleNamespace(InteractiveShellApp=SimpleNamespace())
    exec(config.read_text("utf-8"), {"c": c})
    loaded = "all(name in sys.modules for name in ('widgets.app', 'workbench.workspace', 'apsw', 'lark'))"
    lines = [*c.InteractiveShellApp.exec_lines, f"import sys; print({loaded}, sys.path[-1] == '')"]
    said = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        env={**os.environ, READ_AHEAD: "", **asked},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.split() == [str(bool(asked)), "True"]


def test_a_taken_port_gives_the_next_free_one():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert jupyter.free_port(port) > port


class Stranger(BaseHTTPRequestHandler):
    """Another Jupyter server: it answers, but not to our token."""

    def do_GET(self) -> None:
        self.send_error(403)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def test_a_stranger_on_the_port_is_not_taken_for_our_server(tmp_path):
    stranger = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    threading.Thread(target=stranger.serve_forever, daemon=True).start()
    late = [sys.executable, "-c", "import sys, time; time.sleep(0.5); sys.exit('the port is taken')"]
    try:
        server = jupyter.launch(
            "JupyterLab",
            late,
            env=os.environ,
            folder=tmp_path,
            port=stranger.server_port,
            token="ours",
            log=tmp_path / "log",
        )
        with pytest.raises(WorkbenchError, match="JupyterLab did not start: the port is taken"):
            server.wait_until_ready()
    finally:
        stranger.shutdown()
        stranger.server_close()


def test_no_port_at_all_is_told():
    with pytest.raises(WorkbenchError, match="no free port"):
        jupyter.free_port(65536)


@pytest.mark.parametrize(
    ("setting", "new", "wanted"),
    [(None, True, True), ("started", False, True), ("done", False, False), (None, False, False)],
)
def test_sample_data_go_into_new_or_half_filled_workspaces_only(setting, new, wanted):
    class Fake:
        def setting(self, key: str) -> str | None:
            return setting

    assert demo.wants_samples(Fake(), new=new) is wanted  # type: ignore[arg-type]
