// Everything a learner has made: one button sends it to the browser as a file, one field takes such a file back.
// Two more send what was written alone, as a page to hand in.

import { button, element, say, saveAs, today, unique } from "./dom.js";
import { connected } from "./kernel.js";

function render({ model, el }) {
  const { setup, send, mount, onMessage } = connected(model);
  const id = unique("scw");
  const text = element("p", { class: "sc-notice", role: "status" });
  const fetchAll = () => {
    say(text, "Packing …");
    send({ kind: "pack" });
  };
  onMessage("packed", (buffers) => saveAs(`my-course-${today()}.zip`, new Blob(buffers, { type: "application/zip" })));
  const written = ["html", "md"].map((ending, place) => {
    onMessage(ending, (buffers) => saveAs(`my-written-work-${today()}.${ending}`, new Blob(buffers)));
    const fetchWritten = () => {
      say(text, "Packing …");
      send({ kind: ending });
    };
    const name = `${id}-${ending}`;
    return button(["as a page (HTML)", "as Markdown"][place], fetchWritten, { id: name, "aria-labelledby": `${id}-written ${name}` });
  });
  const putBack = async () => {
    const [file] = field.files;
    if (!file) return;
    if (file.size > setup.largest) {
      const most = setup.largest.toLocaleString("en");
      return say(text, `This file is too large: a download of this course has at most ${most} bytes.`);
    }
    say(text, "Reading …");
    const content = await file.arrayBuffer();
    field.value = "";
    send({ kind: "put back" }, content);
  };
  const field = element("input", { type: "file", id, accept: ".zip", onchange: putBack });
  const root = element("section", { class: "sc-panel", "aria-label": "Your work" },
    element("p", {}, button("Download everything I have made", fetchAll)),
    ...(setup.written // nothing is written in a page without a kernel
      ? [element("div", { class: "sc-tools" }, element("span", { id: `${id}-written` }, "Download what I have written"), ...written)] : []),
    element("div", { class: "sc-tools" }, element("label", { for: id }, "Put back what I downloaded"), field), text);
  return mount(el, root, (state) => say(text, state.text));
}

export default { render };
