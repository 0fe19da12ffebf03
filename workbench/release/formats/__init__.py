"""The formats the workbench can write, one module each."""

from __future__ import annotations

from workbench.release.base import Exporter
from workbench.release.formats.lossless import WORKBENCH
from workbench.release.formats.openai_chat import OPENAI_CHAT

BUILTIN: tuple[Exporter, ...] = (WORKBENCH, OPENAI_CHAT)
