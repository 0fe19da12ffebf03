"""Canonical JSON, tagged content hashes and new ids.

Clock and randomness are passed in, so that everything above this module can be tested and re-run.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from typing import Any

import orjson

Clock = Callable[[], int]
"""Returns the time as whole milliseconds since 1970-01-01 UTC."""

Entropy = Callable[[int], bytes]
"""Returns that many random bytes."""

HASH_TAG = "b2"
_HASH_BYTES = 16
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letters that look like digits


def now_ms() -> int:
    """The wall clock, in milliseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000


def canonical_json(value: Any) -> bytes:
    """`value` as UTF-8 JSON with sorted keys and no spaces: equal values give equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def content_hash(value: Any) -> str:
    """A tagged hash of a JSON value: ``b2:`` and 32 hex digits of BLAKE2b-128 over `canonical_json`.

    The tag names the algorithm, so that another one can be told apart later.
    """
    return f"{HASH_TAG}:{bytes_digest(canonical_json(value))}"


def bytes_digest(data: bytes) -> str:
    """32 hex digits of BLAKE2b-128 over raw bytes."""
    return hashlib.blake2b(data, digest_size=_HASH_BYTES).hexdigest()


def derived_id(prefix: str, *parts: Any) -> str:
    """An id that follows from its parts: the same parts give the same id on any machine."""
    return f"{prefix}_{bytes_digest(canonical_json(parts))[:20]}"


def new_id(prefix: str, *, clock: Clock = now_ms, entropy: Entropy = secrets.token_bytes) -> str:
    """A fresh id that sorts by time of creation: ``prefix_`` + 9 time characters + 10 random ones."""
    return f"{prefix}_{_base32(clock(), 9)}{_base32(int.from_bytes(entropy(7), 'big'), 10)}"


def _base32(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, rest = divmod(number, 32)
        digits.append(_ALPHABET[rest])
    return "".join(reversed(digits))
