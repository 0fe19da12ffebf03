"""The longest stretch that one text has word for word from another."""

from __future__ import annotations


def common_run(words: list[str], source: list[str]) -> int:
    """Length in words of the longest stretch that stands in both, in time that grows with their lengths.

    Walks the longer one through the suffix automaton of the shorter one (Blumer et al. 1985).
    """
    shorter, longer = sorted((words, source), key=len)
    automaton = _Automaton(shorter)
    state = length = longest = 0
    for word in longer:
        while state and word not in automaton.ways[state]:
            state = automaton.links[state]
            length = automaton.lengths[state]
        if word in automaton.ways[state]:
            state = automaton.ways[state][word]
            length += 1
            longest = max(longest, length)
    return longest


class _Automaton:
    """The smallest automaton that knows every stretch of some words: a state for all that end at the same places."""

    def __init__(self, words: list[str]) -> None:
        self.ways: list[dict[str, int]] = [{}]
        self.links = [-1]
        """For each state the one of the longest ending of its stretches that also ends elsewhere."""
        self.lengths = [0]
        """Words in the longest stretch of each state."""
        last = 0
        for word in words:
            last = self._add(word, last)

    def _add(self, word: str, last: int) -> int:
        new = self._state(self.lengths[last] + 1, 0, {})
        at = last
        while at >= 0 and word not in self.ways[at]:
            self.ways[at][word] = new
            at = self.links[at]
        if at >= 0:
            self.links[new] = self._exactly(at, word)
        return new

    def _exactly(self, at: int, word: str) -> int:
        """The state whose longest stretch is that of `at` and `word`; one that holds longer ones, too, is split."""
        known = self.ways[at][word]
        if self.lengths[known] == self.lengths[at] + 1:
            return known
        split = self._state(self.lengths[at] + 1, self.links[known], dict(self.ways[known]))
        self.links[known] = split
        while at >= 0 and self.ways[at].get(word) == known:
            self.ways[at][word] = split
            at = self.links[at]
        return split

    def _state(self, length: int, link: int, ways: dict[str, int]) -> int:
        self.ways.append(ways)
        self.links.append(link)
        self.lengths.append(length)
        return len(self.ways) - 1
