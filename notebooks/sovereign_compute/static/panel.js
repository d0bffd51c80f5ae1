// The live panel in the browser: native labelled controls, one Vega view that is fed with rows, one message at a time.
// The kernel decides what is allowed and what the result is; this file only shows it.

const LOG_STEPS = 200;
const LABELS = 190; // room for the row labels of a chart, in pixels
let vegaModule; // one copy of Vega for all panels of a page

function loadVega(model) {
  vegaModule ??= new Promise((resolve, reject) => {
    const receive = (message, buffers) => {
      if (message.kind !== "vega") return;
      model.off("msg:custom", receive);
      const url = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
      import(url).then(resolve, reject).finally(() => URL.revokeObjectURL(url));
    };
    model.on("msg:custom", receive);
    model.send({ kind: "vega" });
  });
  return vegaModule;
}

const format = (value, decimals) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: 0, maximumFractionDigits: decimals });

// A logarithmic control slides in equal ratios; a linear one in its own unit.
const toSlider = (input, value) =>
  input.log ? Math.round((LOG_STEPS * Math.log(value / input.min)) / Math.log(input.max / input.min)) : value;
const fromSlider = (input, position) =>
  input.log ? input.min * (input.max / input.min) ** (position / LOG_STEPS) : Number(position);

let panels = 0;

function render({ model, el }) {
  const setup = model.get("_setup");
  const prefix = `sc${++panels}`;
  const controls = new Map();

  // One message is under way at the most; what is moved meanwhile is merged and sent when the answer is in.
  let seq = 0;
  let waiting = false;
  let held = null;
  function ask(message) {
    if (waiting) {
      held = held?.kind === "set" && message.kind === "set" ? { kind: "set", values: { ...held.values, ...message.values } } : message;
      return;
    }
    waiting = true;
    figure.setAttribute("aria-busy", "true");
    model.send({ ...message, seq: ++seq });
  }

  // Controls -----------------------------------------------------------------------------------------------------
  function control(input) {
    const id = `${prefix}-${input.id}`;
    const range = element("input", {
      type: "range", id: `${id}-range`, "aria-label": input.label,
      min: input.log ? 0 : input.min, max: input.log ? LOG_STEPS : input.max, step: input.log ? 1 : input.step,
      oninput: () => {
        if (input.log) {
          // The ends are exact; in between the value is the nearest one on the grid.
          const at = fromSlider(input, range.value);
          number.value = Math.min(input.max, input.min + Math.round((at - input.min) / input.step) * input.step);
        } else number.value = range.value;
        speak();
        ask({ kind: "set", values: { [input.id]: Number(number.value) } });
      },
    });
    const number = element("input", {
      type: "number", id: `${id}-number`, min: input.min, max: input.max, step: input.step, inputmode: "decimal",
      "aria-describedby": `${id}-error`,
      onchange: () => ask({ kind: "set", values: { [input.id]: number.value === "" ? null : Number(number.value) } }),
    });
    const error = element("span", { id: `${id}-error`, class: "sc-error", role: "alert" });
    const reset = element("button", {
      type: "button", class: "sc-reset", title: `Back to ${format(input.value, input.decimals)} ${input.unit}`,
      "aria-label": `Reset ${input.label}`, onclick: () => { ask({ kind: "reset", id: input.id }); number.focus(); },
    }, "Reset");
    const speak = () => range.setAttribute("aria-valuetext", `${format(Number(number.value), input.decimals)} ${input.unit}`);
    const facts = element("details", { class: "sc-source" },
      element("summary", { "aria-label": `Source of ${input.label}: ${input.tier}` }, `source: ${input.tier}`),
      element("p", {}, input.question),
      element("p", {}, element("b", {}, "Range: "), input.range, ". ", input.why),
      element("p", {}, element("b", {}, "Source: "),
        input.url ? element("a", { href: input.url, target: "_blank", rel: "noreferrer" }, input.source) : input.source,
        `, ${input.locator}; looked up ${input.accessed}; evidence: ${input.tier}.`));
    const row = element("div", { class: "sc-row" },
      element("label", { for: `${id}-number` }, input.label),
      element("span", { class: "sc-entry" }, number, element("span", { class: "sc-unit" }, input.unit)),
      range, reset, error, facts);
    controls.set(input.id, {
      show(value, changed, problem) {
        if (document.activeElement !== range || !waiting) range.value = toSlider(input, value);
        if (!problem) number.value = Number(value.toFixed(input.decimals));
        number.setAttribute("aria-invalid", problem ? "true" : "false");
        error.textContent = problem ?? "";
        reset.disabled = !changed && !problem;
        row.classList.toggle("sc-changed", changed);
        speak();
      },
    });
    return row;
  }

  const groups = new Map();
  for (const input of setup.inputs) {
    if (!groups.has(input.group)) groups.set(input.group, []);
    groups.get(input.group).push(control(input));
  }
  const form = element("div", { class: "sc-controls", role: "group", "aria-label": "Assumptions", tabindex: 0 },
    ...[...groups].map(([name, rows]) => element("fieldset", {}, element("legend", {}, name), ...rows)));

  // Tool bar -----------------------------------------------------------------------------------------------------
  const preset = element("select", { id: `${prefix}-preset`, onchange: () => { if (preset.value) ask({ kind: "preset", id: preset.value }); preset.value = ""; } },
    element("option", { value: "" }, "Choose…"), ...setup.presets.map((p) => element("option", { value: p.id }, p.label)));
  const mine = element("select", { id: `${prefix}-mine`, onchange: () => { if (mine.value) ask({ kind: "load", name: mine.value }); mine.value = ""; } });
  const name = element("input", { type: "text", id: `${prefix}-name`, maxlength: 60, placeholder: "a name" });
  const code = element("input", { type: "text", id: `${prefix}-code`, spellcheck: "false", class: "sc-code",
    onchange: () => ask({ kind: "code", text: code.value }) });
  const band = element("input", { type: "checkbox", id: `${prefix}-band`, onchange: () => ask({ kind: "band", on: band.checked }) });
  const problem = element("p", { class: "sc-error", role: "alert" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const labelled = (text, node) => element("span", { class: "sc-tool" }, element("label", { for: node.id }, text), node);
  const tools = element("div", { class: "sc-tools", role: "group", "aria-label": "Scenario" },
    labelled("Preset", preset),
    element("button", { type: "button", onclick: () => ask({ kind: "reset" }) }, "Reset all"),
    element("span", { class: "sc-tool" }, band, element("label", { for: band.id }, "90 % band")),
    element("details", { class: "sc-keep" },
      element("summary", {}, "Save, load, share"),
      element("div", {},
        element("span", { class: "sc-tool" }, element("label", { for: name.id }, "Save as"), name,
          element("button", { type: "button", onclick: () => ask({ kind: "save", name: name.value }) }, "Save")),
        labelled("Saved", mine),
        labelled("Code (copy it, or paste one and press Enter)", code))));

  // Result -------------------------------------------------------------------------------------------------------
  const chart = element("div", { class: "sc-chart" });
  const sentence = element("p", { class: "sc-sentence", "aria-live": "polite" });
  const table = element("table");
  const figure = element("div", { class: "sc-figure" }, sentence, chart,
    element("details", { class: "sc-table" }, element("summary", {}, "Show as table"), table));
  const root = element("section", { class: "sc-panel", "aria-label": setup.title },
    element("p", { class: "sc-title" }, setup.title), tools, problem, notice,
    element("div", { class: "sc-body" }, form, figure));
  el.append(root);

  function showTable(rows) {
    const keys = Object.keys(setup.columns);
    const cell = (value) => typeof value === "number"
      ? element("td", { class: "sc-number" }, value.toLocaleString("en-GB", { maximumSignificantDigits: 3 })) : element("th", { scope: "row" }, value);
    table.replaceChildren(
      element("caption", {}, setup.title),
      element("thead", {}, element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, setup.columns[key])))),
      element("tbody", {}, ...rows[keys[0]].map((_, i) => element("tr", {}, ...keys.map((key) => cell(rows[key][i]))))));
  }

  // Chart --------------------------------------------------------------------------------------------------------
  let vega, view, drawnAt, drawing = false, dirty = false;
  const ink = () => getComputedStyle(root).getPropertyValue("color");
  async function build() {
    vega ??= await loadVega(model);
    const spec = structuredClone(setup.spec);
    spec.config = { ...spec.config, background: "transparent" };
    const color = ink();
    for (const [part, key] of [["axis", "labelColor"], ["axis", "titleColor"], ["title", "color"], ["title", "subtitleColor"], ["text", "color"], ["rule", "color"]])
      spec.config[part] = { ...spec.config[part], [key]: color };
    // Charts side by side in one column share the labels' width; a single chart is fitted as a whole.
    if (spec.vconcat) for (const part of spec.vconcat) part.width = width() - LABELS;
    else Object.assign(spec, { autosize: { type: "fit", contains: "padding" }, width: width() });
    drawnAt = width();
    const compiled = vega.compile(spec).spec;
    view?.finalize();
    view = new vega.View(vega.parse(compiled), { renderer: "svg", container: chart, hover: false });
    await draw();
  }
  const width = () => Math.max(320, Math.floor(chart.clientWidth));
  const rowsOf = (columns) => Object.values(columns)[0].map((_, i) => Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[i]])));
  async function draw() {
    if (!view) return;
    if (drawing) { dirty = true; return; }
    drawing = true;
    do {
      dirty = false;
      const state = model.get("_state");
      view.data("rows", rowsOf(state.rows));
      await view.runAsync();
      const svg = chart.querySelector("svg");
      svg?.setAttribute("aria-label", state.sentence);
      svg?.setAttribute("role", "img");
    } while (dirty);
    drawing = false;
  }

  function show() {
    const state = model.get("_state");
    waiting = state.seq < seq;
    if (!waiting && held) { const next = held; held = null; ask(next); }
    for (const [id, shown] of controls)
      if (!held && !waiting) shown.show(state.values[id], state.changed.includes(id), state.errors[id]);
    draw();
    if (sentence.textContent !== state.sentence) sentence.textContent = state.sentence;
    problem.textContent = state.errors.panel ?? "";
    notice.textContent = state.notice;
    code.value = state.code;
    band.checked = state.band;
    mine.replaceChildren(element("option", { value: "" }, state.saved.length ? "Choose…" : "nothing saved yet"),
      ...state.saved.map((n) => element("option", { value: n }, n)));
    showTable(state.rows);
    if (!waiting) figure.removeAttribute("aria-busy");
  }

  model.on("change:_state", show);
  show();
  build();
  const resized = new ResizeObserver(() => { if (view && drawnAt !== width()) build(); });
  resized.observe(chart);
  const theme = new MutationObserver(() => build());
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  return () => {
    model.off("change:_state", show);
    resized.disconnect();
    theme.disconnect();
    view?.finalize();
  };
}

export default { render };
