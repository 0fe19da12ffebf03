"""From hashed counts to vectors of 256 numbers: TF-IDF, a truncated SVD fitted on some of the workspace's own texts.

Latent semantic analysis (Deerwester et al. 1990): texts that use other words of the same company come near. The
directions are then rotated at random, so that every number carries about as much as every other; that makes their signs
a good first look (random hyperplanes, Charikar 2002) and a byte for each a good second one.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from workbench.search.meaning.features import FEATURES, counts

DIMENSIONS = 256
FIT_TEXTS = 5_000
"""Texts an encoder is fitted on at most; more make it slower, not noticeably better."""
_BATCH = 500
_ROUNDS = 3  # power iterations of the randomised SVD

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoder:
    """Turns texts into vectors of length 1, or 0 when nothing in a text is known.

    `fitted_on` says how many texts there were when it was fitted.
    """

    weights: Vectors
    projection: Vectors
    fitted_on: int

    @property
    def mark(self) -> int:
        """A number that tells one encoder's vectors from another's."""
        return zlib.crc32(np.ascontiguousarray(self.projection[:64]).tobytes())

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            part = _weighted(counts(texts[start : start + _BATCH]), self.weights)
            vectors[start : start + _BATCH] = part @ self.projection
        return normalised(vectors)


def fit(texts: Sequence[str], *, population: int, seed: int = 0) -> Encoder:
    """Learn an encoder from texts, which were drawn from `population` many. Same texts and seed, same encoder."""
    from sklearn.utils.extmath import randomized_svd
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        matrix = counts(texts)
        found = np.bincount(matrix.indices, minlength=FEATURES)
        weights = (np.log((1 + len(texts)) / (1 + found)) + 1).astype(np.float32)
        matrix = _weighted(matrix, weights)
        rank = max(1, min(DIMENSIONS, len(texts)))
        _, _, directions = randomized_svd(matrix, rank, n_iter=_ROUNDS, random_state=seed)
    rotation = np.linalg.qr(np.random.default_rng(seed).standard_normal((DIMENSIONS, DIMENSIONS)))[0]
    projection = directions.T.astype(np.float32) @ rotation[:rank].astype(np.float32)
    return Encoder(weights, np.ascontiguousarray(projection), population)


def normalised(vectors: Vectors) -> Vectors:
    """Rows of length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _weighted(matrix: Any, weights: Vectors) -> Any:
    """TF-IDF: logarithm of the count times rarity, rows of length 1."""
    matrix.data = (1 + np.log(matrix.data)) * weights[matrix.indices]
    features = np.diff(matrix.indptr)  # of each text; a text may have none, also the last one
    squares = np.bincount(np.repeat(np.arange(len(features)), features), matrix.data**2, len(features))
    matrix.data /= np.repeat(np.sqrt(squares), features).astype(np.float32)
    return matrix
