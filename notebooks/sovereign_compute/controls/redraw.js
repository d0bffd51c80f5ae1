// A button that has something simulated drawn again; what came out is said, for who does not see the chart.

import { button, element, say } from "./dom.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const { send, mount } = connected(model);
  const told = element("p", { class: "sc-left", role: "status" });
  const root = element("section", { class: "sc-panel sc-redraw", "aria-label": "Draw again" },
    button("Draw again", () => send({ kind: "draw" })), told);
  return mount(el, root, (state) => say(told, state.told));
}

export default { render };
