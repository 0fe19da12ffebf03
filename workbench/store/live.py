"""Lines of the journal about conversations run turn by turn (`flows.rewinding` writes them), and their undo."""

from __future__ import annotations

from workbench.errors import InvalidInput
from workbench.model import Json
from workbench.store.drafts import OPEN, read_draft
from workbench.store.sample_writes import Writes
from workbench.store.transaction import Transaction


class LiveWrites(Writes):
    """The change of `Writer` to conversations that are run turn by turn."""

    def log_live(self, data: Json, *, back: Json | None = None, forth: Json | None = None) -> None:
        """Append a line about a conversation run turn by turn, which undo and redo may answer with others."""
        swap = {"swap": {"back": back, "forth": forth}} if back and forth else {}
        self._tx.log("log:live", {**data, **swap}, undoable=bool(swap))


def swap_live(tx: Transaction, seq: int, data: Json, *, back: bool) -> None:
    """For undo and redo of going back in a conversation run turn by turn: nothing is removed, a line is added."""
    told = data.get("swap")
    if not told:
        return
    draft = read_draft(tx.database, data["draft"])
    if draft.state not in OPEN:
        draft_id = draft.id
        raise InvalidInput(f"draft {draft_id} was decided already", hint="undo that decision first")
    sql = "SELECT author FROM event WHERE kind = 'log:live' AND data ->> '$.run' = ? AND data ->> '$.draft' = ?"
    later = tx.database.rows(f"{sql} AND seq > ? AND author <> ?", (draft.run, draft.id, seq, tx.author_code))
    if later:
        who = tx.terms.text(later[-1][0])
        raise InvalidInput(f"{who} went on with the conversation of draft {draft.id} meanwhile")
    tx.log("log:live", told["back" if back else "forth"], undoable=False)
