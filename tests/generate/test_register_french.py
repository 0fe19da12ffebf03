"""French in another way of speaking: what only looks like a question, whose "nous" it is, and words in others."""

from __future__ import annotations

import pytest

from tests.generate.texts import said_as

STATEMENTS = [
    "Je voudrais savoir si c'est ouvert ?",
    "Je voulais juste savoir si vous avez reçu mon dossier ?",
    "Je souhaite savoir s'il reste une place ?",
    "Je cherche le service des impôts ?",
    "Je viens aux nouvelles de mon dossier ?",
    "Je suis à la recherche d'un médecin ?",
    "Je vous appelle pour mon dossier ?",
    "Nous voudrions réserver une table ?",
    "Nous cherchons l'entrée ?",
    "On cherche le guichet ?",
    "On dirait qu'il pleut ?",
    "On m'a dit qu'il fallait un timbre ?",
    "Elle voudrait savoir si c'est ouvert ?",
    "Elle m'a dit de venir à midi ?",
    "Il paraît qu'on ferme le lundi ?",
    "Il semble fermé ?",
    "C'est pour savoir si vous êtes ouverts ?",
    "C'est au sujet de mon dossier ?",
    "Vous dites ?",
    "Tu vois ?",
    "Vous venez n'est-ce pas ?",
]
"""Sentences that say something and end with a question mark; nobody asks them of themselves."""


@pytest.mark.parametrize("text", STATEMENTS)
def test_what_only_ends_like_a_question_is_not_made_one(text):
    assert said_as("formal", text, "fr") == {text}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Je voudrais savoir si ça marche ?", "Je voudrais savoir si cela marche ?"),
        ("Je peux venir ?", "Est-ce que je peux venir ?"),
        ("Je ne dois pas payer ?", "Est-ce que je ne dois pas payer ?"),
        ("Je n'ai pas droit au remboursement ?", "Est-ce que je n'ai pas droit au remboursement ?"),
        ("Je vous envoie le formulaire ?", "Est-ce que je vous envoie le formulaire ?"),
        ("Je suis bien au bon guichet ?", "Est-ce que je suis bien au bon guichet ?"),
        ("Nous avons droit à une aide ?", "Est-ce que nous avons droit à une aide ?"),
        ("C'est pour le travail ?", "Est-ce que c'est pour le travail ?"),
    ],
)
def test_what_can_be_asked_is_asked(old, new):
    assert said_as("formal", old, "fr") == {new}


@pytest.mark.parametrize(
    "text",
    [
        "Il ne nous est pas possible de répondre.",
        "Vous ne vous êtes pas trompé.",
        "Cela ne nous fait pas peur.",
        "Elle ne vous a pas répondu.",
    ],
)
def test_nous_and_vous_that_are_no_subject_get_no_second_ne(text):
    assert said_as("formal", text, "fr") == {text}


def test_nous_and_vous_as_the_subject_get_their_ne():
    assert said_as("formal", "Nous savons pas, vous avez pas écrit.", "fr") == {
        "Nous ne savons pas, vous n'avez pas écrit."
    }


@pytest.mark.parametrize(
    ("register", "old", "new"),
    [
        ("formal", "Réponds-moi stp.", "Réponds-moi s'il te plaît."),
        ("formal", "On y a une chambre, on y a pas accès.", None),
        ("formal", "Et y a une file, mais y a pas de chaise.", "Et il y a une file, mais il n'y a pas de chaise."),
        ("formal", "C'est un truc intéressant.", None),
        ("formal", "Il vient du coup de fil.", None),
        ("formal", "Oui, maman. Bonjour papa !", None),
        ("formal", "Ça c'est bien. Ah ça oui ! La somme, ça ça va.", None),
        ("formal", "Il reste 2933 ok.", None),
        ("casual", "Si cela est possible, pas d'accord à demander.", None),
        ("elderly", "Mon ordinateur portable, mon téléphone portable, mon appareil photo.", None),
        ("elderly", "La box internet et la connexion internet.", None),
    ],
)
def test_a_word_is_exchanged_only_where_it_means_the_same(register, old, new):
    assert said_as(register, old, "fr") == {new or old}


def test_an_older_person_keeps_tu_or_vous_with_thanks():
    assert said_as("elderly", "Tu es gentil, merci.", "fr") == {
        "Tu es gentil, merci bien.",
        "Tu es gentil, merci beaucoup.",
    }


def test_a_long_letter_in_quotation_marks_stays():
    letter = "« Madame, je n'ai pas reçu la somme. " + "Elle figure sur le relevé joint. " * 20 + "»"
    assert said_as("casual", letter, "fr") == {letter}
