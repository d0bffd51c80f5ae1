"""Teach a path by the clock, in a room that this machine plays: ``tests/tools/teach_path.py half_day build/site``.

Goes through the steps of the path's own page, and of a guide where a path takes its lesson whole. Whoever leads has the
slides and the dashboard at the size of a projector. Four learners have a screen: a phone and a laptop with the pages of
the site from the teacher's laptop, a laptop with a memory stick, a notebook. The others are guess codes, and files at
the end. Prints the minutes that each step has and needs: the machine's are measured, those of people follow from the
speeds of ``tests/teaching.py``. Then the quizzes of the lessons are written, and what all have handed in is read.

``--pace 60``, the usual, waits a sixtieth of what people need and of the slack, and accounts for all of it;
``--pace 1`` really waits. ``--until MINUTE`` stops there, ``--pictures FOLDER`` keeps what was on the wall.
``--profile FILE`` is for a class; make the site with the same. The command fails if anything went wrong in the room.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks" / "guides"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import classes
import classroom
import collect
import pages
import quiz
import teaching
from deck import path as decks
from deck.show import show
from path_steps import Course
from room import site
from teach import Clock

TAUGHT = ("ninety_minutes", "half_day", "one_day")  # by the clock
FIRST = "00_start_here"


def homework(course: Course, folder: Path) -> dict:
    """What follows a class: quizzes of its lessons, its hand-ins, and the seconds that they took."""
    told, began = {}, time.monotonic()
    quiz.main([*(stem[:2] for stem in course.order), "--to", str(folder / "quiz"), "--cases=5"])
    told["quiz files"], told["quiz seconds"] = len(list((folder / "quiz").rglob("*.*"))), time.monotonic() - began
    handed, screens = folder / "handed in", {one.name for one in course.room.learners}
    made = classes.hand_in(handed, course.room.others)
    course.everybody(lambda one: one.open(FIRST))
    course.everybody(lambda one: one.download(handed))
    began = time.monotonic()
    work = collect.read(handed)
    told["hand-ins"], told["reading seconds"] = len(work), time.monotonic() - began
    for (name, _), one in work.items():
        wanted = made.problems.get(name, "")
        if not any(wanted in problem for problem in one.problems) if wanted else name in screens and one.problems:
            course.faults.append(f"hand-in of {name}: {one.problems} instead of {wanted!r}")
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", choices=TAUGHT)
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder that website.py writes")
    parser.add_argument("--pace", type=float, default=60, help="times faster than people; 1 really waits")
    parser.add_argument("--size", type=int, default=25, help="how many learners")
    parser.add_argument("--until", type=int, default=10_000, metavar="MINUTE", help="stop there")
    parser.add_argument("--pictures", type=Path, help="folder for the pictures")
    pages.of_class.add_option(parser)
    asked = parser.parse_args()
    if not (asked.site / f"{FIRST}.html").exists():
        parser.error(f"{asked.site} has no {FIRST}.html: make the site with notebooks/guides/website.py first")
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    pages.of_class.begin(asked.profile)
    page, controls = teaching.PATHS / f"{asked.path}.md", []
    stacks = decks.stacks(page, controls)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slides = pages.write(folder, "slides.html", show(decks.title(page), stacks, controls))
        room = classroom.Room(stack, asked.site, site, slides, stacks, asked.size)
        clock = Clock(room.wall.page, asked.pace)
        course = Course(page.read_text(encoding="utf-8"), room, clock, asked.pictures)
        print(
            f"{asked.path}\nfrom plan   used  slack   reading   talking     moves exercises   machine  step", flush=True
        )
        began = time.monotonic()
        course.teach(asked.until)
        ran = time.monotonic() - began
        after = homework(course, folder)
        course.faults += dict.fromkeys(room.wrong)
    over = {
        f"{step.minute} {step.what}": round(used - step.minutes, 1) for step, used in course.rows if used > step.minutes
    }
    planned, used = sum(step.minutes for step, _ in course.rows), sum(used for _, used in course.rows)
    machine = sum(spent["machine"] for spent in clock.spent.values())
    result = {"planned": planned, "used": round(used, 1), "machine seconds": round(machine), "ran seconds": round(ran)}
    result |= {"processors": os.cpu_count(), "load": round(os.getloadavg()[1], 1)}
    result |= {**{name: round(value, 1) for name, value in after.items()}, "over": over, "faults": course.faults}
    print(json.dumps(result, ensure_ascii=False, indent=1), flush=True)
    return int(bool(course.faults))


if __name__ == "__main__":
    sys.exit(main())
