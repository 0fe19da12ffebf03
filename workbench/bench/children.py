"""Work measured in processes of their own: with their own memory, cold caches, or another's view of a change."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_MEASURED = """
import sys
from workbench.bench.measure import peak_megabytes, seconds
from workbench.workspace import open_workspace
with open_workspace(sys.argv[1], author="bench") as ws:
    print(seconds(lambda: {work}), peak_megabytes())
"""
_OPENED = """
import sys
from workbench.bench.measure import seconds
from workbench.workspace import open_workspace
print(seconds(lambda: open_workspace(sys.argv[1], author="bench").find(limit=50)))
"""
_WATCHER = """
import sys, time
from pathlib import Path
from workbench.store import open_store
store = open_store(Path(sys.argv[1]))
version = store.data_version()
print("ready", flush=True)
for line in sys.stdin:
    while store.data_version() == version:
        time.sleep(0.0002)
    print(time.time(), flush=True)
    version = store.data_version()
"""


def python(*arguments: str) -> str:
    """What a new Python process prints."""
    done = subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def imported(workspace: Path, data: Path) -> tuple[float, float]:
    """Import a file: seconds, and the peak memory of all its processes in MB."""
    return _measured("ws.collect(sys.argv[2])", workspace, data)


def exported(workspace: Path, build: str, out: Path) -> tuple[float, float]:
    """Export a frozen slice by name: seconds and peak memory in MB."""
    return _measured("ws.slice(sys.argv[2]).builds()[-1].export(sys.argv[3], to='openai-chat')", workspace, build, out)


def opened(workspace: Path) -> float:
    """Seconds from opening a workspace to its first page."""
    return float(python("-c", _OPENED, str(workspace)))


def seen_elsewhere(workspace: Path, changes: Sequence[Callable[[], object]]) -> list[float]:
    """For each change the milliseconds from its return here until another process has seen it."""
    command = [sys.executable, "-c", _WATCHER, str(workspace)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as watcher:
        assert watcher.stdin is not None
        assert watcher.stdout is not None
        watcher.stdout.readline()
        delays = []
        for change in changes:
            watcher.stdin.write("next\n")
            watcher.stdin.flush()
            change()
            done = time.time()
            delays.append(max(0.0, 1000 * (float(watcher.stdout.readline()) - done)))
        watcher.stdin.close()
    return delays


def _measured(work: str, *arguments: object) -> tuple[float, float]:
    took, peak = python("-c", _MEASURED.format(work=work), *map(str, arguments)).split()
    return float(took), float(peak)
