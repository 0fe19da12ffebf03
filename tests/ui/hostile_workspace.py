"""A workspace in which every text a person could ever see is hostile: what the screen is shown in the XSS tests."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import workbench as wb
from tests.ui.hostile import FIRE, MARK, payloads, vectors
from workbench.generate import RECIPES, Candidate, Recipe
from workbench.llm import ScriptedModel
from workbench.model import Choice, Sample, TagScheme, Turn

PAYLOADS = payloads()
VECTORS = vectors()
NAMES = [text for text in VECTORS if text.isprintable()]  # names with control characters are refused at the door
FOLDER = f"<img {MARK} src=x onerror={FIRE}>.workspace"
OTHER = f"<b {MARK} onclick={FIRE}>ana</b>"
SOURCES = 40
SCHEME = "hostile"


@dataclass(frozen=True, slots=True)
class EchoParams:
    """Parameters whose every text is hostile."""

    text: str = field(default=PAYLOADS[0], metadata={"title": PAYLOADS[1], "help": PAYLOADS[2], "long": True})


def echo(parent: Sample, params: Any, model: Any, rng: random.Random) -> Iterator[Candidate]:
    """The parent again, with other payloads in other places."""
    turns = tuple(Turn(t.id, t.role, t.content[::-1] + PAYLOADS[at], t.name) for at, t in enumerate(parent.turns))
    yield Candidate(turns, meta={"hostile": PAYLOADS[3]})


def fill(folder: Path, scratch: Path) -> None:
    """Bring hostile texts into every place of a new workspace that holds any."""
    with wb.open(folder, author="tester") as ws, wb.open(folder, author=OTHER) as other:
        _schemes(ws)
        long = _collect(ws, scratch)
        _decide(ws, long, notes=40)
        _decide(other, long, notes=2)
        _edit(ws, long)
        _document(ws, scratch)
        _generate(ws, long)
        _release(ws)


def _schemes(ws: wb.Workspace) -> None:
    choices = tuple(Choice(f"c{at}", label=text, guideline=text) for at, text in enumerate(PAYLOADS))
    ws.save_scheme(TagScheme(SCHEME, "nominal", PAYLOADS[0], "\n".join(VECTORS), choices, suggestion="prefill"))
    few = tuple(Choice(str(at), label=VECTORS[at], guideline=VECTORS[at]) for at in range(1, 6))
    ws.save_scheme(TagScheme("few", "ordinal", VECTORS[7], VECTORS[8], few))
    ws.save_scheme(TagScheme("words", "text", VECTORS[9], VECTORS[10]))


def _collect(ws: wb.Workspace, scratch: Path) -> list[str]:
    """Small conversations of one payload each from hostile sources, and long ones of forty, whose ids are returned."""
    size = -(-len(PAYLOADS) // SOURCES)
    names = cycle(NAMES)
    for number, texts in enumerate(batched(PAYLOADS, size)):
        name = next(names)
        source = wb.Source(name, license=next(names), locator=next(names), license_evidence=next(names))
        _import(ws, scratch / _file(number, name), map(_small, texts), source)
    long = [_long(number, texts) for number, texts in enumerate(batched(PAYLOADS, 40))]
    bad = [{"messages": [{"role": text, "content": 3}], text: text} for text in VECTORS[:20]]
    last = _import(ws, scratch / "long.jsonl", [*long, *bad], wb.Source(NAMES[5], license=NAMES[6]))
    return list(ws.ids(f"import:{last}"))


def batched(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (texts[at : at + size] for at in range(0, len(texts), size))


def _file(number: int, name: str) -> str:
    plain = "".join(c for c in name if c not in "/\x00" and c.isprintable())
    return f"{number} {plain[:80]}.jsonl"


def _import(ws: wb.Workspace, path: Path, records: Sequence[Any] | Iterator[Any], source: wb.Source) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return ws.collect(path, source=source, format="openai-chat").import_id


def _small(text: str) -> dict[str, Any]:
    call = {"id": text, "type": "function", "function": {"name": text, "arguments": json.dumps({text: text})}}
    messages = [
        {"role": "system", "content": text},
        {"role": "user", "name": text, "content": text},
        {"role": "assistant", "content": f"{text} again", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": text, "name": text, "content": text},
        {"role": "assistant", "content": f"ok {text}"},
    ]
    return {"id": text, "title": text, "messages": messages, text: text, "tags": {text: [text]}}


def _long(number: int, texts: Sequence[str]) -> dict[str, Any]:
    roles = cycle(("user", "assistant"))
    messages = [{"role": next(roles), "name": text, "content": text} for text in texts]
    return {"id": f"long {number}", "title": f"long {number} {texts[0]}", "messages": messages}


def _decide(ws: wb.Workspace, long: Sequence[str], notes: int) -> None:
    """Notes with every payload between them, and answers of every scheme, whose labels are hostile."""
    texts = cycle(PAYLOADS)
    for sample in long:
        for text in islice(texts, notes):
            ws.note(sample, text)
        ws.tag([sample], "naturalness", 1, note=next(texts))
        ws.tag([sample], "words", next(texts))
    for at, sample in enumerate(ws.ids("")[:100]):
        ws.tag([sample], SCHEME, f"c{(at + notes) % len(PAYLOADS)}")


def _edit(ws: wb.Workspace, long: Sequence[str]) -> None:
    for at, sample in enumerate(ws.samples(long)):
        turns = [Turn(t.id, t.role, f"{t.content} {VECTORS[at]} & {VECTORS[-at]}", t.name) for t in sample.turns]
        ws.edit(sample.id, base_revision=sample.revision, turns=turns, note=VECTORS[at])


def _generate(ws: wb.Workspace, long: Sequence[str]) -> None:
    RECIPES.register(Recipe("echo", "1", PAYLOADS[0], PAYLOADS[1], echo, params=EchoParams, keeps=(PAYLOADS[2],)))
    job = ws.generate("echo", list(long), {"text": PAYLOADS[4]})
    job.wait()
    drafts = ws.drafts(run=job.run)
    ws.accept([drafts[0].id])
    ws.reject([drafts[1].id], reason=PAYLOADS[8])
    said = cycle(PAYLOADS)
    cards = {name: next(said) for name in ("user_role", "user_goal", "user_knows", "mistakes", "assistant_role")}
    ws.generate(
        "duet", list(long[:2]), {**cards, "live": True}, model=ScriptedModel(lambda _request: next(said))
    ).wait()
    ws.generate("document_qa", "", model=ScriptedModel(lambda _request: next(said))).wait()


def _release(ws: wb.Workspace) -> None:
    for at, text in enumerate(VECTORS[:40]):
        ws.slice(f"hostile-{at}", f'"{at}" OR few:1', title=text)
    ws.slice("all", "", title=PAYLOADS[9])
    ws.freeze("all")


def _document(ws: wb.Workspace, scratch: Path) -> None:
    path = scratch / _file(0, VECTORS[1]).replace(".jsonl", ".md")
    path.write_text(f"# {VECTORS[2]}\n\n" + "\n\n".join(PAYLOADS), "utf-8")
    ws.add_document(path, source=wb.Source(VECTORS[3], license=VECTORS[4]))
