"""The formats the workbench can import, one module each."""

from __future__ import annotations

from workbench.collect.base import Importer
from workbench.collect.formats.alpaca import ALPACA
from workbench.collect.formats.openai_chat import OPENAI_CHAT
from workbench.collect.formats.sharegpt import SHAREGPT

BUILTIN: tuple[Importer, ...] = (OPENAI_CHAT, SHAREGPT, ALPACA)
