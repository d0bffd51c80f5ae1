"""Texts of different learners that are alike in long parts: pointed out, for a person to read and to judge.

Two texts are compared by the runs of five words that they share (w-shingling, Broder 1997), as a share of the shorter
one. Words of the question count for nobody.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations

RUN = 5  # words
ALIKE = 0.4  # of the runs of the shorter text
FEWEST = 20  # runs, below which two texts may agree by chance


def runs(text: str, without: str = "") -> set[str]:
    """The runs of five words in a text that another one does not have."""
    return _runs(text) - _runs(without)


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def alike(texts: Mapping[str, str], question: str = "") -> list[tuple[str, str, float]]:
    """Pairs of names whose texts are alike, with the share of the shorter one; the most alike first.

    >>> one = " ".join(map(str, range(40)))
    >>> alike({"A": one, "B": one.upper(), "C": "another text"})
    [('A', 'B', 1.0)]
    """
    known = {name: found for name, text in texts.items() if len(found := runs(text, question)) >= FEWEST}
    where: dict[str, list[str]] = defaultdict(list)
    for name, found in known.items():
        for run in found:
            where[run].append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in where.values():
        shared.update(combinations(names, 2))
    found = [(a, b, n / min(len(known[a]), len(known[b]))) for (a, b), n in shared.items()]
    return sorted((pair for pair in found if pair[2] >= ALIKE), key=lambda pair: (-pair[2], pair[:2]))
