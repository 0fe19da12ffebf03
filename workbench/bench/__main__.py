"""``python -m workbench.bench``: the same as ``workbench bench``."""

from __future__ import annotations

import sys

from workbench.bench.main import main

if __name__ == "__main__":
    sys.exit(main())
