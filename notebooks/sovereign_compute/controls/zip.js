// Texts by name as one file: what a learner takes away is packed so.

const CRC = Uint32Array.from({ length: 256 }, (_, n) => Array.from({ length: 8 }).reduce((value) => (value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1), n));

// Little-endian numbers, each with its length in bytes.
const bytes = (...numbers) => Uint8Array.from(numbers.flatMap(([value, length]) => Array.from({ length }, (_, i) => (value >>> (8 * i)) & 255)));

// Texts by name as a zip without compression, in pieces.
export function zipped(files) {
  const encoder = new TextEncoder();
  const [pieces, directory] = [[], []];
  const length = (list) => list.reduce((sum, piece) => sum + piece.length, 0);
  for (const [title, text] of Object.entries(files)) {
    const [name, content] = [encoder.encode(title), encoder.encode(text)];
    const crc = ~content.reduce((value, byte) => CRC[(value ^ byte) & 255] ^ (value >>> 8), -1);
    const both = bytes([20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [crc, 4], [content.length, 4], [content.length, 4], [name.length, 2], [0, 2]);
    directory.push(bytes([0x02014b50, 4], [20, 2]), both, bytes([0, 2], [0, 2], [0, 2], [0, 4], [length(pieces), 4]), name);
    pieces.push(bytes([0x04034b50, 4]), both, name, content);
  }
  const count = Object.keys(files).length;
  return [...pieces, ...directory, bytes([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [length(directory), 4], [length(pieces), 4], [0, 2])];
}
