"""The scripts of the controls: modules that import each other, bundled into the one that a page is handed."""

import re

import pytest
from sovereign_compute.controls import widgets
from sovereign_compute.controls.exercises import check
from sovereign_compute.controls.widgets import FILES, STATIC, script

MODULES = sorted(path.name for path in STATIC.glob("*.js") if path.name not in FILES)
CONTROLS = [name for name in MODULES if "export default" in (STATIC / name).read_text(encoding="utf-8")]
IMPORTED = re.compile(r'^import \{ ([^}]+) \} from "\./(\w+\.js)";$', re.M)
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|class) (\w+)", re.M)


def sources() -> dict[str, str]:
    return {name: (STATIC / name).read_text(encoding="utf-8") for name in MODULES}


def import_faults(sources: dict[str, str]) -> list[str]:
    """Names that a module imports and does not use, or exports and no other module takes; modules without a reader."""
    taken = {(module, name) for text in sources.values() for names, module in IMPORTED.findall(text) for name in names.split(", ")}
    faults = []
    for module, text in sources.items():
        body = IMPORTED.sub("", text)
        named = [name for names, _ in IMPORTED.findall(text) for name in names.split(", ")]
        faults += [f"{module} imports {name} and does not use it" for name in named if not re.search(rf"\b{name}\b", body)]
        faults += [f"{module} exports {name}, which nothing imports" for name in EXPORTED.findall(text) if (module, name) not in taken]
        if "export " not in text:
            faults.append(f"{module} exports nothing")
    return faults


def test_what_is_exported_is_imported_and_used():
    assert len(CONTROLS) >= 8
    assert import_faults(sources()) == []


def test_a_needless_import_and_a_needless_export_are_seen():
    found = import_faults({"a.js": 'import { b } from "./b.js";\n\nexport const a = 1;\n', "b.js": "export const b = 1;\n", "c.js": "1;"})
    assert found == ["a.js imports b and does not use it", "a.js exports a, which nothing imports", "c.js exports nothing"]


def test_only_one_module_speaks_with_the_kernel():
    """Whoever answers in place of a kernel takes the place of that one."""
    spoken = re.compile(r"\bmodel\.\w+\(")
    assert [name for name, text in sources().items() if spoken.search(text)] == ["kernel.js"]


@pytest.mark.parametrize("name", CONTROLS)
def test_a_bundle_has_each_module_once_after_those_it_imports(name):
    bundle = script(name)
    assert not re.search(r"^import\b", bundle, re.M)
    parts = re.findall(r"^const \$(\w+) = \(\(\) => \{$", bundle, re.M)
    assert len(parts) == len(set(parts)) and {"dom", "kernel"} <= set(parts)
    for module in parts:
        needed = {other.removesuffix(".js") for _, other in IMPORTED.findall(sources()[f"{module}.js"])}
        assert needed <= set(parts[: parts.index(module)])


@pytest.mark.parametrize(
    ("files", "says"),
    {
        "circle": ({"a": 'import { b } from "./b.js";', "b": 'import { a } from "./a.js";'}, "a.js imports b.js imports a.js: a circle"),
        "no such file": ({"a": 'import { b } from "./b.js";'}, "a.js imports b.js, and there is no such file"),
        "no such name": ({"a": 'import { b, c } from "./b.js";', "b": "export const b = 1;"}, "a.js imports c from b.js, which does not export it"),
        "another name": ({"a": 'import { b as c } from "./b.js";', "b": "export const b = 1;"}, "a.js imports b as c from b.js, which"),
        "another way": ({"a": 'import * as b from "./b.js";', "b": ""}, r"a.js: 'import \* as b"),
        "a default": ({"a": 'import { b } from "./b.js";', "b": "export const b = 1;\nexport default b;"}, "b.js: 'export default b;'"),
    }.values(),
)
def test_what_cannot_be_bundled_is_refused_in_words(files, says, tmp_path):
    for name, text in files.items():
        (tmp_path / f"{name}.js").write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(ImportError, match=says):
        script("a.js", tmp_path)


def test_names_of_two_modules_stay_apart(tmp_path):
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\n\nconst own = b;\n', encoding="utf-8")
    (tmp_path / "b.js").write_text("const own = 1;\nexport const b = own;\n", encoding="utf-8")
    assert script("a.js", tmp_path) == (
        "const $b = (() => {\nconst own = 1;\nconst b = own;\nreturn { b };\n})();\nconst { b } = $b;\n\nconst own = b;\n"
    )


# Files for the page ----------------------------------------------------------------------------------------------------


def asked(name, monkeypatch) -> tuple[list, str]:
    sent = []
    monkeypatch.setattr(widgets.CourseWidget, "send", lambda self, content, buffers=None: sent.append((content, buffers)))
    widget = check("21.1")
    widget._receive(widget, {"kind": "file", "name": name}, [])
    return sent, widget._state.get("fault", "")


@pytest.mark.parametrize("name", FILES)
def test_every_control_hands_over_the_files_of_the_page(name, monkeypatch):
    assert asked(name, monkeypatch) == ([({"kind": "file", "name": name}, [FILES[name].read_bytes()])], "")


def test_the_page_asks_for_files_that_there_are():
    assert {found for text in sources().values() for found in re.findall(r'"([\w-]+\.(?:min\.js|ttf))"', text)} == set(FILES)


@pytest.mark.parametrize("name", ["../../data/assumptions.csv", "panel.css", "", None, ["x"], "<b>" * 1000])
def test_another_file_is_refused_in_a_sentence(name, monkeypatch):
    sent, said = asked(name, monkeypatch)
    assert sent == [] and said.startswith("There is no file ") and "vega.min.js" in said and len(said) < 250
