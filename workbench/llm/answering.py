"""Which model answered: endpoints sometimes give another one than was asked for, and say so in the answer."""

from __future__ import annotations

import re

_AZURE = ".azure."
"""In the address of an endpoint whose models are asked for by the name of a deployment, which is anybody's choice."""
_ANY = "default"
"""What a server with one model is asked for when nobody cares for its name (`presets`)."""


def another_model(asked: str, answered: str, endpoint: str) -> bool:
    """Whether `answered` names another model than `asked`: not only a dated version of it, or where its file is."""
    if not answered or asked == _ANY or _AZURE in endpoint:
        return False
    wanted, given = _bare(asked), _bare(answered)
    return not (given.startswith(wanted) or wanted.startswith(given))


def _bare(name: str) -> str:
    last = name.strip().lower().replace("\\", "/").rstrip("/").rpartition("/")[2]
    return re.sub(r"(:latest|\.gguf)$", "", last)
