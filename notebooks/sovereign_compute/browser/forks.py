"""The questions that a function asks numbers that are not known yet, and all the ways to answer them."""

from collections.abc import Callable

from ..errors import CourseError

MOST_WAYS = 6_000
"""How many answers to all questions a function may have."""
MOST_QUESTIONS = 200
"""How many questions it may ask on one way: a search for a number that is not known yet would never end."""


class Untraceable(CourseError):
    """What a function does cannot be noted as operations on numbers; the sentence says what."""


class Forks:
    """The questions that a function asks symbols: it is run once for each answer, and the results are joined.

    An answer holds for the rest of that run.
    """

    def __init__(self, most: int = MOST_WAYS):
        self.most = most
        self._answers: dict[int, object] = {}
        self._run: tuple[list, tuple, list] | None = None  # ways to try, answers given, answers asked for

    def answer(self, node, options: tuple):
        """One of the answers to what a node is; the others are tried later."""
        if node.id in self._answers:
            return self._answers[node.id]
        if self._run is None:
            raise Untraceable("a question about a number that is not known yet")
        todo, given, asked = self._run
        if len(asked) >= MOST_QUESTIONS:
            raise Untraceable(f"it asks more than {MOST_QUESTIONS} questions about numbers that are not known yet")
        found = given[len(asked)][1] if len(asked) < len(given) else options[0]
        if len(asked) >= len(given):
            todo += [(*asked, (node, other)) for other in options[1:]]
        asked.append((node, found))
        self._answers[node.id] = found
        return found

    def all_ways(self, function: Callable, join: Callable):
        """Run a function once for each answer; ``join`` puts a question's results together.

        It gets the node that was asked about and the results by answer. Answers that were given outside are asked for
        again, so that what is found holds everywhere.
        """
        outer, kept, before = self._run, self._answers, {}
        todo: list[tuple] = [()]
        found: list[tuple[list, object]] = []
        try:
            while todo:
                if len(found) >= self.most:
                    raise Untraceable(f"it has more than {self.most:,} ways to go")
                given, asked = todo.pop(), []
                self._run, self._answers = (todo, given, asked), dict(before)
                result = function()
                found.append((asked, result))
        finally:
            self._run, self._answers = outer, kept
        return _together(found, 0, join)


def _together(found: list[tuple[list, object]], depth: int, join: Callable):
    asked, result = found[0]
    if len(found) == 1 and len(asked) == depth:
        return result
    groups: dict[object, list] = {}
    for one in found:
        groups.setdefault(one[0][depth][1], []).append(one)
    results = {answer: _together(ways, depth + 1, join) for answer, ways in groups.items()}
    return join(asked[depth][0], results)
