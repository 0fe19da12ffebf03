"""Taking back, or doing again, several steps of one author at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workbench.errors import InvalidInput
from workbench.store.base import Store
from workbench.store.rows import Step

_ALL = 1 << 40


@dataclass(frozen=True, slots=True)
class StepsTaken:
    """Which steps were taken back or done again, in that order; `blocked` says why it stopped early, if it did."""

    steps: tuple[Step, ...]
    blocked: str = ""


def undo_to(store: Store, author: str, step: int) -> StepsTaken:
    """Take back steps, newest first, up to and with this one.

    Raises `InvalidInput` for a step that is not this author's or cannot be taken back.
    """
    _check(store, author, step, undone=False)
    return _travel(store.undo, author, step)


def redo_to(store: Store, author: str, step: int) -> StepsTaken:
    """Do again what was taken back, oldest first, up to and with this step. Raises `InvalidInput`."""
    _check(store, author, step, undone=True)
    return _travel(store.redo, author, step)


def _travel(move: Callable[[str], Step | None], author: str, step: int) -> StepsTaken:
    """Each step is a transaction of its own: what was done before a step that has to stay is kept."""
    taken: list[Step] = []
    while not taken or taken[-1].id != step:
        try:
            moved = move(author)
        except InvalidInput as exc:
            return StepsTaken(tuple(taken), exc.message)
        if moved is None:
            break
        taken.append(moved)
    return StepsTaken(tuple(taken))


def _check(store: Store, author: str, step: int, *, undone: bool) -> None:
    found = next((item for item in store.steps(author, _ALL) if item.id == step), None)
    if found is None:
        raise InvalidInput("that is not a step of yours", hint="everybody takes back only their own steps")
    if found.undone is not undone or not found.undoable:
        state = "taken back already" if found.undone else "done already" if undone else "not one that can be taken back"
        raise InvalidInput(f"the step {found.label!r} is {state}", hint=found.why or "read the list again")
