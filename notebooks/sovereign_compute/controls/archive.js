// Everything a learner has made: one button sends it to the browser as a file, one field takes such a file back.

import { button, element, saveAs, today, unique } from "./dom.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const { setup, send, mount, onMessage } = connected(model);
  const id = unique("scw");
  const text = element("p", { class: "sc-notice", role: "status" });
  const say = (words) => { text.textContent = words; };
  const fetchAll = () => {
    say("Packing …");
    send({ kind: "pack" });
  };
  onMessage("packed", (buffers) => saveAs(`my-course-${today()}.zip`, new Blob(buffers, { type: "application/zip" })));
  const putBack = async () => {
    const [file] = field.files;
    if (!file) return;
    if (file.size > setup.largest) return say(`This file is too large: a download of this course has at most ${setup.largest.toLocaleString("en")} bytes.`);
    say("Reading …");
    const content = await file.arrayBuffer();
    field.value = "";
    send({ kind: "put back" }, content);
  };
  const field = element("input", { type: "file", id, accept: ".zip", onchange: putBack });
  const root = element("section", { class: "sc-panel", "aria-label": "Your work" },
    element("p", {}, button("Download everything I have made", fetchAll)),
    element("div", { class: "sc-tools" }, element("label", { for: id }, "Put back what I downloaded"), field), text);
  return mount(el, root, (state) => say(state.text));
}

export default { render };
