"""The formats the workbench can write, one module each."""

from __future__ import annotations

from workbench.release.base import Exporter
from workbench.release.formats.huggingface import HUGGINGFACE
from workbench.release.formats.lossless import WORKBENCH
from workbench.release.formats.markdown_pages import MARKDOWN
from workbench.release.formats.openai_chat import OPENAI_CHAT
from workbench.release.formats.spreadsheet_csv import CSV
from workbench.release.formats.spreadsheet_xlsx import XLSX
from workbench.release.formats.trl_preference import TRL_PREFERENCE

BUILTIN: tuple[Exporter, ...] = (OPENAI_CHAT, TRL_PREFERENCE, HUGGINGFACE, CSV, XLSX, MARKDOWN, WORKBENCH)
