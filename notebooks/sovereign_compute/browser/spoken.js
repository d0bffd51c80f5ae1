// Texts as they are shown: for_page of controls/widgets.py in the page.

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

export class Speech {
  // `units` are the words that a line never parts from the number before them, `keys` those that hold sentences.
  constructor({ units, sentences }) {
    const first = units.map(escaped).join("|");
    this.keys = sentences;
    // The spaces between a number and its unit: unparted of inputs/wording.py.
    this.spaces = new RegExp(`(?<=\\d) (?=(?:${first})(?![\\p{L}\\p{N}_]))|(?<=\\b(?:million|billion)) (?=EUR|USD)|(?<=\\b(?:thousand|trillion)) (?=EUR|USD)`, "gu");
  }

  spoken(text) { return text.replace(this.spaces, "\u00a0"); }

  // What a control is sent, with its sentences as they are shown; `named` gives each text, as with another name in it.
  forPage(sent, named = (text) => text, said = false) {
    if (typeof sent === "string") return said ? this.spoken(named(sent)) : named(sent);
    if (Array.isArray(sent)) return sent.map((one) => this.forPage(one, named, said));
    if (!sent || typeof sent !== "object") return sent;
    return Object.fromEntries(Object.entries(sent).map(([key, one]) => [key, this.forPage(one, named, this.keys.includes(key))]));
  }
}

// A text with its fields filled in, as format() of Python does.
export const filled = (text, fields) => text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

// A text as a sentence of its own: sentence of inputs/wording.py.
export const sentence = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;
