"""Label: tag schemes and how they change, what an answer may be, how far people agree, what to ask next."""

from workbench.label.agreement import Agreement, agreement
from workbench.label.answers import CANNOT_SAY, check_value
from workbench.label.consensus import consensus
from workbench.label.defaults import FLAG, default_schemes
from workbench.label.flips import Flip, Flips, Given, flips
from workbench.label.migration import (
    SchemeChange,
    add_choice,
    change_of,
    drop_choice,
    merge_choices,
    move_choice,
    rename_choice,
    restore_choice,
    retire_choice,
    shift_choice,
    split_choice,
)
from workbench.label.nearest import SuggestionReport
from workbench.label.pace import Pace, pace
from workbench.label.queue import Item, Order, Queue, Step
from workbench.label.repeats import Repeat, SelfAgreement, self_agreement
from workbench.label.sampling import SampleCheck, drawn, wilson
from workbench.label.schemes import check_scheme

__all__ = [
    "CANNOT_SAY",
    "FLAG",
    "Agreement",
    "Flip",
    "Flips",
    "Given",
    "Item",
    "Order",
    "Pace",
    "Queue",
    "Repeat",
    "SampleCheck",
    "SchemeChange",
    "SelfAgreement",
    "Step",
    "SuggestionReport",
    "add_choice",
    "agreement",
    "change_of",
    "check_scheme",
    "check_value",
    "consensus",
    "default_schemes",
    "drawn",
    "drop_choice",
    "flips",
    "merge_choices",
    "move_choice",
    "pace",
    "rename_choice",
    "restore_choice",
    "retire_choice",
    "self_agreement",
    "shift_choice",
    "split_choice",
    "wilson",
]
