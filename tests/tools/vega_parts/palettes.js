// In the place of colour schemes that no chart of the course names. Vega reads the list of each as it starts.
export const [
  schemeAccent, schemeCategory10, schemeDark2, schemeObservable10, schemePaired,
  schemePastel1, schemePastel2, schemeSet1, schemeSet2, schemeSet3,
] = Array(10).fill([]);
