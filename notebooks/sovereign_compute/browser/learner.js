// What a learner keeps in this browser, for all pages of the course: progress.json of the notebook, and scenarios by name.

const NAME = 60; // letters of a name
const MOST = 1000; // scenarios that are kept
const LARGEST = 1e15; // of a try, a hint or a guess
const [LOWEST_CASE, HIGHEST_CASE] = [1000, 9999];
const LONGEST = 1_000_000; // letters of all that is kept

// A text from elsewhere as it may be shown and kept: printable of inputs/scenarios.py.
export const printable = (text) => [...String(text).slice(0, 1000)]
  .filter((c) => /\s/u.test(c) || !/[\p{C}\p{Zl}\p{Zp}]/u.test(c)).join("").split(/\s+/u).filter(Boolean).join(" ").slice(0, NAME);

export const isPlain = (x) => typeof x === "object" && x !== null && !Array.isArray(x);
const isCount = (x) => Number.isInteger(x) && x >= 0 && x <= LARGEST;
const isNumber = (x) => typeof x === "number" && Math.abs(x) <= LARGEST;
const isDay = (x) => typeof x === "string" && /^\d{4}-\d\d-\d\d$/.test(x);

// What the fields of an entry may hold: FIELDS of controls/progress.py, of what is kept in a page. Other sections come from
// a notebook and go back to one as they are.
const FIELDS = {
  cases: { number: (x) => Number.isInteger(x) && x >= LOWEST_CASE && x <= HIGHEST_CASE },
  exercises: { tries: isCount, hints: isCount, solved: isDay, solution_seen: (x) => typeof x === "boolean" },
  predictions: { value: isNumber, low: isNumber, high: isNumber, on: isDay },
};

export function sound(section, entry) {
  if (!isPlain(entry) || (section === "predictions" && (!("value" in entry) || ("low" in entry) !== ("high" in entry)))) return false;
  return Object.entries(FIELDS[section] ?? {}).every(([name, fits]) => !(name in entry) || fits(entry[name]));
}

// One object in the storage of the browser. Whoever can write there may have written anything; where a browser keeps
// nothing, what was put there holds until the page is closed.
class Place {
  constructor(name) {
    this.name = name;
    this.own = {};
  }

  all() {
    try {
      const found = JSON.parse(localStorage.getItem(this.name) ?? "{}");
      return isPlain(found) ? found : {};
    } catch {
      return {};
    }
  }

  // Whether it could be written.
  write(everything) {
    try {
      const text = JSON.stringify(everything);
      if (text.length > LONGEST) return false;
      localStorage.setItem(this.name, text);
      return true;
    } catch {
      return false;
    }
  }
}

// Scenarios: name to changed values by assumption.
class Kept extends Place {
  all() {
    const isSound = ([name, changes]) => name && name === printable(name) && isPlain(changes);
    return { ...this.own, ...Object.fromEntries(Object.entries(super.all()).filter(isSound).slice(0, MOST)) };
  }

  put(name, changes) {
    this.own[name] = changes;
    return this.write({ ...this.all(), [name]: changes });
  }
}

// Tries, hints, guesses and the number of the cases, in the sections of the notebook's file.
class Progress extends Place {
  section(name) {
    const found = this.all()[name], kept = isPlain(found) ? found : {};
    return { ...this.own[name], ...Object.fromEntries(Object.entries(kept).filter(([, entry]) => sound(name, entry))) };
  }

  put(name, entries) {
    this.own[name] = { ...this.own[name], ...entries };
    const all = this.all();
    return this.write({ ...all, [name]: { ...(isPlain(all[name]) ? all[name] : {}), ...entries } });
  }
}

export class Learner {
  constructor() {
    this.scenarios = new Kept("sovereign-compute scenarios");
    this.progress = new Progress("sovereign-compute progress");
    this.engines = new Map();
    this.panels = new Map(); // the panels of this page, by model
    this.ears = new Set();
  }

  kept(section) { return this.progress.section(section); }

  // Keeps entries; false where the browser keeps nothing. All that shows some of it hears of it.
  keep(section, entries) {
    const done = this.progress.put(section, entries);
    for (const hear of this.ears) hear(section);
    return done;
  }

  // The number of this learner's cases: drawn once.
  case() {
    const known = this.kept("cases").exercises?.number;
    if (known) return known;
    const number = LOWEST_CASE + Math.floor(Math.random() * (HIGHEST_CASE - LOWEST_CASE + 1));
    this.keep("cases", { exercises: { number } });
    return number;
  }

  // What the panels of this page have of the assumptions of a model, instead of the course's.
  valuesOf(model) { return this.panels.get(model)?.valuesNow(); }
}
