// The kernel of the buttons that take a learner's work away and put it back: controls/my_work.py in a page. The files are
// those of the notebook, so that what was done here goes on there, and back.

import { quoted, Refused } from "./accept.js";
import { Speaking } from "./answering.js";
import { today } from "./dates.js";
import { isPlain, printable, sound } from "./learner.js";
import { filled, sentence } from "./spoken.js";
import { Damaged, unzipped } from "./unzipped.js";

const FILE = /^scenario-[^/\\]+\.json$/;
const EXERCISE = /^\d\d\.T?\d{1,2}$/;

// What is said of a file that is refused, and of a learner who has made nothing yet.
function refusal(error) {
  if (error instanceof Refused) return sentence(error.message);
  throw error;
}

export class WorkKernel extends Speaking {
  // `pack` makes a zip of texts by name.
  constructor(data, files, learner, pack) {
    super(data, files, learner);
    this.pack = pack;
    this.state._setup = data.setup;
    this.put({ text: "" }, 0);
  }

  answer(message, buffers) {
    if (message.kind !== "put back") return super.answer(message, buffers);
    this.changed = new Set();
    return this.putBack(new Uint8Array(buffers[0])).catch(refusal).then((text) => ({ text }), (error) => this.failed(error))
      .then((state) => this.put(state, message.seq));
  }

  answered({ kind }) {
    if (kind !== "pack") return undefined;
    try {
      const files = this.packed();
      this.tell("msg:custom", { kind: "packed" }, this.pack(files));
      return { text: filled(this.data.words.downloaded, { names: Object.keys(files).join(", ") }) };
    } catch (error) {
      return { text: refusal(error) };
    }
  }

  // The files of the notebook, by name.
  packed() {
    const { progress, scenarios } = this.learner, files = {}, shown = (x) => `${JSON.stringify(x, null, 2)}\n`;
    const kept = { ...progress.all(), ...Object.fromEntries(Object.keys(progress.own).map((name) => [name, progress.section(name)])) };
    if (Object.keys(kept).length) files["progress.json"] = shown(kept);
    Object.entries(scenarios.all()).forEach(([name, changes], i) => {
      const entries = Object.entries(changes).map(([id, value]) => [id, { value }]);
      files[`scenario-${i + 1}.json`] = shown({ name, saved: today(), registry: this.data.registry, changes: Object.fromEntries(entries) });
    });
    if (!Object.keys(files).length) throw new Refused(this.data.words.empty);
    return files;
  }

  async putBack(bytes) {
    const { words, setup } = this.data, done = [], left = [];
    if (bytes.length > setup.largest) {
      throw new Refused(filled(words.size, { size: bytes.length.toLocaleString("en"), most: setup.largest.toLocaleString("en") }));
    }
    let files;
    try {
      files = await unzipped(bytes);
    } catch (error) {
      throw error instanceof Damaged ? new Refused(words.foreign) : error;
    }
    for (const [name, text] of files) {
      try {
        const content = JSON.parse(FILE.test(name) || name === "progress.json" ? text : "null");
        if (!isPlain(content)) throw new Refused(words.unknown);
        if (name === "progress.json") this.takeProgress(content, done, left);
        else this.takeScenario(content, done);
      } catch (error) {
        left.push(`${printable(name)}: ${error instanceof Refused ? error.message : words.unknown}`);
      }
    }
    const text = done.length ? filled(words.back, { names: done.join(", ") }) : words.nothing;
    return text + (left.length ? filled(words.left, { names: left.join("; ") }) : "");
  }

  takeScenario({ name, changes }, done) {
    const { words } = this.data, { scenarios } = this.learner, known = printable(name ?? "");
    const values = Object.entries(isPlain(changes) ? changes : {}).map(([id, entry]) => [id, entry?.value]).filter(([, x]) => typeof x === "number");
    if (!known) throw new Refused(words.unknown);
    const here = scenarios.all()[known], found = Object.fromEntries(values);
    if (here && JSON.stringify(Object.entries(here).sort()) === JSON.stringify(values.sort())) return;
    if (here) throw new Refused(filled(words.taken, { name: quoted(known) }));
    scenarios.put(known, found);
    done.push(filled(words.scenario, { name: quoted(known) }));
  }

  // What is here already is never replaced; sections that only a notebook has are kept for it.
  takeProgress(content, done, left) {
    const { words } = this.data, { learner } = this, drawn = !Object.keys(learner.kept("exercises")).length;
    for (const [section, found] of Object.entries(content)) {
      if (!isPlain(found)) continue;
      const known = Object.entries(found).filter(([id, entry]) => sound(section, entry) && this.isAsked(section, id, entry));
      const here = section === "cases" && drawn ? {} : learner.kept(section);
      const fresh = known.filter(([id]) => !(id in here)), unsound = Object.keys(found).length - known.length;
      if (fresh.length) {
        learner.keep(section, Object.fromEntries(fresh));
        done.push(filled(words.section, { count: fresh.length, section }));
      }
      if (unsound) left.push(filled(words.unsound, { count: unsound, section }));
    }
  }

  isAsked(section, id, entry) {
    if (section === "cases") return id === "exercises" && "number" in entry;
    if (section === "exercises") return EXERCISE.test(id);
    if (section !== "predictions") return true;
    const [minimum, maximum] = this.data.predictions[id] ?? [1, 0];
    return ["value", "low", "high"].every((name) => !(name in entry) || (minimum <= entry[name] && entry[name] <= maximum));
  }
}
