"""What each gate is called on the screen, and what it looks at, in words a person needs no manual for."""

from __future__ import annotations

from typing import NamedTuple


class About(NamedTuple):
    """A gate as people read it."""

    title: str
    explanation: str


ABOUT: dict[str, About] = {
    "well_formed": About("Form", "Known roles, no empty turn, nobody speaking twice where people took turns"),
    "copy": About("Not a copy", "Says something other than the conversation it was made from"),
    "prompt_leak": About("No prompt inside", "Nothing of the instructions to the model is left in the text"),
    "length": About("Length", "Neither far longer nor far shorter than the conversation it was made from"),
    "similar": About("Unlike the others", "Not nearly the same as another draft of the run"),
    "personal-data": About("Personal data", "No number or address that looks real and that nobody gave the model"),
    "complete": About("Complete", "No answer was cut at its length limit"),
    "language": About("Language", "Written in the language that was asked for"),
    "begins_alike": About("Beginning kept", "What was there already stands as it was"),
    "only_last_is_new": About("Only the answer is new", "All turns before the answer stand as they were"),
    "repeats": About("No repetition", "No new turn says word for word what was said before"),
    "repetition": About("Nothing said again", "No new turn says most of what was said before"),
    "copied": About("Nothing copied", "No long stretches stand word for word in the source"),
    "numbers": About("Numbers kept", "No number is gone, and none is new"),
    "values": About("Values kept", "Every value that must stay is said"),
    "values_kept": About("Names and numbers kept", "Every name, number and date of a turn stands in its new words"),
    "names": About("People and places kept", "Every person and place of a turn is named in its new words"),
    "untouched": About("Nothing else touched", "What should stay stands letter for letter"),
    "consistent": About("Sums and weekdays", "Sums still come out, and dates still fall on their weekday"),
    "said_so": About("As it is written", "Every turn says the utterance of its act, one value throughout"),
    "same_people": About("Turn for turn", "As many turns as before, said by the same people"),
    "untranslated": About("All translated", "No turn was left in the first language"),
    "grounded": About("Grounded", "The answer says what its passage says"),
    "unanswered": About("Really unanswerable", "A question said to have no answer has none in the document"),
    "quoted": About("Evidence", "Each claim quotes words that stand where it says"),
    "sourced": About("Numbers with a source", "No number of the explanation comes from nowhere"),
    "arithmetic": About("Arithmetic", "Every sum that is written out is right"),
    "symbolic": About("Symbolic maths", "Both sides of every equation are equal"),
    "units": About("Units", "Every conversion of units is right"),
    "dates": About("Dates", "Every date exists and falls on the day that is named"),
    "code": About("Code runs", "The solution passes its tests, and a changed one fails them"),
    "known": About("Not in a test set", "No exercise of a named test set under other names, or in the same words"),
    "proved": About("Proved", "The answer was read back and proved again, step by step"),
    "cards": About("Two different cards", "The two sides do not have the same card"),
    "follows": About("Something follows", "The facts and rules can be read, and something follows from them"),
    "vocabulary": About("Vocabulary", "Few words lie outside the list"),
    "all_three": About("All three words", "All three words are said, in any form"),
    "card": About("Card found again", "A reader who does not know the card finds its fields in the text"),
    "facts": About("Facts said", "The numbers, codes and names of the card are said"),
    "cell": About("In its cell", "It lies in the cell of the grid it was written for"),
    "alike": About("Unlike other variants", "Under the cap of similarity with every other one"),
    "helps": About("It helps", "More real ones are found with them, and not by chance"),
    "slots": About("Slots exact", "Every slot stands where the label says"),
    "register": About("Only the register", "Nothing but words of the register changed"),
    "nothing_lost": About("Nothing lost", "Everything is still said, and nothing was added"),
    "privacy": About("Nothing of the source", "No word, name or number of the source is said"),
    "role-leak": About("In their role", "Nobody who asks speaks as the one who answers"),
    "private": About(
        "Private things kept", "No private goal is stated, and nobody says what only the other side knows"
    ),
    "own-card": About("True to the card", "No number contradicts what the speaker's own card says"),
    "planned-mistake": About("Planned mistake", "The mistake that was planned is made, and not taken back at once"),
    "model": About("The model asked for", "The model that answered is the one that was asked"),
    "naturalness": About("Sounds spoken", "No lists, no stock phrases, no turn far longer than the others"),
}


def about(gate: str) -> About:
    """The words for a gate; one of an extension is told by its name."""
    return ABOUT.get(gate) or About(gate, "")
