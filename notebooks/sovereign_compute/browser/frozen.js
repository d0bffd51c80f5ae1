// Random numbers as numpy makes them from a seed, for the frozen draws of a model: SeedSequence, PCG64 (O'Neill 2014) and
// Generator.permuted, number for number.

// A number of 128 bits is six pieces of 25 bits, the lowest first: the sum of six products of such pieces is exact in a number
// of the page, and BigInt takes more than twice as long.
const BITS = 25, PIECE = 2 ** BITS, PART = 1 / PIECE, TOP = 2 ** (128 - 5 * BITS);
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n, MASK128 = (1n << 128n) - 1n;
const pieces = (number) => Array.from({ length: 6 }, (_, i) => Number((number >> BigInt(BITS * i)) & BigInt(PIECE - 1)));
const [M0, M1, M2, M3, M4, M5] = pieces(MULTIPLIER);

// Eight words of a seed, mixed as numpy's SeedSequence does.
function seedWords(entropy) {
  const times = (a, b) => Math.imul(a, b) >>> 0;
  const folded = (value) => (value ^ (value >>> 16)) >>> 0;
  let constant = 0x43b0d7e5;
  const hashed = (value) => {
    const mixed = (value ^ constant) >>> 0;
    constant = times(constant, 0x931e8875);
    return folded(times(mixed, constant));
  };
  const mix = (x, y) => folded((times(0xca01f9dd, x) - times(0x4973f715, y)) >>> 0);
  const pool = Array.from({ length: 4 }, (_, i) => hashed(entropy[i] ?? 0));
  for (let from = 0; from < 4; from += 1) for (let to = 0; to < 4; to += 1) if (from !== to) pool[to] = mix(pool[to], hashed(pool[from]));
  constant = 0x8b51f9dd;
  return Array.from({ length: 8 }, (_, i) => {
    const mixed = (pool[i % 4] ^ constant) >>> 0;
    constant = times(constant, 0x58f38ded);
    return folded(times(mixed, constant));
  });
}

// Whole numbers of 32 bits, one after the other.
function generator(entropy) {
  const words = seedWords(entropy).map(BigInt);
  const [high, low, above, below] = [0, 2, 4, 6].map((i) => words[i] | (words[i + 1] << 32n));
  const increment = ((((above << 64n) | below) << 1n) | 1n) & MASK128;
  const [i0, i1, i2, i3, i4, i5] = pieces(increment);
  let [s0, s1, s2, s3, s4, s5] = pieces((increment + (increment + ((high << 64n) | low)) * MULTIPLIER) & MASK128), kept = -1;
  // The state times the multiplier, and the increment.
  const step = () => {
    const t0 = i0 + s0 * M0, c0 = Math.floor(t0 * PART);
    const t1 = i1 + c0 + s0 * M1 + s1 * M0, c1 = Math.floor(t1 * PART);
    const t2 = i2 + c1 + s0 * M2 + s1 * M1 + s2 * M0, c2 = Math.floor(t2 * PART);
    const t3 = i3 + c2 + s0 * M3 + s1 * M2 + s2 * M1 + s3 * M0, c3 = Math.floor(t3 * PART);
    const t4 = i4 + c3 + s0 * M4 + s1 * M3 + s2 * M2 + s3 * M1 + s4 * M0, c4 = Math.floor(t4 * PART);
    const t5 = i5 + c4 + s0 * M5 + s1 * M4 + s2 * M3 + s3 * M2 + s4 * M1 + s5 * M0;
    s0 = t0 - c0 * PIECE;
    s1 = t1 - c1 * PIECE;
    s2 = t2 - c2 * PIECE;
    s3 = t3 - c3 * PIECE;
    s4 = t4 - c4 * PIECE;
    s5 = t5 % TOP;
  };
  const turned = (low, high, by) => (by ? (low >>> by) | (high << (32 - by)) : low) >>> 0;
  return () => {
    if (kept >= 0) {
      const second = kept;
      kept = -1;
      return second;
    }
    step();
    // Both halves of the state, mixed and turned round by as many bits as its six highest say.
    const one = (s0 | (s1 << 25)) ^ ((s2 >>> 14) | (s3 << 11)), other = ((s1 >>> 7) | (s2 << 18)) ^ ((s3 >>> 21) | (s4 << 4) | (s5 << 29));
    const turn = (s5 << 3) | (s4 >>> 22), by = turn & 31, low = turn & 32 ? other : one, high = turn & 32 ? one : other;
    kept = turned(high, low, by);
    return turned(low, high, by);
  };
}

// The numbers from 0 to below n in random orders, as many as there are columns.
export function permutations(entropy, columns, n) {
  const next = generator(entropy);
  return Array.from({ length: columns }, () => {
    const order = new Uint16Array(n);
    for (let i = 0; i < n; i += 1) order[i] = i; // Uint16Array.from takes many times as long
    for (let i = n - 1; i > 0; i -= 1) {
      const mask = 2 ** (32 - Math.clz32(i)) - 1;
      let other = next() & mask;
      while (other > i) other = next() & mask;
      const kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  });
}
