// What the charts of the course are drawn with: all of Vega that Vega-Lite knows a word for, but maps. The other parts,
// as force layouts, trees and clouds of words, nothing in Vega-Lite would ask for.

import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import * as regression from "vega-regression";
import * as data from "vega-transforms";
import * as view from "vega-view-transforms";

Object.assign(transforms, data, view, encode, regression);

export { compile } from "vega-lite";
export { parse } from "vega-parser";
export { View } from "vega-view";
