"""Chat models: what they are, the ones that ship, and the ledger through which every call goes."""

from workbench.llm.base import ChatModel, Message, OnText, Price, Reply, Request
from workbench.llm.budget import Cost, worst_cost
from workbench.llm.ledger import LedgeredModel
from workbench.llm.scripted import ScriptedModel

__all__ = [
    "ChatModel",
    "Cost",
    "LedgeredModel",
    "Message",
    "OnText",
    "Price",
    "Reply",
    "Request",
    "ScriptedModel",
    "worst_cost",
]
