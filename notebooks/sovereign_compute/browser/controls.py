"""What the kernels of the controls beside a panel work with: exercises, guesses, answers, the learner's work."""

from collections.abc import Callable, Iterable

from ..controls import exercises, findings, my_work, predictions
from ..controls.checks import name_of
from ..controls.exercises import of
from ..controls.reveal import answer
from ..inputs import data, guess_codes, wording
from ..inputs.assumptions import course_row
from ..inputs.start import start_values
from ..models.registry import all_models, find
from .common import control
from .data import graph_data, model_data, places_of
from .evaluation import COURSE_DRAWS, DRAWN
from .exercises import MOST_WAYS, TracedExercise, nodes, trace_exercise
from .joining import node_of
from .panels import grid
from .sealed import sealed
from .symbols import Graph, Node
from .trace import needed, seen_by
from .views import joined, writing

NOT_KEPT = "This browser keeps nothing: what you do here is there until the page is closed."


def exercises_control(lesson: str) -> dict:
    """The exercises of a lesson, by the two digits of its number; Untraceable says which cannot be judged in a page."""
    graph = Graph(MOST_WAYS)
    traced = [trace_exercise(graph, exercise) for exercise in of(lesson)]
    order = nodes(traced)
    places = places_of(order)
    plain = [one for one in traced if not (one.exercise.follows or "fair" in one.parts)]
    told_whole = {node.id for node in nodes(plain)}
    models = {name: _model(name) for name in sorted(_models(traced, order))}
    return control(
        "exercises",
        name=name_of(lesson),
        cards=[_card(one, places) for one in traced],
        told=graph_data(graph, order, lambda node: isinstance(node.value, str) or node.id in told_whole),
        models=models,
        start={name: _start(name) for name in models},
        words={
            "asked": exercises.ASKED,
            "inOrder": exercises.IN_ORDER,
            "outOfOrder": exercises.OUT_OF_ORDER,
            "labels": findings.LABELS,
            "notKept": NOT_KEPT,
        },
    )


def _card(one: TracedExercise, places: dict[int, int]) -> dict:
    exercise, parts = one.exercise, {part: places[node.id] for part, node in one.parts.items() if part != "judge"}
    return {
        "id": exercise.id,
        "kind": exercise.kind,
        "units": list(exercise.units),
        "factors": list(exercise.units.values()),
        "options": exercise.options() if exercise.options else [],
        "hints": list(map(sealed, exercise.hints)),
        "follows": find(exercise.model).name if exercise.follows else "",
        "pool": list(one.pooled),
        "vary": [] if one.pooled else [_drawn(exercise, name, between) for name, between in exercise.vary.items()],
        "parts": {**parts, "judge": [places[node.id] for node in one.parts["judge"].args]},
    }


def _drawn(exercise: exercises.Exercise, name: str, between) -> dict:
    """What is drawn for a case, as `cases.js` takes it."""
    if not isinstance(between, tuple):
        known = exercise.model and name in find(exercise.model).inputs  # what is drawn for a model is on its grid
        return {"name": name, "list": [course_row(name).accept(x) if known else x for x in between]}
    row = course_row(name)
    return {"name": name, "grid": grid(row), "ends": list(between), "value": row.value}


def _models(traced: Iterable[TracedExercise], order: Iterable[Node]) -> set[str]:
    """The models that a graph computes with, by name, and those whose panel it asks."""
    used = {node.value[0] for node in order if node.op == "result"} | {
        n.value for n in order if n.op in (DRAWN, COURSE_DRAWS)
    }
    return used | {find(one.exercise.model).name for one in traced if one.exercise.follows}


def _model(name: str) -> dict:
    return model_data(all_models()[name].function)


def _start(name: str) -> dict[str, float]:
    """What a panel starts from, where the page has none."""
    start = start_values()
    return {id: start.get(id, course_row(id).value) for id in all_models()[name].inputs}


# Guesses and answers --------------------------------------------------------------------------------------------------


def predictions_control(*ids: str, without: tuple[str, ...] = ()) -> dict:
    """The prediction form; it takes what `predict` takes."""
    form, kind = predictions.predict(*ids, without=without), guess_codes.GUESSES
    return control(
        "predictions",
        setup=form._setup,
        rows=[_asked(row) for row in form._rows.values()],
        code={"prefix": kind.prefix, "prime": kind.prime, "figures": guess_codes.FIGURES},
        words={
            "asked": exercises.ASKED,
            "refused": predictions.REFUSED,
            "kept": predictions.KEPT,
            "comesBack": form._comes_back,
            "notKept": NOT_KEPT,
        },
    )


def _asked(row: dict) -> dict:
    """What a guess of a question may be, and how a code counts it."""
    numbers = guess_codes.grid(row["minimum"], row["maximum"])
    return {key: row[key] for key in ("id", "code", "unit", "minimum", "maximum")} | {"grid": numbers._asdict()}


def reveal_control(*ids: str) -> dict:
    """What the course finds for predictions, each beside the guess of the learner."""
    graph, rows = Graph(), predictions.rows(ids)
    found = {row["id"]: answer(row["id"]) for row in rows}
    told = {row["id"]: _beside(graph, row, found[row["id"]]) for row in rows}
    order = needed(node for kinds in told.values() for node in kinds.values())
    places = places_of(order)
    return control(
        "reveal",
        setup={"cards": [{key: row[key] for key in ("id", "question")} for row in rows]},
        told=graph_data(graph, order, lambda node: True),
        parts={id: {kind: places[node.id] for kind, node in kinds.items()} for id, kinds in told.items()},
        strips={
            row["id"]: sealed([row["unit"], (f := found[row["id"]]).value, f.ends, *findings.drawn(f)]) for row in rows
        },
        words={"labels": findings.LABELS},
    )


def _beside(graph: Graph, row: dict, found: findings.Finding) -> dict[str, Node]:
    """What is said of a finding: without a guess, beside a guess, and beside one with a range."""
    symbols = {name: graph.symbol("input", value=name) for name in ("value", "low", "high")}
    kinds = {"none": None, "guess": {"value": symbols["value"]}, "range": symbols}
    seen = [vars(findings), vars(wording)]

    def instead() -> dict[Callable, Callable]:
        return joined(graph, vars(findings)) | joined(graph, vars(wording)) | writing(graph)

    with seen_by(graph, seen, instead=instead):
        return {kind: node_of(graph, lambda kept=kept: findings.told(row, kept, found)) for kind, kept in kinds.items()}


# What a learner has made ----------------------------------------------------------------------------------------------


def work_control() -> dict:
    """Buttons that download what this browser has kept as the file of a notebook, and take such a file back."""
    limits = {row["id"]: [row["minimum"], row["maximum"]] for row in data.records("predictions")}
    return control(
        "work",
        setup={"largest": my_work.LARGEST_ZIP, "written": False},
        predictions=limits,
        registry=data.package()["version"],
        words={**my_work.SAID, "notKept": NOT_KEPT},
    )
