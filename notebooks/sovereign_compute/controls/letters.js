// The letters of the charts, so that charts look as the stored pictures do.

import { page } from "./dom.js";

const PATIENCE = 5000; // milliseconds, after which a chart is drawn with the nearest that the system has
const FACES = { 400: "CourseSans-Regular.woff2", 700: "CourseSans-Bold.woff2" };

// Loaded once for a page from its files. A chart that measures its texts waits for them, but not for ever.
export function letters(file) {
  const load = async ([weight, name]) => document.fonts.add(new FontFace("Course Sans", await file(name), { weight }));
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  return (page.letters ??= Promise.race([Promise.all(Object.entries(FACES).map(load)), late]));
}
