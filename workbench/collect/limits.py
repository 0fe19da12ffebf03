"""How much of a foreign file is read: the bounds that keep a hostile or broken one from harming the session.

Figures are those of the reliability plan: a line of 256 MB read without a bound takes 529 MB of memory, a gzip of
1 MB can hold 1 GB, and nesting beyond 200 levels cannot be written as JSON again.
"""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one import. Sizes are bytes, times seconds."""

    record: int = 16 * MB
    unpacked: int = 2048 * MB
    ratio: int = 200
    ratio_from: int = 10 * MB
    entries: int = 10_000
    entry_name: int = 255
    depth: int = 200
    columns: int = 1_000
    problems: int = 100_000
    raw: int = 2_000
    child_memory: int = 1024 * MB
    child_cpu: int = 3_600
    child_silence: int = 60


LIMITS = Limits()
