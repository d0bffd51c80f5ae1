"""What the widgets share: script and style, the answer to every message, long work that can be stopped."""

import asyncio
import gzip
import logging
import re
import weakref
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import anywidget
import traitlets

from ..display import drawing
from ..errors import CourseError
from ..inputs import scenarios
from ..inputs.wording import unparted

SPOKEN = {"feedback", "hints", "notice", "problems", "question", "sentence", "solution", "subtitle", "text", "told"}
"""The keys of what widgets are sent that hold sentences."""
STATIC = Path(__file__).parent
FILES = {path.name.removesuffix(".gz"): path for path in (STATIC / "vega.min.js.gz", *drawing.FACES)}
"""What a page may ask for by name, as it is too large for the script of every widget."""
FOLLOWERS = weakref.WeakSet()
"""What shows the learner's scenario beside panels: has ``follow``, called when it has changed."""
LOG = logging.getLogger(__name__)
LONGEST_LIST, LONGEST_TEXT = 20, 1_000  # of an answer that is shown again: more has no field
STOPPED = "Stopped."
STEP = 0.02  # of the whole: how often the page hears how far long work is


IMPORT = re.compile(r'^import \{ ([^}]+) \} from "\./(\w+)\.js";$', re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.M)
OTHERWISE = re.compile(r"^(?:import|export)\b.*$", re.M)


def content(path: Path) -> bytes:
    """What is in a file of the package; the large scripts are stored packed, as pages have them inside."""
    found = path.read_bytes()
    return gzip.decompress(found) if path.suffix == ".gz" else found


def script(name: str, folder: Path = STATIC) -> str:
    """A module of JavaScript and all that it imports, as the one module that a page is given: it can import no other.

    Each stands in it once, after those that it imports, and keeps the names to itself that it does not export. Modules
    import by ``import { element } from "./dom.js";`` and export where they define; only the first has a default.
    ImportError names the module and the line where it is otherwise, an import that is not there, and a circle.
    """
    return "".join(_bundled([name.removesuffix(".js")], folder, True))


def scripts(names: Iterable[str], folder: Path = STATIC) -> str:
    """Several such modules as one expression of JavaScript: an object that has by the name of each what it exports."""
    firsts = [name.removesuffix(".js") for name in names]
    bundle = "".join(_bundled(firsts, folder))
    return f"(() => {{\n{bundle}return {{ {', '.join(f'{name}: ${name}' for name in firsts)} }};\n}})()"


def _bundled(firsts: list[str], folder: Path, module_itself: bool = False) -> list[str]:
    """The modules that some need, each once, as functions that are called; the last may be left a module."""
    exported: dict[str, list[str]] = {}
    bundle = []

    def add(module: str, above: tuple[str, ...] = ()) -> None:
        way = " imports ".join(f"{one}.js" for one in (*above, module))
        if module in above:
            raise ImportError(f"{way}: a circle")
        if module in exported:
            return
        path = folder / f"{module}.js"
        if not path.is_file():
            raise ImportError(f"{way}, and there is no such file")
        text = path.read_text(encoding="utf-8")
        for names, other in IMPORT.findall(text):
            add(other, (*above, module))
            if unknown := [name for name in names.split(", ") if name not in exported[other]]:
                raise ImportError(f"{module}.js imports {', '.join(unknown)} from {other}.js, which does not export it")
        exported[module] = EXPORT.findall(text)
        text = IMPORT.sub(r"const { \1 } = $\2;", text)
        plain, names = EXPORT.sub("", text), ", ".join(exported[module])
        for line in OTHERWISE.findall(plain):
            if above or not line.startswith("export default"):
                raise ImportError(f"{module}.js: {line!r} is no import or export that can be bundled")
        if not above and module_itself:
            bundle.append(text)
            return
        returned = "" if "export default" in plain else f"return {{ {names} }};\n"
        own = plain.replace("export default", "return")
        bundle.append(f"const ${module} = (() => {{\n{own}{returned}}})();\n")

    for first in firsts:
        add(first)
    return bundle


def style(*more: str) -> str:
    """The look of all controls and of the outputs beside them, with the style sheets that one control has besides.

    A page has it with its first control.
    """
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in ("panel.css", "outputs.css", *more))


def for_page(sent, spoken: bool = False):
    """What a widget is sent, with its sentences as they are shown."""
    if isinstance(sent, dict):
        return {key: for_page(part, key in SPOKEN) for key, part in sent.items()}
    if isinstance(sent, list):
        return [for_page(part, spoken) for part in sent]
    return unparted(sent) if spoken and isinstance(sent, str) else sent


def as_given(given) -> str | list | None:
    """What was given as it can be in its fields again."""
    if isinstance(given, list):
        return [as_given(part) for part in given[:LONGEST_LIST]]
    return None if given is None else str(given)[:LONGEST_TEXT]


def sentences() -> traitlets.Dict:
    """A trait for what a widget is sent, which holds sentences."""
    return traitlets.Dict().tag(sync=True, to_json=lambda sent, _: for_page(sent))


class CourseWidget(anywidget.AnyWidget):
    """A widget that is set up once, then sends its state down; ``repr`` is its text for readers without a kernel.

    Stock widgets cut their text at 110 characters. Here the whole text is stored in the notebook, so that GitHub and a
    reader without a kernel show it, and the notebook tests compare it.

    Every message of the page gets an answer: what ``_answer`` returns, with the number of the message. If it raises
    anything at all, the page keeps what it shows and says a sentence, and the scenario and the attributes named in
    ``_undone`` are put back.
    """

    _css = style()
    _setup = sentences()
    _state = sentences()  # with "seq", the last message it answers, and "fault", a sentence or ""
    _fault = "This did not work. That is a fault of the course, not yours. You can go on."
    _undone: tuple[str, ...] = ()

    def __init__(self, **traits):
        super().__init__(**traits)
        self.on_msg(self._receive)

    def _answer(self, message: dict, buffers) -> dict | None:
        """What the page shows after its message, or nothing if all stays as it is."""
        raise NotImplementedError

    def _receive(self, _, message: dict, buffers) -> None:
        if message.get("kind") == "file":
            self._hand_over(str(message.get("name")))
            return
        scenario = dict(scenarios.current)
        kept = {name: (list(v) if isinstance(v := getattr(self, name), list) else v) for name in self._undone}
        with self.hold_sync():  # what changes together arrives together
            if self._state.get("fault"):
                self._state = {**self._state, "fault": ""}
            try:
                state = self._answer(message, buffers) or self._state
            except (Exception, KeyboardInterrupt) as error:
                state = {**self._state, "fault": self._blame(error)}
                scenarios.current.clear()
                scenarios.current.update(scenario)
                for name, value in kept.items():
                    setattr(self, name, value)
            self._state = {"fault": "", **state, "seq": message.get("seq", self._state.get("seq", 0))}

    def _hand_over(self, name: str) -> None:
        """Send the page a file that it asks for. It waits for it beside all else, so nothing else hears of it."""
        if name in FILES:
            self.send({"kind": "file", "name": name}, [content(FILES[name])])
        else:
            said = f"There is no file {scenarios.printable(name)!r} for the page; there are {', '.join(FILES)}."
            self._state = {**self._state, "fault": said}

    def _blame(self, error: BaseException) -> str:
        """What a learner reads when something was raised that nobody thought of; the log of the kernel has the rest."""
        if isinstance(error, KeyboardInterrupt):
            return STOPPED
        LOG.error("an answer to the page failed", exc_info=error)
        return self._fault

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        (bundle[0] if isinstance(bundle, tuple) else bundle)["text/plain"] = repr(self)
        return bundle


class LongWork(CourseWidget):
    """A widget with work of seconds: it runs in steps on the kernel's event loop, so a stop is heard between two."""

    _task: asyncio.Task | None = None

    def _tell(self, **state) -> None:
        self._state = {**self._state, **state}

    def _begin(self, steps: Iterator[float], finish: Callable[[bool], dict], **state) -> dict:
        """Start work that tells the share that is done after each step; ``finish`` gives what to show in the end.

        It hears whether the work was done to the end. The state to show meanwhile is returned. Outside of a kernel,
        where no loop runs, all is done at once.
        """
        self._tell(running=True, share=0.0, **state)
        work = self._run(steps, finish)
        try:
            self._task = asyncio.get_running_loop().create_task(work)
        except RuntimeError:
            asyncio.run(work)
        return self._state

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run(self, steps: Iterator[float], finish: Callable[[bool], dict]) -> None:
        whole, shown, said = True, 0.0, {}
        try:
            await asyncio.sleep(0.01)  # the page shows that it has begun
            for share in steps:
                if share - shown >= STEP:
                    shown = share
                    self._tell(share=share)
                await asyncio.sleep(0)
        except (asyncio.CancelledError, KeyboardInterrupt):
            whole = False
        except CourseError as error:
            said = {"text": str(error)}
        except Exception as error:
            said = {"fault": self._blame(error)}
        self._task = None
        try:
            said = said or finish(whole)
        except Exception as error:
            said = {"fault": self._blame(error)}
        self._tell(running=False, **said)
