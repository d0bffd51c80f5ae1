"""What the scripts of all controls share, on a page without JupyterLab."""

import lab
import pytest
from sovereign_compute.controls.widgets import STATIC, script
from test_scripts import CONTROLS

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

# A model whose kernel is the test: what is sent is kept, `answer` says that all of it was read.
KERNEL = """async (text) => {
  const { connected } = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  globalThis.mounted = [];
  globalThis.control = (name, hooks) => {
    const heard = {}, sent = [], held = { _state: { seq: 0 } };
    const model = {
      get: (key) => held[key], send: (message) => sent.push(message),
      on: (event, hear) => (heard[event] ??= []).push(hear),
      off: (event, hear) => { heard[event] = heard[event].filter((one) => one !== hear); },
    };
    const tell = (event, ...said) => { for (const hear of heard[event] ?? []) hear(...said); };
    const answer = (state = {}) => {
      held._state = { seq: sent.findLast((message) => message.seq).seq, ...state };
      tell("change:_state");
    };
    const kernel = connected(model, hooks);
    const root = document.createElement("section");
    root.setAttribute("aria-label", name);
    const leave = kernel.mount(document.body, root, () => {});
    const numbered = () => sent.filter((message) => message.seq);
    const control = { kernel, sent, numbered, tell, answer, leave, root, line: root.firstChild };
    mounted.push(control);
    return control;
  };
}"""
NAMES = "() => [...document.querySelectorAll('section')].map((root) => root.getAttribute('aria-label'))"


@pytest.fixture
def tab(chromium):
    tab = chromium.new_page()
    tab.clock.install()
    tab.evaluate(KERNEL, script("kernel.js"))
    yield tab
    tab.close()


def test_two_controls_of_one_name_are_two_landmarks(tab):
    tab.evaluate("() => { for (const name of ['Cost', 'Cost', 'Memo']) control(name); }")
    assert tab.evaluate(NAMES) == ["Cost", "Cost (2)", "Memo"]
    # A cell that is run again gives its name back first.
    tab.evaluate("() => { mounted[0].leave(); mounted[0].root.remove(); control('Cost'); }")
    assert tab.evaluate(NAMES) == ["Cost (2)", "Memo", "Cost"]


def test_one_message_is_under_way_and_the_others_wait_in_order(tab):
    """Moves of controls that wait become one; what another control has changed is asked for at the end."""
    tab.evaluate("""() => {
      globalThis.one = control("One");
      const set = (values) => one.kernel.send({ kind: "set", values });
      set({ a: 1 }); set({ a: 2 }); set({ a: 3, b: 4 });
      one.kernel.send({ kind: "save" });
      set({ a: 5 });
      one.tell("msg:custom", { kind: "stale" });
    }""")
    first, then = {"kind": "set", "values": {"a": 1}, "seq": 1}, {"kind": "set", "values": {"a": 3, "b": 4}, "seq": 2}
    assert tab.evaluate("one.numbered()") == [first]
    tab.evaluate("one.answer()")
    assert tab.evaluate("one.numbered()") == [first, then]
    assert tab.evaluate("[one.kernel.open(), one.kernel.asked]") == [True, "set"]
    tab.evaluate("() => { one.answer(); one.answer(); one.answer(); }")
    kinds = tab.evaluate("one.numbered().map((message) => message.kind)")
    assert kinds == ["set", "set", "save", "set"]  # that answer was newer than what was stale
    tab.evaluate("one.tell('msg:custom', { kind: 'stale' })")
    assert tab.evaluate("one.numbered().at(-1)") == {"kind": "show", "seq": 5}


def test_a_message_without_an_answer_is_told_and_the_next_is_sent(tab):
    tab.evaluate("() => { globalThis.one = control('One'); }")
    tab.evaluate("() => { for (const kind of ['save', 'look']) one.kernel.send({ kind }); }")
    tab.clock.run_for(3_000)  # its clock runs on by itself as well, and a busy machine takes its time
    assert tab.evaluate("[one.line.textContent, one.numbered().length]") == ["", 1]
    tab.clock.run_for(2_100)
    said, sent = tab.evaluate("[one.line.textContent, one.numbered().length]")
    assert said.startswith("The kernel has not answered yet.") and sent == 2
    tab.evaluate("one.answer({ fault: 'A fault.' })")
    assert tab.evaluate("one.line.textContent") == "A fault."
    tab.evaluate("() => { one.kernel.send({ kind: 'look' }); one.answer(); }")
    assert tab.evaluate("one.line.textContent") == ""


def test_a_kernel_that_has_gone_is_told_and_waited_for_no_longer(tab):
    tab.evaluate("""() => {
      globalThis.one = control("One", { leave: () => { one.left = true; } });
      one.kernel.send({ kind: "look" });
      one.tell("comm_live_update");
    }""")
    tab.clock.run_for(6_000)
    assert tab.evaluate("one.line.textContent").startswith("The kernel was stopped or restarted.")
    assert tab.evaluate("one.left")
    # A control that is moved all the same asks nobody: Jupyter would throw, and the page wait for ever.
    tab.evaluate("""() => {
      globalThis.two = control("Two");
      two.tell("comm_live_update");
      two.kernel.send({ kind: "set", values: { a: 1 } });
    }""")
    tab.clock.run_for(6_000)
    assert tab.evaluate("two.numbered()") == []
    assert tab.evaluate("two.line.textContent").startswith("The kernel was stopped or restarted.")


def test_a_file_is_asked_for_once_and_again_if_it_does_not_come(tab):
    """Whichever control asks, without a number: nobody is told to wait for it."""
    tab.evaluate("""() => {
      globalThis.asked = (name) => mounted.flatMap((one) => one.sent).filter((sent) => sent.name === name).length;
      for (const name of ["One", "Two"]) { const one = control(name); one.kernel.file("vega.min.js"); }
    }""")
    assert tab.evaluate("[asked('vega.min.js'), asked('CourseSans-Bold.woff2')]") == [1, 1]
    tab.clock.run_for(6_000)
    assert tab.evaluate("mounted.map((one) => one.line.textContent)") == ["", ""]
    came = tab.evaluate("""async () => {
      const came = mounted[1].kernel.file("vega.min.js");
      mounted[1].tell("msg:custom", { kind: "file", name: "another" }, ["wrong"]);
      mounted[1].tell("msg:custom", { kind: "file", name: "vega.min.js" }, ["bytes"]);
      return [await came, await mounted[0].kernel.file("vega.min.js"), asked("vega.min.js")];
    }""")
    assert came == ["bytes", "bytes", 2]


@pytest.mark.parametrize("name", CONTROLS)
def test_each_script_is_a_module_with_real_imports(chromium, name):
    """A browser that is served the files finds what they import without the bundle, and the bundle is one, too."""
    tab = chromium.new_page()
    tab.route("http://course.test/*", lambda route: route.fulfill(path=STATIC / route.request.url.rpartition("/")[2]))
    tab.goto("http://course.test/panel.css")
    exported = "async (from) => Object.keys((await import(from)).default)"
    assert tab.evaluate(exported, f"http://course.test/{name}") == ["render"]
    made = "(text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))"
    assert tab.evaluate(exported, tab.evaluate(made, script(name))) == ["render"]
    tab.close()
