"""Texts in which numbers that are not known yet have their places."""

from collections.abc import Iterator

from .forks import Untraceable

OPEN, CLOSE = "\ue000", "\ue001"
"""Signs of no language: between them a text has the number of a node."""

TEXTS = frozenset({"join", "number", "signed", "without", "from", "behind", "strip", "name"})


def is_text(node) -> bool:
    """Whether a node gives a text."""
    if node.op in ("where", "pick"):
        return all(is_text(arg) for arg in node.args[1:])
    return node.op in TEXTS or (node.op == "const" and isinstance(node.value, str))


def parted(written: str) -> Iterator[str]:
    """Texts and, at the odd places, the numbers of nodes between them."""
    for place, part in enumerate(written.split(OPEN)):
        if not place:
            yield part
            continue
        number, _, rest = part.partition(CLOSE)
        yield number
        yield rest


class Words(str):
    """A text in which symbols have their places."""

    def __new__(cls, graph, written: str):
        made = super().__new__(cls, written)
        made.graph = graph
        return made

    def _same(self, other):
        return self.graph.symbol("same", self, other)

    def __eq__(self, other):
        return bool(self._same(other)) if isinstance(other, str) else NotImplemented

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __bool__(self):
        return self != ""

    def __getitem__(self, at):
        if not (isinstance(at, slice) and at.stop is at.step is None and at.start > 0):
            raise Untraceable("letters of a text that is not known yet")
        return self.graph.words(self.graph.make("from", self.graph.node(self), value=at.start))

    def removesuffix(self, suffix: str, /) -> str:
        return self.graph.words(self.graph.make("without", self.graph.node(self), value=suffix))

    def removeprefix(self, prefix: str, /) -> str:
        return self.graph.words(self.graph.make("behind", self.graph.node(self), self.graph.node(prefix)))

    def strip(self, letters=None, /) -> str:
        if letters is not None:
            raise Untraceable("letters are taken off a text that is not known yet")
        return self.graph.words(self.graph.make("strip", self.graph.node(self)))

    def __len__(self):
        raise Untraceable("the length of a text that is not known yet")

    def replace(self, *_):
        raise Untraceable("replacing in a text that is not known yet")
