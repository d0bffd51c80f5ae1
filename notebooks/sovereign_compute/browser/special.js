// Special functions as scipy.special has them, in double precision.

const SQRT2 = Math.SQRT2, EPSILON = 2 ** -53;
const CLOSE = 1e-6; // of a number: after so short a step of Halley's method, which is of third order, nothing is left to gain

// Horner's rule; the coefficient of the highest power comes first.
function polynomial(coefficients, x) {
  let sum = coefficients[0];
  for (let i = 1; i < coefficients.length; i += 1) sum = sum * x + coefficients[i];
  return sum;
}

// Rational approximations of the error function (Cody 1969), by the size of the argument.
const NEAR = [[1.85777706184603153e-1, 3.1611237438705656, 113.864154151050156, 377.485237685302021, 3209.37758913846947],
  [1, 23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062]];
const MIDDLE = [[2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 66.1191906371416295,
  298.635138197400131, 881.95222124176909, 1712.04761263407058, 2051.07837782607147, 1230.33935479799725],
[1, 15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963,
  4362.61909014324716, 3439.36767414372164, 1230.33935480374942]];
const FAR = [[1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4],
[1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3]];
const SMALL = 0.46875;

const erfNear = (x) => x * polynomial(NEAR[0], x * x) / polynomial(NEAR[1], x * x);

// exp(x²) erfc(x) for x from SMALL on.
function scaled(x) {
  if (x <= 4) return polynomial(MIDDLE[0], x) / polynomial(MIDDLE[1], x);
  const square = 1 / (x * x);
  return (1 / Math.sqrt(Math.PI) - square * polynomial(FAR[0], square) / polynomial(FAR[1], square)) / x;
}

// exp(±x²) without the rounding of the square.
function expSquare(x, sign) {
  const whole = Math.trunc(x * 16) / 16;
  return Math.exp(sign * whole * whole) * Math.exp(sign * (x - whole) * (x + whole));
}

function erfc(x) {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size <= SMALL) return 1 - erfNear(x);
  const tail = size > 27 ? 0 : expSquare(size, -1) * scaled(size);
  return x < 0 ? 2 - tail : tail;
}

export function erfcx(x) {
  if (x >= SMALL) return scaled(x);
  if (x > -SMALL) return Math.exp(x * x) * (1 - erfNear(x));
  return x < -26.7 ? Infinity : 2 * expSquare(-x, 1) - scaled(-x);
}

export function ndtr(x) {
  const at = x / SQRT2;
  return Math.abs(at) < SMALL ? 0.5 + 0.5 * erfNear(at) : 0.5 * erfc(-at);
}

// Quantiles of the standard normal distribution (Wichura 1988, algorithm AS 241).
const QUANTILES = [
  [[2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125,
    1971.5909503065514427, 133.14166789178437745, 3.387132872796366608],
  [5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077,
    687.1870074920579083, 42.313330701600911252, 1]],
  [[7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
    3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734],
  [1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
    0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1]],
  [[2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
    0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772],
  [2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
    0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1]]];

export function ndtri(p) {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return q * polynomial(QUANTILES[0][0], r) / polynomial(QUANTILES[0][1], r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (!(tail > 0)) return tail === 0 ? (q < 0 ? -Infinity : Infinity) : NaN;
  const r = Math.sqrt(-Math.log(tail));
  const [above, below] = QUANTILES[r <= 5 ? 1 : 2];
  const found = polynomial(above, r - (r <= 5 ? 1.6 : 5)) / polynomial(below, r - (r <= 5 ? 1.6 : 5));
  return q < 0 ? -found : found;
}

// Stirling's series, after a shift to where it is exact.
const STIRLING = [-691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12];

export function gammaln(x) {
  if (x <= 0) return Infinity;
  let product = 1, at = x;
  while (at < 15) {
    product *= at;
    at += 1;
  }
  const inverse = 1 / at;
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + inverse * polynomial(STIRLING, inverse * inverse)
    - Math.log(product);
}

const logBeta = (a, b) => gammaln(a) + gammaln(b) - gammaln(a + b);

// The continued fraction of the incomplete beta function, by Lentz's method.
function betaFraction(a, b, x) {
  const safe = (value) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1, d = 1 / safe(1 - (a + b) * x / (a + 1)), found = d;
  for (let m = 1; m < 1000; m += 1) {
    for (const step of [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
      -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))]) {
      d = 1 / safe(1 + step * d);
      c = safe(1 + step / c);
      found *= c * d;
    }
    if (Math.abs(c * d - 1) < EPSILON * 2) break;
  }
  return found;
}

export function betainc(a, b, x, log = logBeta(a, b)) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - log);
  return x < (a + 1) / (a + b + 2) ? front * betaFraction(a, b, x) / a : 1 - front * betaFraction(b, a, 1 - x) / b;
}

// Where a distribution between zero and `high` reaches `p`, by Halley's method within a bracket, from `x`: its `chance` and its
// `density`, and how the logarithm of that bends.
function reached(p, x, high, chance, density, bend) {
  let low = 0;
  for (let turn = 0; turn < 200; turn += 1) {
    const miss = chance(x) - p;
    if (miss > 0) high = x; else low = x;
    const step = miss / density(x);
    let next = x - step / Math.max(0.5, 1 - 0.5 * step * bend(x));
    if (!(next > low && next < high && Math.abs(step) < high - low)) next = high === Infinity ? 2 * x : (low + high) / 2;
    else if (Math.abs(next - x) <= CLOSE * x) return next;
    if (high - low <= EPSILON * x) return next;
    x = next;
  }
  return x;
}

// Quantiles of the beta distribution. `start` is near the answer where one is known, and `log` is the logarithm of the beta
// function.
export function betaincinv(a, b, p, start = a / (a + b), log = logBeta(a, b)) {
  if (!(p > 0)) return p === 0 ? 0 : NaN;
  if (!(p < 1)) return p === 1 ? 1 : NaN;
  return reached(p, start, 1, (x) => betainc(a, b, x, log),
    (x) => Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - log), (x) => (a - 1) / x - (b - 1) / (1 - x));
}

// The regularised incomplete gamma function: a series below, a continued fraction above.
function gammainc(a, x, log) {
  const front = Math.exp(a * Math.log(x) - x - log);
  if (x < a + 1) {
    let term = 1 / a, sum = term;
    for (let n = 1; term > sum * EPSILON; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return front * sum;
  }
  let b = x + 1 - a, c = 1e300, d = 1 / b, found = d;
  for (let n = 1; n < 1000; n += 1) {
    const step = -n * (n - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    found *= c * d;
    if (Math.abs(c * d - 1) < EPSILON * 2) break;
  }
  return 1 - front * found;
}

// Quantiles of the gamma distribution, from `start` where an answer near by is known.
export function gammaincinv(a, p, start = undefined, log = gammaln(a)) {
  // Near zero only the first term of the series counts; for a small `a` that is nearly everywhere.
  const near = Math.exp((Math.log(p) + log + Math.log(a)) / a);
  if (near < 1e-290) return 0;
  return reached(p, start > 0 ? start : a < 1 ? near : a, Infinity, (x) => gammainc(a, x, log),
    (x) => Math.exp((a - 1) * Math.log(x) - x - log), (x) => (a - 1) / x - 1);
}

// Chance that a job has to wait (Erlang 1917): erlang_c of models/queueing.py.
export function erlangC(servers, load) {
  let inverse = 1;
  for (let k = 1; k <= Math.round(servers); k += 1) inverse = 1 + k * inverse / (servers * load);
  const blocked = 1 / inverse;
  return blocked / (1 - load * (1 - blocked));
}
