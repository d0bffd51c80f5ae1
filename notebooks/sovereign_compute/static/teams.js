// The facilitator's dashboard: the list of teams goes up as text, what differs comes down. All of it is shown as text.

function render({ model, el }) {
  const setup = model.get("_setup");
  const prefix = unique("sct");
  const area = element("textarea", { id: `${prefix}-teams`, rows: 8, "aria-describedby": `${prefix}-help`, spellcheck: "false",
    style: "width: 100%; box-sizing: border-box; font: inherit" });
  area.value = setup.text;
  area.dataset.lmSuppressShortcuts = "true";
  const chooser = (id, options) => element("select", { id: `${prefix}-${id}` }, ...options.map(([value, label]) => element("option", { value }, label)));
  const which = chooser("model", setup.models);
  which.style.maxWidth = "min(32em, 100%)"; // titles of models are long, and tell them apart at their ends
  const base = chooser("base", [[setup.course, setup.course]]);
  const text = element("p", { class: "sc-sentence", role: "status" });
  const list = element("ul");
  const problems = element("div", { role: "alert" }, list);
  const tables = element("div");
  const picture = element("img", { alt: "", style: "max-width: 100%; background: white" });
  const save = element("button", { type: "button", onclick: () => download() }, "Export as CSV");
  const send = () => {
    text.textContent = "Comparing …";
    model.send({ kind: "compare", text: area.value, model: which.value, base: base.value });
  };
  which.addEventListener("change", send);
  base.addEventListener("change", send);
  const tool = (label, field) => element("span", { class: "sc-tool" }, element("label", { for: field.id }, label), field);
  const root = element("section", { class: "sc-panel", "aria-label": "Teams side by side" },
    element("p", {}, element("label", { for: area.id }, "Teams and their scenario codes"), area),
    element("p", { id: `${prefix}-help` }, "One team a line: its name, then its code, which starts with SC1-."),
    element("div", { class: "sc-tools" }, tool("Model", which), tool("Compared with", base),
      element("button", { type: "button", onclick: send }, "Show side by side"), save),
    problems, text, picture, tables);
  el.append(root);
  const stopTelling = tellWhenKernelIsGone(model, root);

  function download() {
    const link = element("a", { href: URL.createObjectURL(new Blob([model.get("_state").csv], { type: "text/csv" })), download: "teams.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  function drawn({ caption, columns, rows }) {
    const line = (cells, tag) => element("tr", {}, ...cells.map((cell) => element(tag, tag === "th" ? { scope: "col" } : {}, cell)));
    // Many teams are wider than the page: the table scrolls, also with the keyboard.
    return element("div", { class: "sc-table sc-scroll", tabindex: "0", role: "region", "aria-label": caption },
      element("table", {}, element("caption", {}, caption), element("thead", {}, line(columns, "th")),
        element("tbody", {}, ...rows.map((cells) => line(cells, "td")))));
  }

  function show() {
    const state = model.get("_state");
    text.textContent = state.sentence || "No team yet.";
    list.replaceChildren(...state.problems.map((said) => element("li", {}, said)));
    problems.hidden = !state.problems.length;
    base.replaceChildren(...[setup.course, ...state.teams].map((name) => element("option", { value: name }, name)));
    base.value = state.base;
    which.value = state.model;
    picture.hidden = !state.picture;
    if (state.picture) picture.src = state.picture;
    picture.alt = state.sentence;
    save.toggleAttribute("disabled", !state.csv);
    tables.replaceChildren(...state.tables.map(drawn));
  }
  model.on("change:_state", show);
  show();
  return () => {
    model.off("change:_state", show);
    stopTelling();
  };
}

export default { render };
