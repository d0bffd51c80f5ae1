// The live panel in the browser: native labelled controls, one Vega view that is fed with rows, one message at a time.
// The kernel decides what is allowed and what the result is; this file only shows it.

const LABELS = 220; // room for the labels of the rows and for the number behind the longest bar, in pixels

function loadVega(model) {
  if (page.vega) return page.vega;
  return new Promise((resolve) => {
    const receive = (message, buffers) => {
      if (message.kind !== "vega") return;
      model.off("msg:custom", receive);
      if (!page.vega) {
        const url = URL.createObjectURL(new Blob([buffers[0]], { type: "text/javascript" }));
        page.vega = import(url).finally(() => URL.revokeObjectURL(url));
      }
      resolve(page.vega);
    };
    model.on("msg:custom", receive);
    model.send({ kind: "vega" });
  });
}

// A link can carry a scenario. JupyterLab may have replaced the address meanwhile; the browser knows what was asked for.
function codeFromAddress() {
  const asked = performance.getEntriesByType("navigation")[0]?.name ?? location.href;
  for (const query of [location.search, new URL(asked).search]) {
    const code = new URLSearchParams(query).get("scenario");
    if (code) return code;
  }
  return "";
}

const format = (value, decimals) =>
  value.toLocaleString("en-GB", { minimumFractionDigits: 0, maximumFractionDigits: decimals });

// On a logarithmic scale the slider moves along the stops that the kernel has chosen; otherwise in the input's own unit.
function nearestStop(stops, value) {
  const distance = (stop) => Math.abs(Math.log(stop / value));
  return stops.reduce((best, stop, i) => (distance(stop) < distance(stops[best]) ? i : best), 0);
}

function panel(model, el) {
  const setup = model.get("_setup");
  const prefix = unique("sc");
  const controls = new Map();

  // One message is under way at the most; what is asked meanwhile waits, and moves of controls are merged. If a message is
  // lost, what is held is sent instead of waiting for ever.
  const { send, open, mount } = connected(model, { lost: () => next(), leave: () => { page.left[setup.title] = model.get("_state").code; } });
  let stale = false;
  let asked = "";
  const held = [];
  function ask(message) {
    const last = held.at(-1);
    if (last?.kind === "set" && message.kind === "set") Object.assign(last.values, message.values);
    else held.push(message);
    next();
  }
  function next() {
    if (open()) return;
    if (!held.length && stale) held.push({ kind: "show" });
    if (!held.length) return;
    const message = held.shift();
    asked = message.kind;
    stale = false;
    figure.setAttribute("aria-busy", "true");
    send(message);
  }

  // Controls -----------------------------------------------------------------------------------------------------
  function control(input) {
    const id = `${prefix}-${input.id}`;
    const send = (value) => ask({ kind: "set", values: { [input.id]: value } });
    const error = element("span", { id: `${id}-error`, class: "sc-error", role: "alert" });
    const { nodes, target, show } = input.words.length ? choice(input, id, send) : entry(input, id, send);
    const reset = element("button", {
      type: "button", class: "sc-reset", title: `Back to ${input.shown}`,
      "aria-label": `Reset ${input.label}`, onclick: () => { ask({ kind: "reset", id: input.id }); target.focus(); },
    }, "Reset");
    const facts = element("details", { class: "sc-source" },
      element("summary", { "aria-label": `Source of ${input.label}: ${input.tier}` }, `source: ${input.tier}`),
      element("p", {}, input.question),
      element("p", {}, element("b", {}, "Range: "), input.range, ". ", input.why),
      element("p", {}, element("b", {}, "Source: "),
        input.url ? element("a", { href: input.url, target: "_blank", rel: "noreferrer" }, input.source) : input.source,
        `, ${input.ground}`));
    const row = element("div", { class: "sc-row" },
      element("label", { for: target.id }, input.label), ...nodes, reset, error, facts);
    controls.set(input.id, (value, changed, wrong) => {
      show(value, wrong);
      target.setAttribute("aria-invalid", wrong ? "true" : "false");
      if (error.textContent !== (wrong ?? "")) error.textContent = wrong ?? "";
      reset.disabled = !changed && !wrong;
      row.classList.toggle("sc-changed", changed);
    });
    return row;
  }

  function choice(input, id, send) {
    const select = element("select", { id: `${id}-choice`, "aria-describedby": `${id}-error`, onchange: () => send(Number(select.value)) },
      ...input.words.map((word, i) => element("option", { value: i }, word)));
    return { nodes: [element("span", { class: "sc-entry" }, select)], target: select, show: (value) => { select.value = value; } };
  }

  function entry(input, id, send) {
    const { stops } = input;
    const speak = () => range.setAttribute("aria-valuetext", `${format(Number(number.value), input.decimals)} ${input.unit}`.trim());
    const range = element("input", {
      type: "range", id: `${id}-range`, "aria-label": input.label,
      min: stops.length ? 0 : input.min, max: stops.length ? stops.length - 1 : input.max, step: stops.length ? 1 : input.step,
      oninput: () => {
        number.typing = false;
        number.put(stops.length ? stops[range.value] : Number(range.value));
        speak();
        send(Number(number.value));
      },
    });
    const number = numberField({ id: `${id}-number`, min: input.min, max: input.max, step: input.step, stops, "aria-describedby": `${id}-error` });
    onTyped(number, () => send(typedIn(number)));
    return {
      nodes: [element("span", { class: "sc-entry" }, number, element("span", { class: "sc-unit" }, input.unit)), range],
      target: number,
      show(value, wrong) {
        // What was refused stays to be mended, and nothing is taken away from under the fingers.
        if (wrong || (number.typing && document.activeElement === number)) return;
        range.value = stops.length ? nearestStop(stops, value) : value;
        number.put(Number(value.toFixed(input.decimals)));
        speak();
      },
    };
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
  const name = element("input", { type: "text", id: `${prefix}-name`, maxlength: 60, placeholder: "a name",
    onkeydown: (event) => { if (event.key === "Enter") save(); } });
  const save = () => ask({ kind: "save", name: name.value });
  const code = element("input", { type: "text", id: `${prefix}-code`, spellcheck: "false", autocomplete: "off", class: "sc-code" });
  onTyped(code, () => ask({ kind: "code", text: code.value }));
  // What the scenario is compared with: the course's values, a preset, a saved scenario, or a code that is pasted.
  let choosing = false;
  const compared = element("select", { id: `${prefix}-compared`, onchange: () => {
    const [what, ...id] = compared.value.split(":");
    choosing = what === "code"; // nothing to compare with before it is pasted
    pasting.hidden = !choosing;
    pasted.value = "";
    if (!choosing) ask({ kind: "compare", with: what, id: id.join(":") });
  } });
  const pasted = element("input", { type: "text", id: `${prefix}-pasted`, spellcheck: "false", autocomplete: "off", class: "sc-code" });
  onTyped(pasted, () => ask({ kind: "compare", with: "code", id: pasted.value }));
  const choices = (whole) => setup.views.filter((view) => view.whole === whole).map(({ id, label }) => element("option", { value: id }, label));
  const shown = element("select", { id: `${prefix}-shown`, onchange: () => ask({ kind: "view", id: shown.value }) },
    ...choices(true), element("optgroup", { label: "One result" }, ...choices(false)));
  const band = element("input", { type: "checkbox", id: `${prefix}-band`, onchange: () => ask({ kind: "band", on: band.checked }) });
  const banded = element("span", { class: "sc-tool" }, band, element("label", { for: band.id }, "90 % band"));
  const problem = element("p", { class: "sc-error", role: "alert" });
  const notice = element("p", { class: "sc-notice", role: "status" });
  const beside = element("p");
  const pasting = labelled("Paste its code and press Enter", pasted);
  const whole = () => ({ ...setup, ...model.get("_chart") });
  const keep = element("details", { class: "sc-keep", ontoggle: () => { if (keep.open) ask({ kind: "look" }); } },
    element("summary", {}, "Save, load, share"),
    element("div", {},
      labelled("Save as", name, element("button", { type: "button", onclick: save }, "Save")),
      labelled("Saved", mine),
      labelled("Code (copy it, or paste one and press Enter)", code), beside,
      element("span", { class: "sc-tool" }, "Download",
        element("button", { type: "button", onclick: () => exportTable(whole(), model.get("_state"), "xlsx") }, "Table (Excel)"),
        element("button", { type: "button", onclick: () => exportTable(whole(), model.get("_state"), "csv") }, "Table (CSV)"),
        element("button", { type: "button", onclick: () => exportPicture(vega, whole(), model.get("_state"), "svg") }, "Chart (SVG)"),
        element("button", { type: "button", onclick: () => exportPicture(vega, whole(), model.get("_state"), "png") }, "Chart (PNG)"))));
  const tools = element("div", { class: "sc-tools", role: "group", "aria-label": "Scenario" },
    ...(setup.presets.length ? [labelled("Preset", preset)] : []),
    labelled("Compare with", compared), pasting,
    labelled("Result", shown),
    element("button", { type: "button", onclick: () => { choosing = false; ask({ kind: "reset" }); } }, "Reset all"),
    banded, keep);

  // Result -------------------------------------------------------------------------------------------------------
  const chart = element("div", { class: "sc-chart" });
  const sentence = element("p", { class: "sc-sentence", "aria-live": "polite" });
  const table = element("table");
  const numbers = element("details", { class: "sc-table", ontoggle: () => showTable(model.get("_state").rows) },
    element("summary", {}, "Show as table"), table);
  const figure = element("div", { class: "sc-figure" }, sentence, chart, numbers);
  const root = element("section", { class: "sc-panel", "aria-label": setup.title },
    element("p", { class: "sc-title" }, setup.title), ...(setup.start ? [element("p", {}, setup.start)] : []), tools, problem, notice,
    element("div", { class: "sc-body" }, form, figure));

  function showTable(rows) {
    if (!numbers.open) return;
    const { columns } = model.get("_chart");
    const keys = Object.keys(columns);
    rows = listed(rows, keys);
    // As many decimals in all rows of one unit as the largest number needs for four figures.
    const unit = (i) => rows.unit?.[i];
    const digits = new Map();
    for (const one of new Set(rows[keys[0]].map((_, i) => unit(i)))) {
      const found = keys.flatMap((key) => rows[key].filter((_, i) => unit(i) === one)).filter(Number.isFinite);
      const decimals = Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(Math.max(...found.map(Math.abs), 1e-6)))));
      digits.set(one, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    }
    const cell = (value, i) => {
      if (typeof value === "string") return element("th", { scope: "row" }, value);
      return element("td", { class: "sc-number" }, value === null ? "–" : value.toLocaleString("en-GB", digits.get(unit(i))));
    };
    table.replaceChildren(
      element("caption", {}, setup.title),
      element("thead", {}, element("tr", {}, ...keys.map((key) => element("th", { scope: "col" }, columns[key])))),
      element("tbody", {}, ...rows[keys[0]].map((_, i) => element("tr", {}, ...keys.map((key) => cell(rows[key][i], i))))));
  }

  // Chart --------------------------------------------------------------------------------------------------------
  let vega, view, viewOf, drawnAt, drawing = false, dirty = false;
  const ink = () => getComputedStyle(root).getPropertyValue("color");
  async function build() {
    vega ??= await loadVega(model);
    await letters(model);
    viewOf = undefined;
    await draw();
  }
  function newView() {
    viewOf = model.get("_chart");
    const spec = titledWithin(structuredClone(viewOf.spec), width());
    spec.config = { ...spec.config, background: "transparent" };
    const color = ink();
    spec.config.axis = { ...spec.config.axis, gridOpacity: 0.15 };
    for (const [part, key] of [["axis", "gridColor"], ["axis", "labelColor"], ["axis", "titleColor"], ["title", "color"], ["title", "subtitleColor"], ["text", "color"], ["rule", "color"]])
      spec.config[part] = { ...spec.config[part], [key]: color };
    // Charts side by side in one column share the labels' width; a single chart is fitted to the width as a whole.
    for (const part of spec.vconcat ?? []) part.width = width() - LABELS;
    if (!spec.vconcat) spec.width = width();
    drawnAt = width();
    const compiled = vega.compile(spec).spec;
    if (!spec.vconcat) compiled.autosize = { type: "fit-x", contains: "padding" };
    view?.finalize();
    view = new vega.View(vega.parse(compiled), { renderer: "svg", container: chart, hover: false });
  }
  // While a theme is changed, or a tab is hidden, nothing has a width: then the last one holds.
  const width = () => (chart.clientWidth ? Math.max(320, Math.floor(chart.clientWidth)) : drawnAt ?? 520);
  // The newest state is always drawn, and never two at once: a drag leaves nothing behind to work off.
  async function draw() {
    if (!vega) return;
    if (drawing) { dirty = true; return; }
    drawing = true;
    try {
      do {
        dirty = false;
        if (viewOf !== model.get("_chart")) newView();
        const state = model.get("_state");
        // Laid out anew, or a number behind a bar that has grown would stand outside of the picture; and once more, as
        // an axis of another length has other labels.
        await view.data("rows", rowsOf(state.rows)).resize().runAsync();
        await view.resize().runAsync();
        const svg = chart.querySelector("svg");
        svg?.setAttribute("aria-label", state.sentence);
        svg?.setAttribute("role", "img");
      } while (dirty);
    } finally {
      drawing = false;
    }
  }

  function show() {
    const state = model.get("_state");
    draw();
    next();
    if (sentence.textContent !== state.sentence) sentence.textContent = state.sentence;
    if (!open()) {
      for (const [id, show] of controls) show(state.values[id], state.changed.includes(id), state.errors[id]);
      const refused = asked === "code" && state.errors.panel; // stays, to be mended
      if (!code.typing && !refused) code.value = state.code;
      if (!(asked === "compare" && state.errors.panel && compared.value === "code:")) showChosen();
      band.checked = state.band;
      figure.removeAttribute("aria-busy");
    }
    const wrong = state.errors.panel ?? "";
    if (problem.textContent !== wrong) problem.textContent = wrong;
    if (notice.textContent !== state.notice) notice.textContent = state.notice;
    if (beside.textContent !== state.beside) beside.textContent = state.beside;
    banded.hidden = !model.get("_chart").band; // nothing to leave out
    showTable(state.rows);
  }
  // Lists are filled only when they change: never under the fingers of someone who chooses.
  function showSaved() {
    const saved = model.get("_saved");
    const group = (label, what, entries) => (entries.length ? [element("optgroup", { label },
      ...entries.map(([id, name]) => element("option", { value: `${what}:${id}` }, name)))] : []);
    compared.replaceChildren(element("option", { value: "course:" }, setup.base),
      ...group("Presets", "preset", setup.presets.map((p) => [p.id, p.label])),
      ...group("Saved", "saved", saved.map((n) => [n, n])),
      element("option", { value: "code:" }, "a code…"));
    showChosen();
    mine.replaceChildren(element("option", { value: "" }, saved.length ? "Choose…" : "nothing saved yet"),
      ...saved.map((n) => element("option", { value: n }, n)));
  }
  function showChosen() {
    const { compared: { with: what, id, name }, shown: which } = model.get("_chart");
    shown.value = which;
    choosing &&= what !== "code";
    const value = what === "code" ? "code:" : `${what}:${id}`;
    // A saved scenario whose file has gone is compared with until another is chosen.
    if (![...compared.options].some((option) => option.value === value)) compared.append(element("option", { value }, name));
    compared.value = choosing ? "code:" : value;
    pasting.hidden = compared.value !== "code:";
    if (what === "code" && !pasted.typing) pasted.value = id;
  }
  // Another panel, or code, has changed the scenario that this one shows.
  function receive(message) {
    if (message.kind !== "stale") return;
    stale = true;
    next();
  }

  model.on("change:_saved", showSaved);
  model.on("msg:custom", receive);
  showSaved();
  const unmount = mount(el, root, show);
  build();
  ask({ kind: "open", code: codeFromAddress(), left: page.left[setup.title] });
  delete page.left[setup.title];
  const fit = () => { if (view && drawnAt !== width()) build(); };
  const resized = new ResizeObserver(fit);
  resized.observe(chart);
  const theme = new MutationObserver(async () => { await build(); requestAnimationFrame(fit); });
  theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  return () => {
    unmount();
    model.off("change:_saved", showSaved);
    model.off("msg:custom", receive);
    resized.disconnect();
    theme.disconnect();
    view?.finalize();
  };
}

// What a learner assumes changes the rows, so the panel is built anew.
function render({ model, el }) {
  let leave = panel(model, el);
  const again = () => {
    leave();
    el.replaceChildren();
    leave = panel(model, el);
  };
  model.on("change:_setup", again);
  return () => {
    model.off("change:_setup", again);
    leave();
  };
}

export default { render };
