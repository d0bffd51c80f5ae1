// What all kernels in a page are: a control has of them what it has of a kernel elsewhere: get, on, off, send.

import { Speech } from "./spoken.js";

export class Answering {
  constructor(data, files, learner) {
    this.data = data;
    this.files = files;
    this.learner = learner;
    this.speech = new Speech(data);
    this.ears = {};
    this.state = {};
    this.changed = new Set();
  }

  get(name) { return this.state[name]; }

  on(name, hear) { (this.ears[name] ??= new Set()).add(hear); }

  off(name, hear) { this.ears[name]?.delete(hear); }

  tell(name, ...what) { for (const hear of [...this.ears[name] ?? []]) hear(...what); }

  set(name, value) {
    this.state[name] = value;
    this.changed.add(name);
  }

  // Answers come later, as those of another process do: whoever sends has gone on by then.
  send(message, _, buffers) { queueMicrotask(() => this.answer(message, buffers)); }

  // One answer to each message, also where something goes wrong; what `answered` returns is shown from then on.
  answer(message, buffers) {
    if (message.kind === "file") {
      this.tell("msg:custom", { kind: "file", name: message.name }, [this.files(message.name)]);
      return;
    }
    this.changed = new Set();
    this.put(this.tried(message, buffers), message.seq);
  }

  tried(message, buffers) {
    try {
      return this.answered(message, buffers) ?? this.state._state;
    } catch (error) {
      return this.failed(error);
    }
  }

  // What is shown where the course is at fault.
  failed(error) {
    console.error(error);
    this.undo?.();
    return { ...this.state._state, fault: this.data.fault };
  }

  put(state, seq = this.state._state?.seq) {
    this.set("_state", { fault: "", ...state, seq });
    for (const name of this.changed) this.tell(`change:${name}`);
  }
}

// Those whose states are told as they are shown.
export class Speaking extends Answering {
  put(state, seq) { super.put(this.speech.forPage(state), seq); }
}
