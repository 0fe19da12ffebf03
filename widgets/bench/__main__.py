"""``python -m widgets.bench``: the same as ``workbench bench ui``."""

from __future__ import annotations

import sys

from widgets.bench import main

if __name__ == "__main__":
    sys.exit(main())
