// Where the way to the kernel is long, the page shows at once what a move gives, from the model as the kernel has traced it.
// The kernel confirms: its answer is shown as it is, and where it is another one, the page answers no move of this view any
// more. Where the way is short, nothing is asked for.

import { imported, page } from "./dom.js";

const FAR = 40; // milliseconds to the kernel and back, from which on the page answers
const MEASURED = 5; // moves of which the median counts
const FEWEST = 3;

const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// How far away the kernel is, all controls of a page find out together.
const ways = (page.ways ??= []);
const far = () => ways.length >= FEWEST && [...ways].sort((a, b) => a - b)[ways.length >> 1] > FAR;

// `file` and `fetched` are those of the kernel: what all controls share, and what a control has for itself. What was traced
// belongs to the set-up of the panel, and goes with it.
export function optimistic({ get, file, fetched }) {
  const views = new Map(); // by id what tells of a view; null where nothing does, or not yet
  let made, last;

  async function optimist() {
    const [script, model] = await Promise.all([file("optimistic.js"), fetched("model")]);
    const { Optimist } = await (page.optimist ??= imported(script));
    return model.byteLength ? new Optimist(parsed(model), get("_setup")) : null;
  }

  async function prepare(shown) {
    views.set(shown, null);
    try {
      const engine = await (made ??= optimist()), told = engine && await fetched(`view ${shown}`);
      if (!told?.byteLength) return;
      views.set(shown, { engine, view: engine.view(parsed(told)) });
      // The first answer takes longest, as the draws are made for it.
      if (get("_chart").shown === shown) after(get("_state"), [{ values: get("_state").values }]);
    } catch (error) { // the kernel answers all the same
      console.error(error);
    }
  }

  // The state after some moves, as far as the page knows.
  function after(state, moves) {
    const chart = get("_chart"), { engine, view } = views.get(chart.shown) ?? {};
    if (!engine || !chart.compared.changes) return null;
    try {
      last = engine.after(view, state, chart, moves);
    } catch (error) {
      console.error(error);
      views.set(chart.shown, last = null);
    }
    return last?.state ?? null;
  }

  return {
    after,
    // The kernel has answered the moves that were answered here last.
    confirmed(state) {
      const same = (key) => JSON.stringify(state[key]) === JSON.stringify(last.state[key]);
      if (last?.whole && same("values") && same("band") && !(same("sentence") && same("headline")))
        views.set(get("_chart").shown, null);
    },
    // A move took so many milliseconds there and back, without those that the kernel worked.
    took(milliseconds) {
      ways.push(milliseconds);
      if (ways.length > MEASURED) ways.shift();
    },
    // Nothing is under way: time to get ready, if it is worth it.
    rest() {
      const { shown } = get("_chart");
      if (far() && !views.has(shown)) prepare(shown);
    },
  };
}
