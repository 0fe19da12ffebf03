"""What text in a query can be looked for: words need a letter or a digit."""

from __future__ import annotations

import unicodedata

from workbench.errors import QueryError
from workbench.search.syntax import All, Either, Meaning, Node, Without, Words


def findable(text: str) -> bool:
    """Whether the word index keeps anything of a text."""
    return any(character.isalnum() for character in text)


def check_text(query: str, node: Node, *, beside_words: bool = False) -> None:
    """Raise `QueryError` for text in which there is nothing to look for; it would find everything, or nothing.

    Plain punctuation beside words is no harm and counts for nothing (French: ``ouvert ?``).
    """
    if isinstance(node, (All, Either)):
        words = isinstance(node, All) and any(isinstance(part, Words) and findable(part.text) for part in node.parts)
        for part in node.parts:
            check_text(query, part, beside_words=words)
    elif isinstance(node, Without):
        check_text(query, node.part)
    elif isinstance(node, (Words, Meaning)) and not findable(node.text):
        written = query[node.start : node.end]
        if beside_words and isinstance(node, Words) and _is_punctuation(written):
            return
        raise QueryError(
            f"nothing to search for in {written!r}", query=query, start=node.start, end=node.end,
            hint="text needs a letter or a digit; the empty query finds everything",
        )  # fmt: skip


def _is_punctuation(text: str) -> bool:
    return all(character != '"' and unicodedata.category(character) in {"Po", "Pd"} for character in text)
