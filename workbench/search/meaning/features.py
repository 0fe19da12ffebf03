"""Texts as counts of hashed words and character n-grams, a whole batch at a time in numpy.

Words and single CJK characters go to one half of the features; pairs of CJK characters and four-letter pieces of words
(with their ends marked) to the other. No vocabulary is kept, so any language works and nothing has to be learnt first.
Hashing trick: Weinberger et al. 2009, arXiv:0902.2206; character n-grams as in fastText, arXiv:1607.04606.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

FEATURES = 1 << 14
"""How many; even halves for words and for pieces."""
MOST_CHARACTERS = 6_000
"""A text is represented by its first characters up to here: about a thousand words say what it is about."""

_HALF = FEATURES // 2
_PIECE = 4
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so it has an inverse modulo 2^64
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_CJK = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x3040, 0x3100), (0x1100, 0x1200))
_SPACE, _OTHER, _LETTER, _CHARACTER = 0, 0, 1, 2

Numbers = npt.NDArray[np.uint64]


def counts(texts: Sequence[str]) -> Any:
    """A sparse matrix (scipy CSR, float32) of feature counts: a row for each text."""
    from scipy.sparse import csr_matrix

    codes, text_of = _characters(texts)
    kinds = _kinds()[np.minimum(codes, 0xFFFF)]
    places, features = zip(*_all_features(codes, kinds), strict=True)
    rows, columns = text_of[np.concatenate(places)], np.concatenate(features)
    shape = (len(texts), FEATURES)
    matrix = csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix


def _all_features(codes: Numbers, kinds: npt.NDArray[np.uint8]) -> list[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    """(place, feature) of words, single characters, pairs of characters, and pieces of words."""
    starts, words = _words(codes, kinds == _LETTER)
    single = np.flatnonzero(kinds == _CHARACTER)
    pairs = single[:-1][np.diff(single) == 1]
    pieces, hashes = _pieces(codes, kinds == _LETTER)
    return [
        (starts, _bucket(words)),
        (single, _bucket(codes[single] * _BASE)),
        (pairs, _bucket(codes[pairs] * _MIX + codes[pairs + 1] * _BASE) + _HALF),
        (pieces, _bucket(hashes) + _HALF),
    ]


def _characters(texts: Sequence[str]) -> tuple[Numbers, npt.NDArray[np.int32]]:
    """All texts as one array of code points without case and accents, and the number of the text each belongs to."""
    folded = [unicodedata.normalize("NFKD", text[:MOST_CHARACTERS].casefold()).replace("\0", " ") for text in texts]
    joined = "\0".join(folded) + "\0"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    codes = codes[(codes < 0x300) | (codes > 0x36F)]
    ends = codes == 0
    return codes, (np.cumsum(ends) - ends).astype(np.int32)


def _words(codes: Numbers, letters: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Start and hash of every run of letters: a polynomial in the letters, from running sums."""
    edges = np.diff(np.concatenate(([0], letters.astype(np.int8), [0])))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    powers, inverse = _powers(len(codes))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(codes * powers, dtype=np.uint64)))
    return starts, (sums[ends] - sums[starts]) * inverse[starts]


def _pieces(codes: Numbers, letters: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Start and hash of every four characters with two letters in the middle; the outer ones may be a word's end."""
    if len(codes) < _PIECE:
        return np.zeros(0, np.int64), np.zeros(0, np.uint64)
    marked = np.where(letters, codes, np.uint64(1))
    inner = letters[1:-2] & letters[2:-1] & (letters[:-3] | letters[3:])
    starts = np.flatnonzero(inner)
    hashes = np.zeros(len(starts), np.uint64)
    for step in range(_PIECE):
        hashes = (hashes + marked[starts + step]) * _BASE
    return starts, hashes


def _bucket(hashes: Numbers) -> npt.NDArray[np.int64]:
    """Hashes as numbers below half of the features; the finaliser of splitmix64 spreads them."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * _MIX
    return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(_HALF)).astype(np.int64)


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """For every code point of the basic plane: letter or digit, CJK character, or neither. Rarer ones are letters."""
    kinds = np.fromiter((chr(code).isalnum() for code in range(0x10000)), np.uint8, 0x10000)
    for first, end in _CJK:
        kinds[first:end] *= _CHARACTER
    kinds[0xFFFF] = _LETTER
    return kinds


@lru_cache(maxsize=2)
def _powers_up_to(size: int) -> tuple[Numbers, Numbers]:
    inverse = np.uint64(pow(int(_BASE), -1, 2**64))
    return (
        np.cumprod(np.full(size, _BASE), dtype=np.uint64),
        np.cumprod(np.full(size, inverse), dtype=np.uint64),
    )


def _powers(length: int) -> tuple[Numbers, Numbers]:
    """Powers of the base and of its inverse modulo 2^64: one set for short texts, one for whole batches."""
    size = 1 << max(14, (length - 1).bit_length() if length > 1 << 20 else 20 if length > 1 << 14 else 14)
    powers, inverses = _powers_up_to(size)
    return powers[:length], inverses
