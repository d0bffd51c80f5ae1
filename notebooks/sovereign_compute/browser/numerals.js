// Numbers as Python rounds and writes them: number, signed and significant of inputs/wording.py.

const LARGE = 1e12, RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

// A number with so many decimals; an exact half goes to the even digit, where toFixed goes away from zero.
export function fixed(x, digits) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  if (Math.abs(x) >= 1e21) return BigInt(x).toString() + (digits ? `.${"0".repeat(digits)}` : "");
  const text = x.toFixed(digits);
  if (Math.abs(x) < 2 ** 30 && Math.abs(Number(text) - x) < 0.4 / 10 ** digits) return text;
  const [whole, decimals] = Math.abs(x).toFixed(Math.min(100, digits + 60)).split(".");
  if (!/^50*$/.test(decimals.slice(digits))) return text;
  const kept = BigInt(whole + decimals.slice(0, digits));
  const even = String(kept % 2n ? kept + 1n : kept).padStart(digits + 1, "0");
  const cut = even.length - digits;
  return (x < 0 ? "-" : "") + even.slice(0, cut) + (digits ? `.${even.slice(cut)}` : "");
}

// round() of Python: to decimals, or to tens, hundreds and so on where there are fewer than none.
export function rounded(x, digits = 0) {
  if (!Number.isFinite(x)) return x;
  if (digits >= 0) return Number(fixed(x, Math.min(digits, 100)));
  const unit = 10n ** BigInt(-digits), size = Math.abs(x), whole = BigInt(Math.trunc(size));
  let count = whole / unit;
  const twice = 2n * (whole % unit), half = size !== Math.trunc(size) && twice === unit ? 1 : twice > unit ? 1 : twice === unit ? 0 : -1;
  if (half > 0 || (half === 0 && count % 2n)) count += 1n;
  return Math.sign(x) * Number(count * unit);
}

export const significant = (x, figures) =>
  (x === 0 || !Number.isFinite(x) ? x : rounded(x, figures - 1 - Math.floor(Math.log10(Math.abs(x)))));

function grouped(text) {
  const [whole, decimals] = text.split(".");
  const parted = /^\d+$/.test(whole) ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : whole;
  return decimals === undefined ? parted : `${parted}.${decimals}`;
}

const isZero = (text) => Number(text.replaceAll(",", "")) === 0;

// A number with a comma between thousands. Without digits as many decimals as it takes, at most six; below zero so many
// significant figures. A very large one has three, and a power of ten.
export function number(value, digits = null) {
  const size = Math.abs(value);
  if (size >= LARGE && size < Infinity) {
    const [figures, power] = Math.min(significant(size, 3), Number.MAX_VALUE).toExponential(2).split("e+");
    return `${value < 0 ? "−" : ""}${figures} × 10${power.replace(/\d/g, (digit) => RAISED[digit])}`;
  }
  if (digits !== null && digits < 0) return number(significant(value, -digits));
  const text = digits === null ? grouped(fixed(size, 6)).replace(/0+$/, "").replace(/\.$/, "") : grouped(fixed(size, digits));
  return value < 0 && !isZero(text) ? `−${text}` : text;
}

export function signed(value, digits = 1) {
  const text = number(value, digits);
  return value > 0 && !isZero(text) ? `+${text}` : text;
}

// So many significant figures, as the kernel sends the cells of a chart.
export function figures(value, count = 6) {
  if (!Number.isFinite(value) || value === 0) return value;
  const exponent = Number(value.toExponential(count - 1).split("e")[1]);
  return rounded(value, count - 1 - exponent);
}
