"""The hash of a frozen slice: equal content gives an equal hash on any machine and in any order of work.

It covers the query, the scheme versions, and for each member its id, the hash of what is said, its language, whether
and how deep it is synthetic, its tags (not when they were given), what it was preferred to (drafts, imported
answers, its own words before they were rewritten), and the guarantees it lost. Who froze it, when, and revision numbers
are not in it; neither are titles and other fields. The files' own hashes are in the manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import orjson

from workbench.ids import HASH_TAG, canonical_json
from workbench.release.pins import Pin
from workbench.store.rows import HotRow

_BYTES = 16


class SliceDigest:
    """Takes members in any order and gives the hash."""

    def __init__(self) -> None:
        self._members: list[bytes] = []

    def add(self, row: HotRow, pin: Pin) -> None:
        """Take in a member."""
        tags = [{key: value for key, value in tag.items() if key != "at"} for tag in orjson.loads(pin.tags)]
        told = [row.id, row.content, row.language, row.depth if row.synthetic else -1, tags, pin.beaten]
        if pin.rejected:
            told.append(pin.rejected)
        if pin.judged_from:
            told.append({"kept": pin.kept})
        if pin.among or pin.machine:
            told.append({"among": pin.among, "machine": pin.machine})
        if pin.lost:
            told.append({"lost": [[turn, kind] for turn, kind, *_ in pin.lost]})
        self._members.append(hashlib.blake2b(canonical_json(told), digest_size=_BYTES).digest())

    def hash(self, query: str, schemes: Mapping[str, int]) -> str:
        """The tagged hash of what was taken in together with query and scheme versions."""
        whole = hashlib.blake2b(digest_size=_BYTES)
        whole.update(canonical_json({"query": query.strip(), "schemes": dict(schemes)}) + b"\n")
        for member in sorted(self._members):
            whole.update(member)
        return f"{HASH_TAG}:{whole.hexdigest()}"
