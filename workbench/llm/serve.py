"""Serves a GGUF model file on loopback until its parent goes away: ``python -m workbench.llm.serve FILE [PORT]``.

Line one of standard input is the key callers must send. The address is printed as JSON once the model is loaded. The
end of standard input means that the parent is gone, however it went, and ends this process.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    """Load, serve, wait for the parent's end."""
    key = sys.stdin.readline().strip()
    server = _serve(sys.argv[1], key, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    sys.stdout.write(json.dumps({"address": server.listening_address}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # the server's own threads would keep the process alive


def _serve(path: str, key: str, port: int) -> Any:
    import xllamacpp

    settings = xllamacpp.CommonParams()
    settings.model.path = path
    settings.model_alias = {"local"}
    settings.api_keys = [key]
    settings.port = port  # 0: any free one
    settings.n_ctx = 8192
    settings.n_parallel = 2
    settings.kv_unified = True
    settings.warmup = False
    settings.verbosity = -1
    settings.ui = False
    settings.offline = True
    settings.cpuparams.n_threads = max(1, (os.cpu_count() or 2) - 1)  # one core stays free for the notebook
    settings.cpuparams.poll = 0
    return xllamacpp.Server(settings)


if __name__ == "__main__":
    main()
