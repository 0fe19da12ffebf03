"""What a person can choose for an export: each option with the question it answers and what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from workbench.errors import InvalidInput

Options = Mapping[str, Any]
"""What a person chose for one export, for all its formats together, by the option's name; words or Python values."""

YES, NO = "yes", "no"
_MEANT = {"true": YES, "on": YES, "1": YES, "false": NO, "off": NO, "0": NO}


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a format.

    Attributes:
        name: what it is called in `options`.
        title: what is chosen, in a few words, as it stands on the screen.
        values: what may be chosen; the first one unless somebody says otherwise.
    """

    name: str
    title: str
    values: tuple[str, ...]

    @classmethod
    def yes_or_no(cls, name: str, title: str, *, usual: bool) -> Self:
        """Something done or left undone; `usual`: whether it is done where nothing is said."""
        return cls(name, title, (YES, NO) if usual else (NO, YES))

    @property
    def is_yes_or_no(self) -> bool:
        """Whether it is a yes or a no."""
        return set(self.values) == {YES, NO}

    def of(self, options: Options) -> str:
        """What was chosen. Raises `InvalidInput` for a value that is not possible."""
        word = str(options.get(self.name, self.values[0])).strip().casefold()
        value = _MEANT.get(word, word) if self.is_yes_or_no else word
        if value not in self.values:
            hint = f"choose one of: {', '.join(self.values)}"
            raise InvalidInput(f"{self.name}: {options[self.name]!r} is not possible", hint=hint)
        return value

    def chosen(self, options: Options) -> bool:
        """Whether yes was chosen."""
        return self.of(options) == YES
