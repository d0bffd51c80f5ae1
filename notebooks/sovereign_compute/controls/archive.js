// Everything a learner has made: one button sends it to the browser as a file, one field takes such a file back.
// Two more send what was written alone, as a page to hand in.

function render({ model, el }) {
  const setup = model.get("_setup");
  const id = unique("scw");
  const { send, mount } = connected(model);
  const text = element("p", { class: "sc-notice", role: "status" });
  const say = (words) => { text.textContent = words; };
  const fetchAll = () => {
    say("Packing …");
    send({ kind: "pack" });
  };
  const fetchWritten = (ending) => () => {
    say("Packing …");
    send({ kind: "written", ending });
  };
  const receive = ({ kind, ending }, buffers) => {
    if (kind === "packed") saveAs(`my-course-${today()}.zip`, new Blob(buffers, { type: "application/zip" }));
    if (kind === "written") saveAs(`my-written-work-${today()}.${ending}`, new Blob(buffers));
  };
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
    element("p", {}, element("button", { type: "button", onclick: fetchAll }, "Download everything I have made")),
    element("div", { class: "sc-tools" }, element("span", { id: `${id}-written` }, "Download what I have written"),
      ...Object.entries({ html: "as a page (HTML)", md: "as Markdown" }).map(([ending, words]) =>
        element("button", { type: "button", id: `${id}-${ending}`, "aria-labelledby": `${id}-written ${id}-${ending}`, onclick: fetchWritten(ending) }, words))),
    element("div", { class: "sc-tools" }, element("label", { for: id }, "Put back what I downloaded"), field), text);
  model.on("msg:custom", receive);
  const unmount = mount(el, root, () => say(model.get("_state").text));
  return () => {
    model.off("msg:custom", receive);
    unmount();
  };
}

export default { render };
