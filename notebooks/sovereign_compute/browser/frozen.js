// Random numbers as numpy makes them from a seed, for the frozen draws of a model: SeedSequence, PCG64 (O'Neill 2014) and
// Generator.permuted, number for number.

const MASK32 = 0xffffffffn, MASK64 = (1n << 64n) - 1n, MASK128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

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
  let state = (increment + ((high << 64n) | low)) & MASK128, kept = -1;
  const step = () => { state = (state * MULTIPLIER + increment) & MASK128; };
  step();
  return () => {
    if (kept >= 0) {
      const second = kept;
      kept = -1;
      return second;
    }
    step();
    const mixed = (state >> 64n) ^ (state & MASK64), turn = state >> 122n;
    const found = ((mixed >> turn) | (mixed << (64n - turn))) & MASK64;
    kept = Number(found >> 32n);
    return Number(found & MASK32);
  };
}

// The numbers from 0 to below n in random orders, as many as there are columns.
export function permutations(entropy, columns, n) {
  const next = generator(entropy);
  return Array.from({ length: columns }, () => {
    const order = Uint16Array.from({ length: n }, (_, i) => i);
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
