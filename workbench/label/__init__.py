"""Label: tag schemes, what an answer may be, and how far people agree."""

from workbench.label.agreement import Agreement, agreement
from workbench.label.answers import check_value
from workbench.label.consensus import consensus
from workbench.label.defaults import default_schemes
from workbench.label.schemes import check_scheme

__all__ = ["Agreement", "agreement", "check_scheme", "check_value", "consensus", "default_schemes"]
