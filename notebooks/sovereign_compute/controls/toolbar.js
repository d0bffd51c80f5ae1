// What stands above the controls of a panel: presets, what is compared with, which result is shown; and in a fold what saves,
// loads and shares.

import { button, element, labelled, say } from "./dom.js";
import { exportPicture, exportTable } from "./export.js";
import { onTyped } from "./fields.js";

const codeField = (id) => element("input", { type: "text", id, spellcheck: "false", autocomplete: "off", class: "sc-code" });
const option = ([value, text]) => element("option", { value }, text);

// A list from which something is taken: it shows none of its entries as chosen.
function menu(id, take, ...options) {
  const list = element("select", { id, onchange: () => {
    if (list.value) take(list.value);
    list.value = "";
  } }, ...options);
  return list;
}

// The preset that is set stays named. The first entry says what is set where it is none of them; it cannot be chosen.
function presets({ setup, send }, prefix) {
  const other = element("option", { value: "", hidden: true });
  const list = element("select", { id: `${prefix}-preset`, onchange: () => send({ kind: "preset", id: list.value }) }, other,
    ...setup.presets.map((p) => option([p.id, p.label])));
  function show({ preset: { id, from }, changed }) {
    const [first, ...rest] = setup.rest ?? setup.base; // of a class, or of a learner who assumes something else
    const yours = from ? `Changed from “${from}”` : "Your values";
    say(other, changed.length ? yours : `${first.toUpperCase()}${rest.join("")}`);
    list.value = id;
  }
  return { nodes: setup.presets.length ? [labelled("Preset", list)] : [], show };
}

// What the scenario is compared with: the course's values, a preset, a saved scenario, or a code that is pasted.
function comparison(kernel, prefix) {
  const { setup, send } = kernel;
  let choosing = false; // a code, and there is nothing to compare with before it is pasted
  const list = element("select", { id: `${prefix}-compared`, onchange: () => {
    const [what, ...id] = list.value.split(":");
    choosing = what === "code";
    pasting.hidden = !choosing;
    pasted.value = "";
    if (!choosing) send({ kind: "compare", with: what, id: id.join(":") });
  } });
  const pasted = codeField(`${prefix}-pasted`);
  onTyped(pasted, () => send({ kind: "compare", with: "code", id: pasted.value }));
  const pasting = labelled("Paste its code and press Enter", pasted);

  const group = (label, what, entries) =>
    entries.length ? [element("optgroup", { label }, ...entries.map(([id, name]) => option([`${what}:${id}`, name])))] : [];
  // Lists are filled only when they change: never under the fingers of someone who chooses.
  function fill(saved) {
    list.replaceChildren(option(["course:", setup.base]),
      ...group("Presets", "preset", setup.presets.map((p) => [p.id, p.label])),
      ...group("Saved", "saved", saved.map((name) => [name, name])),
      option(["code:", "a code…"]));
    showChosen();
  }
  function showChosen() {
    const { with: what, id, name } = kernel.get("_chart").compared;
    choosing &&= what !== "code";
    const value = what === "code" ? "code:" : `${what}:${id}`;
    // A saved scenario whose file has gone is compared with until another is chosen.
    if (![...list.options].some((option) => option.value === value)) list.append(option([value, name]));
    list.value = choosing ? "code:" : value;
    pasting.hidden = list.value !== "code:";
    if (what === "code" && !pasted.typing) pasted.value = id;
  }
  return {
    nodes: [labelled("Compare with", list), pasting],
    fill,
    show: (refused) => { if (!(refused && list.value === "code:")) showChosen(); }, // what was refused stays, to be mended
    leave: () => { choosing = false; },
  };
}

// Save, load, share: what is done now and then, and so in a fold.
function keeping(kernel, prefix) {
  const { setup, send } = kernel;
  const whole = () => ({ ...setup, ...kernel.get("_chart") });
  const save = () => send({ kind: "save", name: name.value });
  const name = element("input", { type: "text", id: `${prefix}-name`, maxlength: 60, placeholder: "a name",
    onkeydown: (event) => { if (event.key === "Enter") save(); } });
  const mine = menu(`${prefix}-mine`, (chosen) => send({ kind: "load", name: chosen }));
  const code = codeField(`${prefix}-code`);
  onTyped(code, () => send({ kind: "code", text: code.value }));
  const beside = element("p", { id: `${prefix}-beside` });
  code.setAttribute("aria-describedby", beside.id);
  const table = (text, ending) => button(text, () => exportTable(whole(), kernel.state, ending));
  const picture = (text, ending) => button(text, () => exportPicture(kernel, whole(), ending));
  const node = element("details", { class: "sc-keep", ontoggle: () => { if (node.open) send({ kind: "look" }); } },
    element("summary", {}, "Save, load, share"),
    element("div", {},
      labelled("Save as", name, button("Save", save)),
      labelled("Saved", mine),
      labelled("Code (copy it, or paste one and press Enter)", code), beside,
      element("span", { class: "sc-tool" }, "Download", table("Table (Excel)", "xlsx"), table("Table (CSV)", "csv"),
        picture("Chart (SVG)", "svg"), picture("Chart (PNG)", "png"))));
  function fill(saved) {
    const first = saved.length ? "Choose…" : "nothing saved yet";
    mine.replaceChildren(option(["", first]), ...saved.map((name) => option([name, name])));
  }
  function show(state, refused) {
    if (!code.typing && !refused) code.value = state.code; // what was refused stays, to be mended
    say(beside, state.beside);
  }
  return { node, fill, show };
}

export function toolbar(kernel, prefix) {
  const { setup, send } = kernel;
  const preset = presets(kernel, prefix);
  const compared = comparison(kernel, prefix);
  const choices = (whole) => setup.views.filter((view) => view.whole === whole).map(({ id, label }) => option([id, label]));
  const shown = element("select", { id: `${prefix}-shown`, onchange: () => send({ kind: "view", id: shown.value }) },
    ...choices(true), element("optgroup", { label: "One result" }, ...choices(false)));
  const reset = button("Reset all", () => {
    compared.leave();
    send({ kind: "reset" });
  });
  const band = element("input", { type: "checkbox", id: `${prefix}-band`, onchange: () => send({ kind: "band", on: band.checked }) });
  const banded = element("span", { class: "sc-tool" }, band, element("label", { for: band.id }, "90 % band"));
  const keep = keeping(kernel, prefix);
  const fill = () => {
    for (const part of [compared, keep]) part.fill(kernel.get("_saved"));
  };
  kernel.onChange("_saved", fill);
  fill();

  const node = element("div", { class: "sc-tools", role: "group", "aria-label": "Scenario" },
    ...preset.nodes, ...compared.nodes, labelled("Result", shown), reset, banded, keep.node);
  function show(state) {
    const { band: drawn, shown: which } = kernel.get("_chart");
    banded.hidden = !drawn; // nothing to leave out
    say(reset, state.changed.length ? `Reset all (${state.changed.length})` : "Reset all");
    if (kernel.open()) return;
    shown.value = which;
    band.checked = state.band;
    preset.show(state);
    keep.show(state, kernel.asked === "code" && state.errors.panel);
    compared.show(kernel.asked === "compare" && state.errors.panel);
  }
  return { node, show };
}
