"""The formats the workbench can import, one module each."""

from __future__ import annotations

from workbench.collect.base import Importer
from workbench.collect.formats.alpaca import ALPACA
from workbench.collect.formats.chatgpt import CHATGPT
from workbench.collect.formats.dialogues import CROSSWOZ, SGD
from workbench.collect.formats.oasst import OASST
from workbench.collect.formats.openai_chat import OPENAI_CHAT
from workbench.collect.formats.preference import PREFERENCE
from workbench.collect.formats.sharegpt import SHAREGPT
from workbench.collect.formats.table import TABLE
from workbench.collect.formats.turn_lists import TURN_LISTS
from workbench.collect.formats.workbench import WORKBENCH

BUILTIN: tuple[Importer, ...] = (
    ALPACA,
    CHATGPT,
    CROSSWOZ,
    OASST,
    OPENAI_CHAT,
    PREFERENCE,
    SGD,
    SHAREGPT,
    TABLE,
    TURN_LISTS,
    WORKBENCH,
)
