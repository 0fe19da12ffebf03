"""Voila as `workbench app` starts it: messages go out at once, and it ends with the process that started it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any

from voila.app import Voila
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from widgets.lab.server_options import LAUNCHER


def main() -> None:
    """Run until stopped; the settings are in the configuration folder the launcher made."""
    _send_at_once()
    launcher = int(os.environ.get(LAUNCHER, "0"))
    if launcher:
        threading.Thread(target=_end_with, args=(launcher,), daemon=True).start()
    Voila.launch_instance(sys.argv[1:])


def _send_at_once() -> None:
    """Nagle's algorithm off on the kernel's WebSocket: see `widgets.lab.server`."""
    opening = VoilaKernelWebsocketHandler.open

    def open_without_delay(self: Any, kernel_id: str) -> Any:
        self.set_nodelay(True)
        return opening(self, kernel_id)

    VoilaKernelWebsocketHandler.open = open_without_delay


def _end_with(launcher: int) -> None:
    while os.getppid() == launcher:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
