"""Reading samples: hot rows, newest bodies, pinned and earlier revisions, lineage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from workbench.errors import NotFound
from workbench.model import Revision, Sample
from workbench.store.codec import content_key, content_text, load_sample
from workbench.store.connection import Database
from workbench.store.rows import HotRow
from workbench.store.rowset import as_rows, chunks, numbers, row_chunks, strings
from workbench.store.terms import Terms

State = Literal["active", "archived"]

ACTIVE, ARCHIVED = 0, 1
HIDDEN = 2
"""What is added to the state of a sample whose import is still under way: see `staging`."""
SHOWN = f"sample.state < {HIDDEN}"
"""The condition of every read: such a sample is not there yet."""
STATES: tuple[State, State] = ("active", "archived")
LAST_NUMBER = "max(coalesce((SELECT max(n) FROM sample), 0), coalesce((SELECT max(last) FROM gap), 0))"
"""The largest row number that was ever given."""
HOT_CHUNK = 20_000
BODY_CHUNK = 500

_HOT = (
    "n, id, source, language, origin, recipe, model, run, depth, turns, chars, revision, state, synthetic, content, "
    "created_at, updated_at, import, EXISTS (SELECT 1 FROM link WHERE child = sample.n)"
)


class Reads:
    """What every group of reads works on."""

    def __init__(self, database: Database, terms: Terms) -> None:
        self._database = database
        self._terms = terms


class SampleReads(Reads):
    """The reads of `Store` about samples."""

    def count(self) -> int:
        """How many samples there are: the last row number without the gaps, in the same time for any number."""
        row = self._database.one(
            f"SELECT {LAST_NUMBER} - coalesce((SELECT sum(last - first + 1) FROM gap), 0)",
        )
        return int(row[0]) if row else 0

    def max_row(self) -> int:
        """The largest row number; 0 when empty."""
        row = self._database.one(f"SELECT n FROM sample WHERE {SHOWN} ORDER BY n DESC LIMIT 1")
        return int(row[0]) if row else 0

    def hot_rows(self, rows: Sequence[int] | None = None) -> Iterator[HotRow]:
        """Hot columns of all samples, or of these row numbers, in order of row number."""
        text = self._terms.text
        for row in _by_number(self._database, f"SELECT {_HOT} FROM sample", rows, HOT_CHUNK):
            n, sample_id, source, language, origin, recipe, model, run, depth, turns, chars, *rest = row
            revision, state, synthetic, content, created_at, updated_at, import_id, linked = rest
            side = linked and text(origin) == "imported"  # what an imported sample is linked to is its main path
            yield HotRow(
                n, sample_id, text(source), text(language), text(origin), text(recipe), text(model), text(run),
                depth, turns, chars, revision, STATES[state], bool(synthetic), content_text(content),
                created_at, updated_at, text(import_id), "side" if side else "main",
            )  # fmt: skip

    def texts(self, rows: Sequence[int] | None = None) -> Iterator[tuple[int, Sample]]:
        """(row number, sample) of all or these rows, in order of row number, without loading all at once."""
        sql = "SELECT n, sample.state, body.record FROM sample JOIN body USING (n)"
        for n, state, record in _by_number(self._database, sql, rows, BODY_CHUNK):
            yield n, load_sample(record, STATES[state])

    def rows_of(self, ids: Sequence[str]) -> list[int]:
        """Row numbers of ids, in their order; raises `NotFound` for an id that does not exist."""
        found = row_numbers(self._database, ids)
        return [_known(found, sample_id) for sample_id in ids]

    def ids_of(self, rows: Sequence[int]) -> list[str]:
        """Ids of row numbers, in their order."""
        found = dict(_by_number(self._database, "SELECT n, id FROM sample", rows, HOT_CHUNK))
        try:
            return [found[int(n)] for n in rows]
        except KeyError as exc:
            raise NotFound(f"no sample has the row number {exc.args[0]}") from None

    def get(self, sample_id: str) -> Sample:
        """The newest revision of a sample; raises `NotFound`."""
        return self.samples([sample_id])[0]

    def samples(self, ids: Sequence[str]) -> list[Sample]:
        """The newest revisions, in the order of the ids; raises `NotFound`."""
        found: dict[str, Sample] = {}
        sql = "SELECT id, state, record FROM sample JOIN body USING (n) WHERE id IN carray(?) AND " + SHOWN
        for part in chunks(list(ids), BODY_CHUNK):
            for sample_id, state, record in self._database.rows(sql, (strings(part),)):
                found[sample_id] = load_sample(record, STATES[state])
        return [_known(found, sample_id) for sample_id in ids]

    def pinned(self, members: Sequence[tuple[str, int]]) -> Iterator[Sample]:
        """Samples at given revisions, in order, streaming. They are given as active: a state is not pinned."""
        for record in self.raw_pinned(members):
            yield load_sample(record, STATES[ACTIVE])

    def raw_pinned(self, members: Sequence[tuple[str, int]]) -> Iterator[bytes]:
        """The stored JSON of samples at given revisions, in order, streaming, unparsed; raises `NotFound`."""
        for part in chunks(members, BODY_CHUNK):
            found = self._records(part)
            for sample_id, revision in part:
                record = found.get((sample_id, revision))
                if record is None:
                    raise NotFound(f"sample {sample_id} has no revision {revision} here")
                yield record

    def revisions(self, sample_id: str) -> list[Revision]:
        """All revisions, oldest first."""
        n = self.rows_of([sample_id])[0]
        rows = self._database.rows(
            "SELECT revision, at, author, note, record FROM revision WHERE n = ?1 UNION ALL"
            " SELECT revision, updated_at, author, note, record FROM sample JOIN body USING (n) WHERE n = ?1"
            " ORDER BY 1",
            (n,),
        )
        state = self.get(sample_id).state
        return [
            Revision(load_sample(record, state), self._terms.text(author), at, note)
            for _, at, author, note, record in rows
        ]

    def children(self, sample_id: str) -> list[str]:
        """Ids of samples whose origin names this one as parent or as the sample they branch from."""
        sql = f"SELECT id FROM link JOIN sample ON n = child WHERE parent = ? AND {SHOWN} ORDER BY n"
        return [row[0] for row in self._database.rows(sql, (sample_id,))]

    def by_content(self, content: str) -> list[str]:
        """Ids of samples whose newest revision has this conversation hash."""
        sql = f"SELECT id FROM sample WHERE content = ? AND {SHOWN} ORDER BY n"
        return [row[0] for row in self._database.rows(sql, (content_key(content),))]

    def _records(self, members: Sequence[tuple[str, int]]) -> dict[tuple[str, int], bytes]:
        wanted = strings(sample_id for sample_id, _ in members)
        sql = "SELECT id, revision, record FROM sample JOIN body USING (n) WHERE id IN carray(?)"
        found = {(row[0], row[1]): row[2] for row in self._database.rows(sql, (wanted,))}
        earlier = "SELECT record FROM revision WHERE n = (SELECT n FROM sample WHERE id = ?) AND revision = ?"
        for member in members:
            if member not in found and (row := self._database.one(earlier, member)):
                found[member] = row[0]
        return found


def row_numbers(database: Database, ids: Iterable[str]) -> dict[str, int]:
    """Row numbers of those ids that exist."""
    found: dict[str, int] = {}
    sql = f"SELECT id, n FROM sample WHERE id IN carray(?) AND {SHOWN}"
    for part in chunks(list(ids), HOT_CHUNK):
        found.update(database.rows(sql, (strings(part),)))
    return found


def _known(found: dict[str, Any], sample_id: str) -> Any:
    try:
        return found[sample_id]
    except KeyError:
        raise NotFound(f"no sample {sample_id}", hint="look it up by a search") from None


def _by_number(database: Database, select: str, rows: Sequence[int] | None, size: int) -> Iterator[tuple[Any, ...]]:
    """Rows of a query that begins with `n`, in its order. Read in pieces, so that no read transaction stays open."""
    if rows is not None:
        for part in row_chunks(as_rows(rows), size):
            yield from database.rows(f"{select} WHERE n IN carray(?) AND {SHOWN} ORDER BY n", (numbers(part),))
        return
    last = 0
    while found := database.rows(f"{select} WHERE n > ? AND {SHOWN} ORDER BY n LIMIT ?", (last, size)):
        yield from found
        last = found[-1][0]
