"""The starting domain tree: industries with their branches. Experts add, rename and retire."""

from __future__ import annotations

from workbench.model import Choice

_TREE: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("finance", "Finance"): (
        ("cards", "Cards"),
        ("loans", "Loans and mortgages"),
        ("payments", "Payments and transfers"),
        ("insurance", "Insurance"),
        ("tax", "Tax"),
        ("investing", "Saving and investing"),
    ),
    ("health", "Health"): (
        ("appointments", "Appointments"),
        ("lab", "Laboratory and tests"),
        ("medication", "Medication"),
        ("symptoms", "Symptoms and advice"),
        ("mental-health", "Mental health"),
        ("care", "Nursing and care"),
    ),
    ("law", "Law"): (
        ("tenancy", "Tenancy"),
        ("employment", "Employment"),
        ("family", "Family"),
        ("consumer", "Consumer rights"),
        ("contracts", "Contracts"),
    ),
    ("education", "Education"): (
        ("mathematics", "Mathematics"),
        ("languages", "Languages"),
        ("sciences", "Sciences"),
        ("enrolment", "Enrolment and exams"),
        ("training", "Vocational training"),
    ),
    ("retail", "Retail"): (
        ("orders", "Orders and delivery"),
        ("returns", "Returns and complaints"),
        ("advice", "Buying advice"),
        ("restaurants", "Restaurants and food"),
    ),
    ("travel", "Travel"): (
        ("flights", "Flights"),
        ("hotels", "Hotels"),
        ("trains", "Trains and buses"),
        ("changes", "Changes and refunds"),
        ("sights", "Sights and events"),
        ("local", "Taxi and local transport"),
    ),
    ("telecom", "Telecom"): (
        ("mobile", "Mobile"),
        ("internet", "Internet"),
        ("billing", "Billing"),
    ),
    ("public-services", "Public services"): (
        ("permits", "Permits"),
        ("benefits", "Benefits"),
        ("waste", "Waste and streets"),
        ("registration", "Registration and papers"),
    ),
    ("technology", "Technology"): (
        ("software", "Software"),
        ("hardware", "Hardware"),
        ("accounts", "Accounts and access"),
        ("programming", "Programming"),
    ),
    ("energy", "Energy"): (
        ("billing", "Billing"),
        ("outage", "Outages"),
        ("heating", "Heating"),
        ("solar", "Solar and storage"),
    ),
    ("manufacturing", "Manufacturing"): (
        ("maintenance", "Maintenance"),
        ("quality", "Quality"),
        ("safety", "Safety at work"),
        ("planning", "Planning"),
    ),
    ("daily-life", "Daily life"): (
        ("cooking", "Cooking"),
        ("home", "Home and garden"),
        ("family", "Family"),
        ("sport", "Sport"),
        ("pets", "Pets"),
        ("small-talk", "Small talk"),
        ("media", "Music, films and books"),
    ),
}


def _choices() -> tuple[Choice, ...]:
    choices = []
    for (value, label), children in _TREE.items():
        choices.append(Choice(value, label))
        choices += [Choice(f"{value}/{child}", name) for child, name in children]
    return tuple(choices)


DOMAIN_TREE = _choices()
"""Parents before their children, in the order people see them."""
