// What takes long is computed beside the page, in a worker with the same engine: what a view tells of a scenario, with its
// band. The page answers a key meanwhile.

import { Engine } from "./engine.js";
import { inputsOf, Told } from "./told.js";

// In the worker: one answer to each question. Models and views come with the first question that needs them.
export function serve() {
  const engines = new Map(), views = new Map();
  globalThis.onmessage = ({ data: { name, view, model, told, scenario } }) => {
    if (model) engines.set(name, new Engine(model));
    const engine = engines.get(name), key = `${name} ${view}`;
    if (told) views.set(key, new Told(told, engine));
    postMessage(views.get(key).of(inputsOf(engine, ...scenario)));
  };
}

// In the page: one question is under way; of those of a panel that wait only the newest is asked.
export class Beside {
  // `kernels` is the function that all of this stands in: its text is the script of the worker.
  constructor(kernels) {
    Object.assign(this, { kernels, sent: new Set(), waiting: new Map(), asked: null });
  }

  // `hear` gets the answer, or nothing where a browser lets no worker work.
  ask(question, hear) {
    this.waiting.set(question.name, { ...question, hear });
    this.next();
  }

  begun() {
    if (this.worker) return this.worker;
    const url = URL.createObjectURL(new Blob([`(${this.kernels})().beside.serve();`], { type: "text/javascript" }));
    this.worker = new Worker(url);
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = () => this.fail();
    return this.worker;
  }

  next() {
    if (this.asked || !this.waiting.size) return;
    const [[panel, question]] = this.waiting, { name, view, scenario } = question, key = `${name} ${view}`;
    this.waiting.delete(panel);
    this.asked = question;
    try {
      this.begun().postMessage({
        name, view, scenario, model: this.sent.has(name) ? null : question.model, told: this.sent.has(key) ? null : question.told,
      });
      this.sent.add(name).add(key);
    } catch {
      this.fail();
    }
  }

  heard(found) {
    const { hear } = this.asked;
    this.asked = null;
    hear(found);
    this.next();
  }

  // From then on the page has to do it itself.
  fail() {
    const left = [this.asked, ...this.waiting.values()];
    this.failed = true;
    this.waiting.clear();
    this.asked = null;
    for (const question of left) question?.hear(null);
  }
}
