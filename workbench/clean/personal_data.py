"""The rule tier of personal-data detection: what can be recognised by its form, and proved by its checksum.

Patterns only find candidates; whether a number is a card, an account or an identity number is decided by
python-stdnum's checksums, and telephone numbers by phonenumbers (libphonenumber). Names and addresses are not found by
rules. Nothing here makes a text anonymous.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from workbench.model import Finding, Sample

CHECK = "personal-data"
REGIONS = {"zh": ("CN",), "fr": ("FR", "CH", "CA"), "en": ("US", "GB"), "de": ("DE",)}
_ELSEWHERE = ("US", "GB", "FR", "CN")

# Full-width digits and signs, as Chinese keyboards write them, one to one so that places in the text stay true.
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@dataclass(frozen=True, slots=True)
class Detected:
    """One piece of personal data: characters `start` to `end`; `sure` when a checksum or numbering plan proves it."""

    kind: str
    start: int
    end: int
    text: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    candidate: re.Pattern[str]
    valid: Callable[[str], bool]


def detect_personal_data(text: str, *, language: str | None = None) -> list[Detected]:
    """What the rules find, in order, without overlaps: the surest and longest reading of a place wins."""
    folded = text.translate(_FULL_WIDTH)
    found = [*_by_rules(folded), *_phones(folded, language)]
    kept: list[Detected] = []
    for item in sorted(found, key=lambda d: (not d.sure, d.start - d.end, d.start)):
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(Detected(item.kind, item.start, item.end, text[item.start : item.end], item.sure))
    return sorted(kept, key=lambda item: item.start)


def personal_data_findings(samples: Iterable[Sample]) -> Iterator[Finding]:
    """Findings with their place; the value itself is masked, so that a report does not spread it."""
    for sample in samples:
        for turn in sample.turns:
            for item in detect_personal_data(turn.content, language=sample.language):
                yield Finding(
                    check=CHECK,
                    score=0.0 if item.sure else 0.5,
                    severity="problem" if item.sure else "warning",
                    message=f"{TITLES[item.kind]}: {masked(item.text)}",
                    sample=sample.id,
                    turn=turn.id,
                    start=item.start,
                    end=item.end,
                    value=item.kind,
                )


def masked(text: str) -> str:
    """The first and last two characters, the rest as dots."""
    return text if len(text) < 5 else f"{text[:2]}{'•' * min(len(text) - 4, 8)}{text[-2:]}"


def _stdnum(module: str) -> Callable[[str], bool]:
    return lambda candidate: bool(import_module(f"stdnum.{module}").is_valid(candidate))


def _resident_id(candidate: str) -> bool:
    ric = import_module("stdnum.cn.ric")
    try:
        return bool(ric.is_valid(candidate))
    except KeyError:  # its table of counties has holes: the date and the check digit decide
        return bool(ric.get_birth_date(candidate)) and candidate[-1].upper() == ric.calc_check_digit(candidate)


def _card(candidate: str) -> bool:
    digits = re.sub(r"\D", "", candidate)
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and len(set(digits)) > 1 and _stdnum("luhn")(digits)


def _address(candidate: str) -> bool:
    try:
        address = ipaddress.ip_address(candidate)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)


def _email(candidate: str) -> bool:
    local, _, domain = candidate.rpartition("@")
    return len(local) <= 64 and ".." not in candidate and not domain.startswith(("-", "."))


_DIGITS = r"(?<![\w.])"  # not inside a longer number or word; Chinese text glues numbers to letters, see _GLUED
_GLUED = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"
_IBAN = r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?"
_NIR = r"[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}"

_RULES = (
    _Rule("email", re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,24}"), _email),
    _Rule(
        "iban", re.compile(_GLUED + r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?" + _END), _stdnum("iban")
    ),
    _Rule("id-cn", re.compile(_GLUED + r"\d{17}[\dXx]" + _END), _resident_id),
    _Rule("company-cn", re.compile(_GLUED + r"[0-9A-HJ-NPQRTUWXY]{18}" + _END), _stdnum("cn.uscc")),
    _Rule(
        "id-fr",
        re.compile(_GLUED + _NIR + _END),
        _stdnum("fr.nir"),
    ),
    _Rule("id-us", re.compile(_GLUED + r"\d{3}-\d{2}-\d{4}" + _END), _stdnum("us.ssn")),
    _Rule("card", re.compile(_GLUED + r"\d(?:[ \-]?\d){12,18}" + _END), _card),
    _Rule("ip-address", re.compile(_DIGITS + r"(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)"), _address),
)

TITLES = {
    "email": "e-mail address",
    "iban": "bank account (IBAN)",
    "id-cn": "Chinese resident identity number",
    "company-cn": "Chinese company number",
    "id-fr": "French social security number",
    "id-us": "US social security number",
    "card": "payment card number",
    "ip-address": "network address",
    "phone": "telephone number",
}
"""What each kind is called on the screen."""


def _by_rules(text: str) -> Iterator[Detected]:
    for rule in _RULES:
        for match in rule.candidate.finditer(text):
            if rule.valid(match.group()):
                yield Detected(rule.kind, match.start(), match.end(), match.group(), True)


def _phones(text: str, language: str | None) -> Iterator[Detected]:
    if sum(map(str.isdigit, text)) < 7:
        return
    from phonenumbers import Leniency, PhoneNumberMatcher

    for region in REGIONS.get(language or "", _ELSEWHERE):
        for leniency in (Leniency.VALID, Leniency.POSSIBLE):
            for match in PhoneNumberMatcher(text, region, leniency):
                sure = leniency == Leniency.VALID
                if sure or _looks_dialled(match.raw_string):
                    yield Detected("phone", match.start, match.end, match.raw_string, sure)


def _looks_dialled(candidate: str) -> bool:
    # A possible number that no plan has assigned (ranges kept for fiction, say): only when it is written like one.
    digits = re.sub(r"\D", "", candidate)
    separators = len(re.findall(r"[ .\-)]+", candidate))
    return 9 <= len(digits) <= 13 and candidate[:1] in "0+(" and separators >= 1 + ("." in candidate)
