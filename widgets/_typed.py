"""What a person typed on a page, as values of the workbench; raises `InvalidInput` for what cannot be read."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workbench.clean.replacing import Rule
from workbench.errors import InvalidInput
from workbench.model import Budget, Source, Turn
from workbench.records import turn_from_record

POLICIES = ("local_only", "pseudonymise", "may_leave")
SOURCE_FIELDS = ("license", "license_evidence", "legal_basis", "policy", "collector")
BUDGET_FIELDS = {"usd": float, "tokens": int, "calls": int}
TEXTS = ("base_url", "model", "key_variable", "key_service", "key_user")
PRICES = ("usd_per_million_in", "usd_per_million_out")
UNSEEN = ("deadline", "in_flight", "path")
"""Settings of a model that the drawer has no fields for."""


def source_from(record: Mapping[str, Any], known: list[Source]) -> Source:
    """The source a person described: a known one of that name with what they changed, else a new one."""
    name = str(record.get("name") or "").strip()
    if not name:
        raise InvalidInput("the source has no name", hint="say where these conversations come from")
    given = {key: str(record[key]).strip() for key in SOURCE_FIELDS if record.get(key)}
    if given.get("policy", "local_only") not in POLICIES:
        raise InvalidInput(f"there is no policy {given['policy']!r}", hint=f"use one of: {', '.join(POLICIES)}")
    base = next((source for source in known if source.name == name), Source(name))
    return replace(base, **given)  # type: ignore[arg-type]  # the policy was checked above


def turns_from(records: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """The turns a person rewrote; raises `InvalidInput` for something else."""
    try:
        return [turn_from_record({"id": "", **record}) for record in records]
    except (KeyError, TypeError, AttributeError) as exc:
        raise InvalidInput(f"a turn cannot be read: {exc}", hint="reload the page") from exc


_OF_A_RULE = {
    "find": "",
    "by": "",
    "at": "",
    **dict.fromkeys(("whole_words", "match_case", "regex", "slots", "once"), False),
}


def rule_from(record: Mapping[str, Any]) -> Rule:
    """What to find and what to put there, as the page sends it; raises `InvalidInput` for something else."""
    roles = record.get("roles", ())
    odd = [name for name, value in record.items() if name != "roles" and type(value) is not type(_OF_A_RULE.get(name))]
    if odd or not isinstance(roles, list | tuple) or not all(isinstance(role, str) for role in roles):
        raise InvalidInput(f"a rule cannot be read: {', '.join(map(str, odd)) or 'roles'}", hint="reload the page")
    return Rule(**{**_OF_A_RULE, **record, "roles": tuple(roles)})


def budget_from(record: Mapping[str, Any]) -> Budget:
    """The limits a person typed; an empty field is no limit."""
    values: dict[str, Any] = {}
    for name, kind in BUDGET_FIELDS.items():
        value = record.get(name)
        if value in (None, ""):
            continue
        try:
            values[name] = kind(value)
        except (TypeError, ValueError, OverflowError) as exc:
            raise InvalidInput(f"the limit {name} is not a number: {value!r}", hint="leave it empty for none") from exc
        if not 0 <= values[name] < float("inf"):
            raise InvalidInput(f"the limit {name} cannot be {value!r}", hint="use 0 or more")
    return Budget(**values)


def settings_from(typed: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The settings a person typed, with those the drawer does not show as they were; no address: the local model.

    Of a model that was removed the page sends these back, so that connecting it again loses none.
    """
    before = {**{key: typed[key] for key in UNSEEN if typed.get(key) not in (None, "")}, **before}
    given = {key: str(typed.get(key) or "").strip() for key in TEXTS}
    if not any(given.values()):
        return {key: value for key, value in before.items() if key == "path"}
    kept = {key: value for key, value in before.items() if key not in (*TEXTS, *PRICES, "local", "path")}
    prices = {key: _price(typed.get(key)) for key in PRICES}
    chosen = {**kept, **given, **prices, "local": bool(typed.get("local"))}
    return {key: value for key, value in chosen.items() if value not in ("", None, False)}


def _price(typed: Any) -> float | None:
    text = str(typed if typed is not None else "").strip().replace(",", ".")
    if not text:
        return None
    try:
        price = float(text)
    except ValueError:
        price = math.nan
    if not math.isfinite(price):
        raise InvalidInput(f"{typed!r} is not a price", hint="dollars per million tokens, or nothing")
    return price
