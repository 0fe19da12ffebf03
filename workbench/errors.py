"""Every error the workbench raises on purpose.

    WorkbenchError
    ├── NotFound            no sample, draft, scheme, slice ... of that id or name
    │   └── UnknownName     no such recipe, check, importer ...; says what is known and near
    ├── DuplicateName       that name is taken by another module
    ├── InvalidInput        a value a person gave cannot be used; says which and why
    │   ├── QueryError      a query cannot be read; carries the place in the text
    │   └── GuaranteeLost   an edited text does not give the proof it carries; says what is lost and why
    ├── StaleRevision       somebody else saved first; carries both revisions
    ├── StaleScheme         somebody else changed the tag scheme first; carries both versions
    ├── StaleMap            the map was laid out anew since the picture that was pointed at
    ├── StoreError          the workspace's database cannot be used as asked
    │   ├── StoreTooNew     written by a newer version of the workbench
    │   └── StoreBusy       another process kept the database locked for too long
    ├── CollectError        a file cannot be read at all (bad records do not raise)
    │   └── NothingToRead   it is not there, may not be read, is empty or damaged: in no format
    ├── GenerateError       a recipe can make nothing of this sample
    │   └── RowLost         one row of it came to nothing; those behind it are made all the same
    ├── ModelError          a model endpoint did not give a usable answer
    │   ├── ModelRefused    the model declined
    │   ├── CallInDoubt     sent before an interruption, perhaps charged: it is not sent again
    │   └── ModelUnreachable  nothing answers at the endpoint
    ├── BudgetExceeded      the next call could pass the limit the person set
    ├── Cancelled           the person stopped the job
    └── ExportRefused       a gate forbids this export; says which and how to mend it

Each carries a `hint`: the next thing a person can do. `as_dict` is what widgets and the command line show.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence


class WorkbenchError(Exception):
    """Root of all expected errors: shown to people in these words, without a traceback."""

    code = "error"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def as_dict(self) -> dict[str, object]:
        """The error as plain JSON: `code`, `message`, `hint` and what a subclass adds."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class NotFound(WorkbenchError):
    """Something was asked for by an id or name that does not exist here."""

    code = "not_found"


class UnknownName(NotFound):
    """A registry has no entry of this name; the message lists what it has."""

    code = "unknown_name"

    @classmethod
    def among(cls, kind: str, name: str, known: Iterable[str]) -> UnknownName:
        """Build the error for `name`, proposing the nearest of the `known` names."""
        names = sorted(known)
        near = difflib.get_close_matches(name, names, n=1)
        message = f"no {kind} {name!r}; did you mean {near[0]!r}?" if near else f"no {kind} {name!r}"
        return cls(message, hint=f"known: {', '.join(names) or 'none'}")


class DuplicateName(WorkbenchError):
    """Two modules register the same name."""

    code = "duplicate_name"


class InvalidInput(WorkbenchError):
    """A value given by a person cannot be used."""

    code = "invalid_input"


class QueryError(InvalidInput):
    """A query cannot be read. `start` and `end` are character offsets into `query`."""

    code = "query"

    def __init__(self, message: str, *, query: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.query = query
        self.start = start
        self.end = end

    def __str__(self) -> str:
        pointer = " " * self.start + "^" * max(1, self.end - self.start)
        return f"{super().__str__()}\n  {self.query}\n  {pointer}"

    def as_dict(self) -> dict[str, object]:
        """The error with its place in the query text."""
        return {**WorkbenchError.as_dict(self), "start": self.start, "end": self.end}


class GuaranteeLost(InvalidInput):
    """A text carries a proof, or code with tests, that its words do not give. `lost` holds `turn`, `kind` and `why`."""

    code = "guarantee_lost"

    def __init__(self, lost: Sequence[Mapping[str, str]]) -> None:
        why = lost[0]["why"]
        super().__init__(
            f"the proof does not hold for this text: {why}"
            if lost[0]["kind"] == "proof"
            else f"the exercise does not hold for this text: {why}",
            hint="mend the text, or accept it as an ordinary conversation (plain=True)",
        )
        self.lost = [dict(one) for one in lost]

    def as_dict(self) -> dict[str, object]:
        """The error with all that is lost."""
        return {**super().as_dict(), "lost": self.lost}


class StaleRevision(WorkbenchError):
    """A write was based on a revision that is no longer the newest."""

    code = "stale_revision"

    def __init__(self, sample_id: str, *, base: int, current: int) -> None:
        super().__init__(
            f"sample {sample_id} was changed meanwhile: you edited revision {base}, it is now at {current}",
            hint="look at both texts and save again",
        )
        self.sample_id = sample_id
        self.base = base
        self.current = current

    def as_dict(self) -> dict[str, object]:
        """The error with the sample and both revisions."""
        return {**super().as_dict(), "sample_id": self.sample_id, "base": self.base, "current": self.current}


class StaleScheme(WorkbenchError):
    """A change of a tag scheme was begun on a version that is no longer the newest."""

    code = "stale_scheme"

    def __init__(self, scheme: str, *, base: int, current: int, who: str = "") -> None:
        super().__init__(
            f"{who or 'somebody'} changed the question {scheme!r} meanwhile: "
            f"you began with version {base}, it is now at {current}",
            hint="nothing of yours was saved; look at the new version and make your change again",
        )
        self.scheme = scheme
        self.base = base
        self.current = current

    def as_dict(self) -> dict[str, object]:
        """The error with the scheme and both versions."""
        return {**super().as_dict(), "scheme": self.scheme, "base": self.base, "current": self.current}


class StaleMap(WorkbenchError):
    """A place or region was picked on a picture of the map that has been laid out anew since."""

    code = "stale_map"

    def __init__(self) -> None:
        super().__init__(
            "the map was laid out anew meanwhile: its regions and places are others now",
            hint="nothing was selected; look at the new picture and pick again",
        )


class StoreError(WorkbenchError):
    """The workspace's database cannot be used as asked."""

    code = "store"


class StoreTooNew(StoreError):
    """The workspace was written by a newer version of the workbench."""

    code = "store_too_new"


class StoreBusy(StoreError):
    """Another process kept the database locked for too long."""

    code = "store_busy"


class CollectError(WorkbenchError):
    """A file cannot be read at all. Single bad records never raise; they are quarantined."""

    code = "collect"


class NothingToRead(CollectError):
    """No file is there, or nothing in it can be read in any format; `folder`: where to look where the path is wrong."""

    code = "nothing_to_read"

    def __init__(self, message: str, *, hint: str = "", folder: str = "") -> None:
        super().__init__(message, hint=hint)
        self.folder = folder

    def as_dict(self) -> dict[str, object]:
        """The error, and where to look instead."""
        return {**super().as_dict(), **({"folder": self.folder} if self.folder else {})}


class GenerateError(WorkbenchError):
    """A recipe can make nothing of this sample, or made what cannot be used; `raw` is what a model wrote."""

    code = "generate"

    def __init__(self, message: str, *, hint: str = "", raw: str = "") -> None:
        super().__init__(message, hint=hint)
        self.raw = raw


class RowLost(GenerateError):
    """One row came to nothing, and that says nothing about those behind it: a recipe is begun anew with the next."""


class ModelError(WorkbenchError):
    """A model endpoint did not give a usable answer.

    `retry_after` is after how many seconds trying again makes sense (None: it does not); `maybe_charged` says that
    the request went out and nobody knows what became of it; `raw` is what came back, as far as it is worth keeping;
    `slow_down` says that the endpoint asks for fewer requests; `tokens` is what a whole but useless answer took, read
    and written, and `estimated` whether that is our estimate because the endpoint did not say; `status` is that of the
    HTTP answer, where there was one that is no completion.
    """

    code = "model"
    tokens: tuple[int, int] | None = None
    estimated: bool = False
    status: int | None = None

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        retry_after: float | None = None,
        maybe_charged: bool = False,
        raw: str = "",
        slow_down: bool = False,
    ) -> None:
        super().__init__(message, hint=hint)
        self.slow_down = slow_down
        self.retry_after = retry_after
        self.maybe_charged = maybe_charged
        self.raw = raw

    def as_dict(self) -> dict[str, object]:
        """The error, and whether it may have cost money."""
        return {**super().as_dict(), **({"maybe_charged": True} if self.maybe_charged else {})}


class ModelRefused(ModelError):
    """The model declined to answer."""

    code = "model_refused"


class ModelUnreachable(ModelError):
    """Nothing answers at the endpoint."""

    code = "model_unreachable"


class CallInDoubt(ModelError):
    """A call was sent before an interruption and nobody knows what became of it: it is not sent again by itself."""

    code = "call_in_doubt"


class BudgetExceeded(WorkbenchError):
    """The next call could pass the limit set for this run, so it was not sent."""

    code = "budget"


class Cancelled(WorkbenchError):
    """The person stopped this job."""

    code = "cancelled"


class ExportRefused(WorkbenchError):
    """A gate forbids this export."""

    code = "export_refused"
