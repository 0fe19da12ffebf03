"""What the kernel refuses with nothing of Python in the way: no screening, no audit hook, all modules loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="code is only run on Linux")

INSIDE = Path(__file__).parents[2] / "workbench/sandbox/inside.py"
SCRIPT = """
import ctypes, importlib.util, json, os, resource, signal, socket, struct, subprocess, sys
spec = importlib.util.spec_from_file_location("inside", sys.argv[1])
inside = importlib.util.module_from_spec(spec)
spec.loader.exec_module(inside)
libc = ctypes.CDLL(None, use_errno=True)
def native(name, *args):
    done = getattr(libc, name)(*args)
    if done == -1:
        raise OSError(ctypes.get_errno(), name)
ways = {
    "read a file": lambda: open("/etc/passwd"),
    "list a folder": lambda: os.listdir("/"),
    "write a file": lambda: open(sys.argv[2], "w"),
    "rename": lambda: os.rename("/tmp", "/tmp2"),
    "socket": lambda: socket.socket(),
    "socket pair": lambda: socket.socketpair(),
    "native socket": lambda: native("socket", 2, 1, 0),
    "fork": lambda: os.fork(),
    "native fork": lambda: native("fork"),
    "native vfork": lambda: native("syscall", 58) if os.uname().machine == "x86_64" else os.fork(),
    "start": lambda: subprocess.run(["true"]),
    "exec": lambda: os.execv("/bin/true", ["true"]),
    "kill the parent": lambda: os.kill(os.getppid(), signal.SIGTERM),
    "kill oneself": lambda: os.kill(os.getpid(), signal.SIGTERM),
    "a session": lambda: os.setsid(),
    "trace": lambda: native("ptrace", 16, os.getppid(), 0, 0),
    "pipes": lambda: os.pipe(),
    "shared memory": lambda: os.memfd_create("x"),
    "more memory": lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1)),
    "another user": lambda: os.setuid(1),
    "no filter": lambda: native("prctl", 22, 0, 0, 0, 0),
}
os.getppid()
inside.shut()
said = {}
for name, way in ways.items():
    try:
        way()
        said[name] = "done"
    except OSError as exc:
        said[name] = exc.errno
    except (subprocess.SubprocessError, ValueError):
        said[name] = 1
print(json.dumps(said), flush=True)
os._exit(0)
"""


def test_the_kernel_refuses_every_way_out(tmp_path):
    made = tmp_path / "new"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(INSIDE), str(made)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert len(said) == 21
    assert set(said.values()) == {1}, said
    assert not made.exists()
