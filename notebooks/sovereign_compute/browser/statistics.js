// What is asked of draws, as numpy answers it: quantiles, shares, means, histograms.

// The number that would stand at a place if all were in order; `cells` are put in part of that order.
function selected(cells, place) {
  let left = 0, right = cells.length - 1;
  while (right > left) {
    const middle = (left + right) >>> 1, [x, y, z] = [cells[left], cells[middle], cells[right]];
    const pivot = x < y ? (y < z ? y : x < z ? z : x) : (x < z ? x : y < z ? z : y);
    let i = left, j = right;
    while (i <= j) {
      while (cells[i] < pivot) i += 1;
      while (cells[j] > pivot) j -= 1;
      if (i <= j) {
        const cell = cells[i];
        cells[i] = cells[j];
        cells[j] = cell;
        i += 1;
        j -= 1;
      }
    }
    if (place <= j) right = j;
    else if (place >= i) left = i;
    else break;
  }
  return cells[place];
}

// np.quantile: the place between two numbers is weighted.
export function quantile(column, share, nearest = false) {
  if (column.some(Number.isNaN)) return NaN;
  const cells = column.slice(), at = (cells.length - 1) * share;
  if (nearest) return selected(cells, evenly(at));
  const place = Math.floor(at), weight = at - place, low = selected(cells, place);
  if (weight === 0) return low;
  let high = Infinity;
  for (let i = place + 1; i < cells.length; i += 1) if (cells[i] < high) high = cells[i];
  const apart = high - low;
  return weight < 0.5 ? low + apart * weight : high - apart * (1 - weight);
}

// The nearest whole number, the even one of two.
function evenly(x) {
  const whole = Math.floor(x), rest = x - whole;
  return rest > 0.5 || (rest === 0.5 && whole % 2) ? whole + 1 : whole;
}

export function probability(column, above = -Infinity, below = Infinity) {
  let count = 0;
  for (let i = 0; i < column.length; i += 1) if (column[i] > above && column[i] < below) count += 1;
  return count / column.length;
}

// Added up in pairs, which loses fewer digits.
export function mean(column) {
  const sum = (from, count) => {
    if (count > 128) return sum(from, count >>> 1) + sum(from + (count >>> 1), count - (count >>> 1));
    let total = 0;
    for (let i = from; i < from + count; i += 1) total += column[i];
    return total;
  };
  return sum(0, column.length) / column.length;
}

// Share of the draws in which one column is the least of several; the first of those that are alike.
export function leastShare(columns, which) {
  let count = 0;
  for (let i = 0; i < columns[0].length; i += 1) {
    let least = 0;
    for (let one = 1; one < columns.length; one += 1) if (columns[one][i] < columns[least][i]) least = one;
    if (least === which) count += 1;
  }
  return count / columns[0].length;
}

// np.histogram with given edges: how many lie from each edge to below the next; the last bin has its end, too.
export function histogram(column, edges) {
  const counts = new Array(edges.length - 1).fill(0), last = edges.length - 1;
  for (let i = 0; i < column.length; i += 1) {
    const x = column[i];
    if (!(x >= edges[0] && x <= edges[last])) continue;
    let low = 0, high = last;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (x >= edges[middle]) low = middle; else high = middle;
    }
    counts[low] += 1;
  }
  return counts;
}
