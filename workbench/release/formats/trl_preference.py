"""Preference pairs as TRL's DPO, ORPO and reward trainers read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import orjson

from workbench.release.base import MACHINE, Material, Pair
from workbench.release.jsonl import write_lines
from workbench.release.messages import messages
from workbench.release.options import Option, Options
from workbench.release.registry import FunctionExporter
from workbench.release.staging import Staging

FILE = "trl-preference.jsonl"
MACHINE_ORDER = Option.yes_or_no("machine_order", "Also pairs that only a machine's order makes", usual=False)
UNASKED = "only a machine's order makes them, and the option machine_order was not chosen"


def write(material: Material, out: Staging, options: Options) -> Iterable[str]:
    """One line for each pair; the reasons why judgements made none are notes.

    Pairs that only a model's order makes are written when the option `machine_order` asks for them.
    """
    skipped: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    with out.open(FILE) as file:
        write_lines(file, _lines(material, kinds, skipped, machine=MACHINE_ORDER.chosen(options)))
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    yield (
        f"pairs: {told}"
        if told
        else "no pairs: nothing in this slice was ranked, turned down, rewritten or imported as a pair"
    )
    yield from (
        f"judgements that make no pair because {reason}: {number}" for reason, number in sorted(skipped.items())
    )


def _lines(material: Material, kinds: Counter[str], skipped: Counter[str], *, machine: bool) -> Iterator[bytes]:
    for pair in material.pairs():
        if isinstance(pair, Pair) and pair.kind == MACHINE and not machine:
            skipped[UNASKED] += 1
        elif isinstance(pair, Pair):
            kinds[pair.kind] += 1
            yield _line(pair)
        else:
            skipped[pair] += 1


def _line(pair: Pair) -> bytes:
    return orjson.dumps(
        {
            "prompt": messages(pair.prompt),
            "chosen": messages(pair.chosen),
            "rejected": messages(pair.rejected),
            "id": pair.sample,
            "kind": pair.kind,
            "synthetic": bool(pair.aigc),  # a pair with a draft, or a rewritten one, has a generated side
            "aigc": pair.aigc or None,
        }
    )


TRL_PREFERENCE = FunctionExporter(
    "trl-preference",
    "TRL preference pairs (JSONL)",
    "Prompt, chosen and rejected: from drafts ranked or turned down, generated turns rewritten or kept as pairs, and"
    " imported pairs.",
    write,
    loses=("samples without a judgement", "tags, titles and other fields", "sources and lineage"),
    options=(MACHINE_ORDER,),
)
