// A kernel in the page: it answers the messages of a panel as controls/panel.py does, from what browser/panels.py
// gives of a model.

import { accept, accepting, Refused } from "./accept.js";
import { Answering } from "./answering.js";
import { find, pack } from "./codes.js";
import { Engine } from "./engine.js";
import { Learner, printable } from "./learner.js";
import { guesses, inHeadline, withMarks } from "./marks.js";
import { shown } from "./shown.js";
import { inputsOf, Told } from "./told.js";

const CODE_SHOWN = 16;
const PAUSE = 120; // milliseconds without a move, after which the band of a long model follows what is shown at once

export class PageKernel extends Answering {
  constructor(data, files, learner = new Learner()) {
    super(data, files, learner);
    this.engine = learner.engines.get(data.name) ?? new Engine(data.models[data.name]);
    this.inputs = accepting(data.setup.inputs, data.accept);
    this.byId = new Map(this.inputs.map((input) => [input.id, input]));
    this.course = this.engine.course;
    this.sizes = new Map(Object.entries(data.sizes).map(([number, size]) => [Number(number), size]));
    this.kept = learner.scenarios;
    this.told = new Map();
    this.long = this.engine.long;
    this.current = this.changesOf(data.start);
    for (const other of learner.panels.values()) this.adopt(other);
    this.begin();
    Object.assign(this.state, { _setup: data.setup, _saved: Object.keys(this.kept.all()) });
    this.draw();
    this.state._state = this.computed({}, "", this.long);
    learner.panels.set(data.name, this);
    learner.ears.add((section) => this.heard(section));
  }

  // All assumptions of the model as they are set now.
  valuesNow() { return { ...this.course, ...this.current }; }

  answered(message) {
    const before = { current: this.current, band: this.band, shown: this.shown, compared: this.compared, from: this.from };
    this.undo = () => {
      Object.assign(this, before);
      this.draw();
    };
    const errors = {};
    let notice = "";
    try {
      notice = this.act(message, errors);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      errors.panel = error.message;
    }
    const later = this.long && this.drawn && (this.beside ? !this.knows() : ["set", "open"].includes(message.kind));
    const state = this.computed(errors, notice, later);
    if (later) this.follow(errors, notice);
    else clearTimeout(this.following);
    if (message.kind === "seen") state.seen = { move: message.move, text: this.spoken(this.data.seen[message.move]) };
    if (this.current !== before.current) this.tellPanels();
    return state;
  }

  // All panels of a page show the one scenario of its learner.
  tellPanels() {
    for (const other of this.learner.panels.values()) {
      if (other === this) continue;
      const { current } = other;
      other.adopt(this);
      if (JSON.stringify(current) !== JSON.stringify(other.current)) other.tell("msg:custom", { kind: "stale" });
    }
  }

  // What another panel has of the assumptions that both share.
  adopt(other) {
    const shared = this.inputs.filter(({ id }) => other.byId.has(id)).map(({ id }) => id);
    for (const id of shared) this.current = this.changedBy(id, other.current[id] ?? other.course[id]);
  }

  // A guess is shown as soon as it is kept.
  heard(section) {
    if (section !== "predictions") return;
    this.draw();
    this.tell("change:_chart");
    this.tell("msg:custom", { kind: "stale" });
  }

  // Whether the band is to be shown; where it cannot be left out, nothing would bring it back.
  get drawn() { return this.band || !this.data.views[this.shown].band; }

  // What computes long bands beside the page, where there is such.
  get beside() { return this.learner.beside?.failed ? null : this.learner.beside; }

  // What the scenario shows depends on.
  get scenario() { return [this.valuesNow(), this.compared.values, true, this.compared.name]; }

  // Whether it is known from beside what is shown of this scenario.
  knows(key = JSON.stringify([this.shown, this.scenario])) { return this.known?.key === key; }

  // The same scenario with its band: from beside the page, or as soon as nothing is moved for a moment.
  follow(errors, notice) {
    clearTimeout(this.following);
    const show = () => {
      this.state._state = { ...this.state._state, ...this.computed(errors, notice) };
      this.tell("change:_state");
    };
    const later = () => { this.following = setTimeout(show, PAUSE); };
    if (!this.beside) {
      later();
      return;
    }
    const { data, shown, scenario } = this, key = JSON.stringify([shown, scenario]);
    this.beside.ask({ name: data.name, view: shown, model: this.engine.data, told: data.views[shown].told, scenario }, (found) => {
      const still = key === JSON.stringify([this.shown, this.scenario]);
      if (found) this.known = { key, found };
      if (still && this.drawn) (found ? show : later)();
    });
  }

  begin() {
    this.shown = this.data.setup.views[0].id;
    this.band = this.data.band;
    this.compared = this.courseValues();
    this.from = "";
  }

  courseValues() { return { with: "course", id: "", name: "", changes: {}, values: this.course, code: pack(new Map()) }; }

  // Carries out one wish of the learner; refused values go to `errors` by assumption. Returns what to say.
  act(message, errors) {
    const { data } = this;
    switch (message.kind) {
      case "set":
        for (const [id, value] of Object.entries(message.values)) {
          try {
            this.current = this.changedBy(id, accept(this.byId.get(id), value));
          } catch (error) {
            if (!(error instanceof Refused)) throw error;
            errors[id] = error.message;
          }
        }
        return "";
      case "reset":
        for (const id of message.id ? [message.id] : this.byId.keys()) this.current = this.changedBy(id, data.start[id] ?? this.course[id]);
        if (!message.id) {
          this.begin();
          this.draw();
        }
        return "";
      case "preset":
        this.current = this.changesOf(this.preset(message.id).values);
        this.from = message.id;
        return this.preset(message.id).note;
      case "code": return this.open(message.text);
      case "open": return message.left || message.code ? this.open(message.left || message.code) : "";
      case "save": return this.save(message.name);
      case "load": {
        this.current = this.changesOf(this.saved(message.name));
        return `Scenario '${message.name}' loaded, assumptions changed: ${Object.keys(this.current).length}.`;
      }
      case "band":
        this.band = Boolean(message.on);
        return "";
      case "look":
        this.set("_saved", Object.keys(this.kept.all()));
        return "";
      case "compare": return this.compare(message.with, message.id);
      case "view":
        if (!data.views[message.id]) throw new Refused(`there is no view '${message.id}'; there are ${Object.keys(data.views).join(", ")}`);
        this.shown = message.id;
        this.draw();
        return "";
      default: return "";
    }
  }

  preset(id) {
    const found = this.data.presets[id];
    if (!found) throw new Refused(`there is no preset '${id}'; there are ${Object.keys(this.data.presets).join(", ")}`);
    return found;
  }

  // The changes with one more value; what is the course's is none.
  changedBy(id, value) {
    const { [id]: _, ...rest } = this.current;
    return value === this.course[id] ? rest : { ...rest, [id]: value };
  }

  // What of some values changes this model.
  changesOf(values) {
    return Object.fromEntries(Object.entries(values).filter(([id, value]) => this.byId.has(id) && value !== this.course[id]));
  }

  // The changes of this model that a code holds, and what of it was left out.
  read(text) {
    const { places, later, code } = find(text, this.sizes), { continued } = this.data;
    const changes = {}, problems = [];
    for (const [number, place] of places) {
      const [own, first] = continued[number] ?? [number, 0];
      const input = this.inputs.find((one) => one.code === own);
      const grown = this.data.grown[own];
      if (grown && first + place >= grown.places) {
        problems.push(`${grown.label}: the code has a word that a later version of the course added; it was left out`);
      } else if (input) changes[input.id] = input.grid.at(first + place);
    }
    for (const number of later) problems.push(`assumption number ${number} comes from a later version of the course and was left out`);
    return { changes: this.changesOf(changes), code, leftOut: problems.map((why) => ` Left out: ${why}.`).join("") };
  }

  codeOf(changes) {
    const places = Object.entries(changes).map(([id, value]) => {
      const { code, grid } = this.byId.get(id), place = grid.place(value);
      for (const [number, [own, first, size]] of Object.entries(this.data.continued)) {
        if (own === code) return place < first ? [own, [first, place]] : [Number(number), [size, place - first]];
      }
      return [code, [grid.places, place]];
    });
    return pack(new Map(places));
  }

  open(text) {
    const { changes, leftOut } = this.read(text);
    this.current = changes;
    return `Assumptions changed by the code: ${Object.keys(changes).length}.${leftOut}`;
  }

  save(given) {
    const name = printable(given);
    if (!/[\p{L}\p{N}]/u.test(name)) throw new Refused("a scenario needs a name with at least one letter or digit");
    this.kept.put(name, this.current);
    this.set("_saved", Object.keys(this.kept.all()));
    if (this.compared.with === "saved" && this.compared.id === name) this.compare("saved", name);
    return `Saved in this browser as “${name}”.`;
  }

  // What was saved under a name, each value on the grid of this version of the course.
  saved(name) {
    const found = this.kept.all()[name];
    if (!found) throw new Refused(`there is no saved scenario '${name}' any more`);
    return Object.fromEntries(Object.entries(found).filter(([id]) => this.byId.has(id)).map(([id, value]) => [id, accept(this.byId.get(id), value)]));
  }

  compare(what, id) {
    let name = "", changes = {}, leftOut = "", chosen = id;
    if (what === "preset") {
      if (!this.data.presets[id]) {
        throw new Refused(`there is no preset '${id}' to compare with; there are ${Object.keys(this.data.presets).join(", ")}`);
      }
      name = this.data.presets[id].label;
      changes = this.changesOf(this.data.presets[id].values);
    } else if (what === "saved") {
      name = id;
      changes = this.changesOf(this.saved(id));
    } else if (what === "code") {
      ({ changes, leftOut, code: chosen } = this.read(id));
      name = chosen.length <= CODE_SHOWN ? chosen : `${chosen.slice(0, CODE_SHOWN)}…`;
    }
    this.compared = name ? { with: what, id: chosen, name, changes, values: { ...this.course, ...changes }, code: this.codeOf(changes) }
      : this.courseValues();
    this.draw();
    const same = Object.keys(changes).length || !name ? "" : " It changes nothing here, so it gives what the course's values give.";
    return `Compared with ${this.words}.${same}${leftOut}`;
  }

  // How a text calls what is compared with.
  get words() { return this.compared.name ? `the scenario “${this.compared.name}”` : this.data.words.course; }

  get head() { return this.compared.name ? `Scenario “${this.compared.name}”` : this.data.words.head; }

  // The chart without its rows, with the name of what is compared with.
  draw() {
    const { spec: bare, columns, band, layers, look = this.data.look } = this.data.views[this.shown], { course, head } = this.data.words;
    const plain = { ...bare, config: look };
    this.guesses = guesses(this.learner.kept("predictions"), this.data.guesses.outputs);
    const spec = Object.keys(this.guesses).length ? withMarks(plain, layers) : plain;
    const named = (part) => this.speech.forPage(part, (text) => text.replaceAll(course, this.words).replaceAll(head, this.head));
    const { with: what, id, name, code, changes } = this.compared;
    const guessed = Object.fromEntries(Object.entries(this.guesses).map(([output, { value }]) => [output, value]));
    const chart = { shown: this.shown, compared: { with: what, id, name, code, changes }, guesses: guessed, band, columns: named(columns), spec: name ? named(spec) : spec };
    this.set("_chart", chart);
  }

  // What the view that is shown tells.
  get tells() {
    if (!this.told.has(this.shown)) this.told.set(this.shown, new Told(this.data.views[this.shown].told, this.engine));
    return this.told.get(this.shown);
  }

  // The scenario as the panel shows it.
  computed(errors, notice, without = false) {
    const values = this.valuesNow(), drawn = !without && this.drawn;
    const inputs = inputsOf(this.engine, values, this.compared.values, drawn, this.compared.name), { guesses: words } = this.data;
    const told = drawn && this.knows() ? this.known.found : this.tells.of(inputs);
    const { rows, sentence, headline } = shown(told, inputs, this.get("_chart").guesses, words, this.speech);
    return {
      values,
      changed: this.inputs.map(({ id }) => id).filter((id) => values[id] !== (this.data.start[id] ?? this.course[id])),
      rows,
      headline: { ...headline, guess: inHeadline(this.guesses[this.data.views[this.shown].output], words) },
      sentence,
      preset: this.presetSet(),
      shares: this.shares(inputs),
      code: this.codeOf(this.current),
      beside: "",
      errors,
      notice: this.spoken(notice),
      band: this.band,
    };
  }

  // A sum and what is paid from it, where the view has such.
  shares(inputs) {
    if (!this.data.shares) return null;
    this.sharing ??= new Told(this.data.shares, this.engine);
    const { text, over, parts } = this.sharing.of(inputs).shares;
    return { text: this.spoken(text), over: Boolean(over), parts };
  }

  // The preset that is set, or none, and the one that was changed since.
  presetSet() {
    const same = (one, other) => Object.keys(one).length === Object.keys(other).length && Object.keys(one).every((id) => one[id] === other[id]);
    const { presets } = this.data;
    const found = Object.keys(presets).filter((id) => same(this.changesOf(presets[id].values), this.current));
    const id = found.includes(this.from) ? this.from : found[0] ?? "";
    return { id, from: !id && presets[this.from] ? presets[this.from].label : "" };
  }

  // A text as it is shown: no line ends between a number and its unit.
  spoken(text) { return this.speech.spoken(text); }
}
