"""Label: tag schemes, what an answer may be, how far people agree, and queues of what to ask next."""

from workbench.label.agreement import Agreement, agreement
from workbench.label.answers import CANNOT_SAY, check_value
from workbench.label.consensus import consensus
from workbench.label.defaults import FLAG, default_schemes
from workbench.label.flips import Flip, Flips, Given, flips
from workbench.label.nearest import SuggestionReport
from workbench.label.pace import Pace, pace
from workbench.label.queue import Item, Order, Queue, Step
from workbench.label.repeats import Repeat, SelfAgreement, self_agreement
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
    "SelfAgreement",
    "Step",
    "SuggestionReport",
    "agreement",
    "check_scheme",
    "check_value",
    "consensus",
    "default_schemes",
    "flips",
    "pace",
    "self_agreement",
]
