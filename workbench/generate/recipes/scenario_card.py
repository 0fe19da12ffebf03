"""One scenario card: drawn from the fields of a grid, or as a person approved or wrote it, a field a line."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.errors import InvalidInput
from workbench.generate.cards import Fields, check_fields, drawn_card, read_fields
from workbench.generate.material import Blank
from workbench.generate.recipes.channels import CHANNELS

LANGUAGES = {"en": "fr", "fr": "en", "zh": "en"}
"""What a conversation can be written in, and the language that is mixed into it."""

NOT_READ = ("facts", "channel", "language")
"""Fields that are not read back: the first is looked for in the text, the others are done or detected."""

KNOWN = ("goal", "facts", "persona", "mood", "obstacle", "channel", "language")
"""Fields by the names they have here; others are a person's own."""

ONE_OF = {"channel": CHANNELS, "language": tuple(LANGUAGES)}

GRID = """\
goal: change an order x2 | get money back | report something broken | ask how something works
facts: order 4471, paid 59 euros | order A-1203, bought on 14 March | order 8302, two pieces
persona: a student | a retired teacher | a parent with little time | the owner of a small shop
mood: calm x2 | worried | annoyed
obstacle: none x2 | a number is wrong at first | the wish is not possible, but another way is | a term is not understood
channel: as written x3 | typing slips | speech recognition | interruptions | cut off | mixed languages
language: en x2 | fr | zh"""

Card = dict[str, str]


def check_grid(grid: str, own: str) -> None:
    """Raise `InvalidInput` for a grid, or a card of one's own, that cannot be read or has a slip in it."""
    read_fields(grid)
    check_fields(grid, KNOWN, ONE_OF)
    if own.strip():
        read_card(own, grid)


def card_for(grid: str, own: str, blank: Blank) -> Card:
    """The card of a row: a person's own where there is one, else drawn from the grid."""
    return read_card(own, grid) if own.strip() else drawn_card(read_fields(grid), blank.number, blank.seed)


def card_text(card: Mapping[str, str]) -> str:
    """A card as people and models read it."""
    return "\n".join(f"{name}: {value}" for name, value in card.items())


def read_card(text: str, grid: str) -> Card:
    """A card from its text: every field of the grid once, each with one value.

    A value need not be one of the grid's; only a channel and a language have to be known. Raises `InvalidInput`.
    """
    fields = read_fields(text)
    check_fields(text, KNOWN, ONE_OF)
    wanted = list(read_fields(grid))
    for name in fields:
        if name not in wanted:
            raise InvalidInput(f"the card has a field {name!r} of its own", hint=f"its fields: {', '.join(wanted)}")
    missing = [name for name in wanted if name not in fields]
    if missing:
        raise InvalidInput(f"the card lacks the field {missing[0]!r}", hint=f"its fields: {', '.join(wanted)}")
    for name, values in fields.items():
        if len(values) > 1 or values[0][1] > 1:
            raise InvalidInput(f"{name} has more than one value", hint="one card has one value in each field")
    return {name: fields[name][0][0] for name in wanted}


def to_read_back(grid: str, card: Mapping[str, str]) -> Fields:
    """The fields that a reader is asked about, each with its possible values; the card's own is one of them."""
    asked: Fields = {}
    for name, values in read_fields(grid).items():
        if name not in NOT_READ and len(values) > 1:
            own = () if card[name] in {value for value, _ in values} else ((card[name], 1),)
            asked[name] = (*values, *own)
    return asked
