"""Write the exercises of lessons as quizzes for a learning platform: Moodle XML, GIFT and QTI 2.1.

``uv run --frozen python notebooks/guides/quiz.py [NN ...]`` writes ``build/quiz/``. With ``--cases=20 --seed=7`` each
exercise that varies has twenty cases, of which the platform draws one for each learner; the same seed gives the same.
"""

import sys
from collections.abc import Callable

import pages
from quiz_items import Item, drawn, items
from quiz_moodle import gift, moodle
from quiz_qti import package
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.wording import listed

MOST_CASES = 100
FORMATS: dict[str, tuple[str, Callable[[str, list[Item]], bytes]]] = {
    "moodle": ("moodle.xml", lambda name, found: moodle(found)),
    "gift": ("gift.txt", lambda name, found: gift(found).encode()),
    "qti": ("qti.zip", package),
}
"""By name how the file ends, and what makes it of the questions of a lesson."""


def main(words: list[str] | None = None) -> int:
    parser = pages.options(__doc__)
    parser.add_argument("--format", choices=FORMATS, action="append", help="one of the formats; all if none is given")
    parser.add_argument("--cases", type=int, default=1, metavar="N", help="how many cases of an exercise that varies")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same cases")
    wanted = parser.parse_args(words)
    if not 1 <= wanted.cases <= MOST_CASES:
        print(f"--cases is {wanted.cases}; allowed is 1 to {MOST_CASES}")
        return 1
    folder = wanted.to or pages.BUILD / "quiz"
    try:
        rows = [row for row in pages.chosen(wanted.lessons) if pages.has_exercises(row)]
    except CourseError as error:
        print(error)
        return 1
    questions, without = 0, {}
    for row in rows:
        found, why = items(row, drawn(wanted.cases, wanted.seed))
        questions, without = questions + len(found), without | why
        for name in wanted.format or FORMATS:
            ending, made = FORMATS[name]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{row['notebook']}.{ending}").write_bytes(made(row["notebook"], found))
    print(f"{questions} questions of {len(rows)} lessons written; import them from {pages.shown(folder)}")
    for reason in sorted(set(without.values())):
        ids = [id for id, why in without.items() if why == reason]
        print(f"Left out, as each {reason}: {listed(ids)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
