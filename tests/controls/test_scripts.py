"""The scripts of the controls: modules that import each other, bundled into the one that a page is handed."""

import base64
import re
import zlib

import pytest
from sovereign_compute.browser import page
from sovereign_compute.controls import widgets
from sovereign_compute.controls.checks import check
from sovereign_compute.controls.widgets import EXPORT, FILES, IMPORT, STATIC, content, script

MODULES = sorted(path.name for path in STATIC.glob("*.js"))
CONTROLS = [name for name in MODULES if "export default" in (STATIC / name).read_text(encoding="utf-8")]
CALLED = re.compile(r"(?<![.\w])(\w+)\(")
INTRODUCED = re.compile(r"\b(?:const|let|function) (\w+|\{[^}]*\}|\[[^\]]*\])")
MADE = re.compile(r"\w+")


def imported(text: str) -> list[tuple[str, str]]:
    """What a module imports: other modules, each with one name."""
    return [(module, name) for names, module in IMPORT.findall(text) for name in names.split(", ")]


def sources() -> dict[str, str]:
    return {name.removesuffix(".js"): (STATIC / name).read_text(encoding="utf-8") for name in MODULES}


def import_faults(sources: dict[str, str]) -> list[str]:
    """Names that a module imports without use, exports for nobody, or calls without an import; modules for nobody."""
    taken = {pair for text in sources.values() for pair in imported(text)}
    shared = {name for text in sources.values() for name in EXPORT.findall(text)}
    faults = []
    for module, text in sources.items():
        body, exported = IMPORT.sub("", text), EXPORT.findall(text)
        needless = [name for _, name in imported(text) if not re.search(rf"\b{name}\b", body)]
        faults += [f"{module} imports {name} and does not use it" for name in needless]
        faults += [f"{module} exports {name} for nobody" for name in exported if (module, name) not in taken]
        known = {name for _, name in imported(text)} | set(MADE.findall(", ".join(INTRODUCED.findall(body))))
        faults += [
            f"{module} calls {name}, which it does not import"
            for name in sorted(shared & set(CALLED.findall(body)) - known)
        ]
        if "export " not in text:
            faults.append(f"{module} exports nothing")
    return faults


def test_what_is_exported_is_imported_and_used():
    assert len(CONTROLS) >= 8
    assert import_faults(sources()) == []


def test_a_needless_import_or_export_and_a_missing_import_are_seen():
    asks = 'import { b } from "./b.js";\n\nexport const a = 1;\n'
    found = import_faults({"a": asks, "b": "export const b = () => 1;\n", "c": "const { a } = b();\na();\n"})
    assert found == [
        "a imports b and does not use it",
        "a exports a for nobody",
        "c calls b, which it does not import",
        "c exports nothing",
    ]


def test_only_one_module_speaks_with_the_kernel():
    """Whoever answers in place of a kernel takes the place of that one."""
    spoken = re.compile(r"\bmodel\.\w+\(")
    assert [name for name, text in sources().items() if spoken.search(text)] == ["kernel"]


@pytest.mark.parametrize("name", CONTROLS)
def test_a_bundle_has_each_module_once_after_those_it_imports(name):
    bundle = script(name)
    assert not re.search(r"^import\b", bundle, re.M)
    parts = re.findall(r"^const \$(\w+) = \(\(\) => \{$", bundle, re.M)
    assert len(parts) == len(set(parts)) and {"dom", "kernel"} <= set(parts)
    for module in parts:
        assert {other for other, _ in imported(sources()[module])} <= set(parts[: parts.index(module)])


ASKS, GIVES = 'import { b } from "./b.js";\n', "export const b = 1;\n"


def bundled(folder, a: str, b: str | None) -> str:
    """The bundle of a module that may import another."""
    (folder / "a.js").write_text(a, encoding="utf-8")
    if b is not None:
        (folder / "b.js").write_text(b, encoding="utf-8")
    return script("a.js", folder)


@pytest.mark.parametrize(
    ("a", "b", "says"),
    [
        (ASKS, 'import { a } from "./a.js";\n', "a.js imports b.js imports a.js: a circle"),
        (ASKS, None, "a.js imports b.js, and there is no such file"),
        ('import { b, c } from "./b.js";\n', GIVES, "a.js imports c from b.js, which does not export it"),
        ('import { b as c } from "./b.js";\n', GIVES, "a.js imports b as c from b.js, which"),
        ('import * as b from "./b.js";\n', GIVES, r"a.js: 'import \* as b"),
        (ASKS, f"{GIVES}export default b;\n", "b.js: 'export default b;'"),
        (ASKS, f"{GIVES}export let c = 1;\n", "b.js: 'export let c = 1;'"),
    ],
)
def test_what_cannot_be_bundled_is_refused_in_words(a, b, says, tmp_path):
    with pytest.raises(ImportError, match=says):
        bundled(tmp_path, a, b)


def test_names_of_two_modules_stay_apart(tmp_path):
    closed = "const $b = (() => {\nconst own = 1;\nconst b = own;\nreturn { b };\n})();\n"
    found = bundled(tmp_path, f"{ASKS}\nexport const own = b;\n", "const own = 1;\nexport const b = own;\n")
    assert found == f"{closed}const {{ b }} = $b;\n\nexport const own = b;\n"


# Files for the page --------------------------------------------------------------------------------------------------


def asked(name, monkeypatch) -> tuple[list, str]:
    sent = []
    monkeypatch.setattr(widgets.CourseWidget, "send", lambda self, *said: sent.append(said))
    widget = check("21.1")
    widget._receive(widget, {"kind": "file", "name": name}, [])
    return sent, widget._state.get("fault", "")


@pytest.mark.parametrize("name", FILES)
def test_every_control_hands_over_the_files_of_the_page(name, monkeypatch):
    assert asked(name, monkeypatch) == ([({"kind": "file", "name": name}, [content(FILES[name])])], "")


@pytest.mark.parametrize("name", page.FILES)
def test_a_page_without_a_kernel_has_the_same_inside(name):
    path = page.FILES[name]
    assert zlib.decompress(base64.b64decode(page.packed(path)), -zlib.MAX_WBITS) == content(path)


def test_the_page_asks_for_files_that_there_are():
    names = re.compile(r'"([\w-]+\.(?:min\.js|woff2))"')
    assert {name for text in sources().values() for name in names.findall(text)} == set(FILES)


@pytest.mark.parametrize("name", ["../../data/assumptions.csv", "panel.css", "", None, ["x"], "<b>" * 1000])
def test_another_file_is_refused_in_a_sentence(name, monkeypatch):
    sent, said = asked(name, monkeypatch)
    assert sent == [] and said.startswith("There is no file ") and "vega.min.js" in said and len(said) < 250
