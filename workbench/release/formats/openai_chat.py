"""OpenAI chat fine-tuning: ``{"messages": [...]}`` a line."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from workbench.release.base import Entry, Material
from workbench.release.jsonl import write_lines
from workbench.release.messages import parsed_messages
from workbench.release.options import Options
from workbench.release.registry import FunctionExporter
from workbench.release.staging import Staging

FILE = "openai-chat.jsonl"


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """One line for each sample: its messages, its id and whether it is synthetic."""
    with out.open(FILE) as file:
        write_lines(file, map(_line, material.entries()))
    return ()


def _line(entry: Entry) -> bytes:
    record = entry.record()
    line = {
        "messages": parsed_messages(record["turns"]),
        "id": record["id"],
        "synthetic": entry.aigc is not None,
    }
    if entry.aigc is not None:
        line["aigc"] = entry.aigc
    if entry.side:
        line["branch"] = entry.branch
    return orjson.dumps(line)


OPENAI_CHAT = FunctionExporter(
    "openai-chat",
    "OpenAI chat (JSONL)",
    "One conversation a line as messages: for fine-tuning with OpenAI, TRL, Axolotl, LLaMA-Factory and others.",
    write,
    loses=("tags", "titles and other fields", "sources and lineage, except the mark of synthetic text"),
)
