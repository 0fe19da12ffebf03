"""Clean: exact duplicates, recorded normalisation, languages, and the rule tier of personal-data detection."""

from workbench.clean.duplicates import DuplicateGroup, exact_duplicate_groups
from workbench.clean.normalise import STEPS, Change, Cleaned, normalise
from workbench.clean.personal_data import Detected, detect_personal_data, masked, personal_data_findings

__all__ = [
    "STEPS",
    "Change",
    "Cleaned",
    "Detected",
    "DuplicateGroup",
    "detect_personal_data",
    "exact_duplicate_groups",
    "masked",
    "normalise",
    "personal_data_findings",
]
