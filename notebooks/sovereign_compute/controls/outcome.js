// What came of the codes of many: a sentence, what could not be read, a chart and tables. All of it is shown as text.

import { element, tableOf } from "./dom.js";

// `nothing` is said before there is a code; `listed` is the class of what lists things.
export function outcome(nothing, listed) {
  const text = element("p", { class: "sc-sentence", role: "status" });
  const list = element("ul");
  const problems = element("div", { role: "alert", class: listed }, list);
  const picture = element("img", { alt: "", class: "sc-picture" });
  const tables = element("div", { class: listed });

  // Tables of many are wider than the page: each scrolls, also with the keyboard.
  const drawn = ({ caption, columns, rows }) => element("div", { class: "sc-table sc-scroll", tabindex: "0", role: "region", "aria-label": caption },
    tableOf(caption, columns, rows));

  function show(state) {
    text.textContent = state.sentence || nothing;
    list.replaceChildren(...state.problems.map((said) => element("li", {}, said)));
    problems.hidden = !state.problems.length;
    picture.hidden = !state.picture;
    if (state.picture) picture.src = state.picture;
    picture.alt = state.sentence;
    tables.replaceChildren(...state.tables.map(drawn));
  }
  return { nodes: [problems, text, picture, tables], text, show };
}
