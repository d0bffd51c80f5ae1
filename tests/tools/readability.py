"""How the texts read.

    uv run --frozen --group test --with wordfreq python tests/tools/readability.py [--worst N] [--said NAME] [ROOT]

For each page that learners and teachers read: words, words in a sentence, and how many in a hundred sentences are long
or passive, and how many in a hundred words are nouns made of verbs or words that few people know. Then the worst
sentences. It is a report, for whoever writes: no number of it passes or fails.

``--said gpu_hour_cost``, or ``--said all``, lists what the panels say by themselves instead: each view with the
course's values, with each preset, and with ten random scenarios. Read it aloud. ROOT is another copy of the course.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import mistune

TESTS = Path(__file__).resolve().parents[1]
LONG = 25  # words in a sentence
RARE = 3.0  # on the Zipf scale of wordfreq: less than once in a million words
WORD = re.compile(r"[^\W\d_][\w'’-]*")
BE = r"\b(?:is|are|was|were|be|been|being|gets?|got)\b"
IRREGULAR = (
    "begun|bought|brought|built|chosen|come|done|drawn|found|given|held|kept|known|left|lent|lost|made|meant|met|paid|"
    "put|read|run|said|seen|sent|set|shown|sold|spent|taken|told|thought|understood|won|written"
)
PASSIVE = re.compile(rf"{BE}(?:\s+(?:not|also|only|never|then|now|often|\w+ly))?\s+(?:\w+ed|{IRREGULAR})\b", re.I)
NOMINAL = re.compile(r"\b\w{3,}(?:tion|sion|ment|ance|ence|ity|ness|isation|ization)s?\b", re.I)
TERMS = {"utilisation", "electricity", "sovereignty", "question", "investment", "population", "university", "station"}
"""Nouns that name a thing and could not be verbs."""

_parse = mistune.create_markdown(renderer="ast", plugins=["table", "math"])


@dataclass(frozen=True)
class Page:
    """The sentences of one text."""

    name: str
    sentences: list[str]

    def row(self, rare) -> tuple:
        words = [word for sentence in self.sentences for word in WORD.findall(sentence)]
        lengths = [len(WORD.findall(sentence)) for sentence in self.sentences]
        hundred = 100 / max(len(self.sentences), 1), 100 / max(len(words), 1)
        return (
            self.name,
            len(words),
            len(words) / max(len(self.sentences), 1),
            hundred[0] * sum(length > LONG for length in lengths),
            hundred[0] * sum(bool(PASSIVE.search(sentence)) for sentence in self.sentences),
            hundred[1] * sum(len(nominals(sentence)) for sentence in self.sentences),
            hundred[1] * sum(rare(word) for word in words),
        )


def nominals(sentence: str) -> list[str]:
    """Nouns that are made of verbs or adjectives."""
    return [word for word in NOMINAL.findall(sentence) if word.lower().rstrip("s") not in TERMS]


def weight(sentence: str, rare) -> float:
    """How hard a sentence is to read: its length, and what makes it heavy."""
    words = WORD.findall(sentence)
    return (
        len(words)
        + 4 * len(PASSIVE.findall(sentence))
        + 3 * len(nominals(sentence))
        + 3 * sum(map(rare, words))
        + 4 * len(re.findall(r"[;:]", sentence))
        + 2 * max(0, len(re.findall(r"\d[\d.,]*", sentence)) - 1)
    )


def sentences(text: str) -> list[str]:
    """The sentences of a Markdown text outside headings, tables and code."""
    found = []
    for token in _all(_parse(text), "paragraph", "block_text"):
        shown = re.sub(r"\s+", " ", _words(token)).strip()
        found += [part for part in re.split(r"(?<=[.!?])[”\"*]?\s+(?=[A-Z“(\d])", shown) if WORD.search(part)]
    return found


def _all(tokens: list[dict], *kinds: str) -> Iterator[dict]:
    for token in tokens:
        if token["type"] in kinds:
            yield token
        yield from _all(token.get("children", []), *kinds)


def _words(token: dict) -> str:
    if token["type"] in ("softbreak", "linebreak"):
        return " "
    return token["raw"] if token["type"] == "text" else "".join(map(_words, token.get("children", [])))


def pages(root: Path) -> Iterator[Page]:
    """The notebooks, the glossary, the guides and the README."""
    for path in (*sorted((root / "notebooks").glob("*.ipynb")), *sorted((root / "notebooks").glob("**/*.md"))):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            cells = json.loads(text)["cells"]
            text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        yield Page(path.relative_to(root / "notebooks").as_posix(), sentences(text))
    yield Page("README.md", sentences((root / "README.md").read_text(encoding="utf-8")))


def said(name: str) -> Iterator[str]:
    """What the panel of a model says, view by view, each sentence once."""
    from readings import readings
    from sovereign_compute.display.charts import view_of, views_of
    from sovereign_compute.models.registry import MODELS

    function = MODELS[name].function
    told = set()
    for reading in readings(name):
        for view in views_of(function):
            sentence = view_of(function, view).sentence(reading)
            if sentence not in told:
                told.add(sentence)
                yield f"[{view}] {sentence}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worst", type=int, default=10, help="how many of the worst sentences to list")
    parser.add_argument("--said", metavar="MODEL", help="list what the panel of this model says; all for every model")
    parser.add_argument("root", nargs="?", type=Path, default=TESTS.parent, help="the course; else this one")
    asked = parser.parse_args()
    if asked.said:
        sys.path[:0] = [str(TESTS), str(asked.root / "notebooks")]
        from bare import EVERY

        for name in EVERY if asked.said == "all" else [asked.said]:
            print(f"\n# {name}\n", *said(name), sep="\n")
        return 0
    try:
        from wordfreq import zipf_frequency
    except ImportError:
        parser.error("it needs the package wordfreq: start it with uv run --frozen --group test --with wordfreq")

    def rare(word: str) -> bool:
        return zipf_frequency(word, "en") < RARE

    found = list(pages(asked.root))
    print(f"{'page':44} words  words/sentence  long %  passive %  nominal %  rare %")
    whole = Page("all", [sentence for page in found for sentence in page.sentences])
    for name, *numbers in (page.row(rare) for page in (*found, whole)):
        print(f"{name:44}{numbers[0]:6}{numbers[1]:12.1f}" + "".join(f"{value:10.1f}" for value in numbers[2:]))
    everything = {sentence: page.name for page in found for sentence in page.sentences}
    for sentence in sorted(everything, key=lambda text: -weight(text, rare))[: asked.worst]:
        print(f"\n{everything[sentence]}\n  {sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
