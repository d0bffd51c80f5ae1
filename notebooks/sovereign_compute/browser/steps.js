// What the models compute in one operation, as a function of the course does it in Python: in_one_step of
// models/parts/special.py.

import { erlangC } from "./special.js";

// Each with how many entries it has: none where it gives a number.
export const steps = {
  erlang_c: { entries: 0, run: erlangC },
};
