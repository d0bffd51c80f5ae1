// What was packed, unpacked, and no larger than it may be: a file of the page, or the texts of a zip, which may be anything.

const LARGEST = 2_000_000; // bytes of one file
const MOST = 1_000;

export class Damaged extends Error {}

// What was packed with DEFLATE.
export async function inflated(content) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader(), pieces = [];
  let length = 0;
  for (;;) {
    const { done, value } = await stream.read();
    if (done) return new Uint8Array(await new Blob(pieces).arrayBuffer());
    length += value.length;
    if (length > LARGEST) throw new Damaged();
    pieces.push(value);
  }
}

// Name and text of each file that is packed.
export async function unzipped(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    let end = bytes.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
    const count = view.getUint16(end + 10, true), found = [];
    if (count > MOST) throw new Damaged();
    for (let at = view.getUint32(end + 16, true), n = 0; n < count; n += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new Damaged();
      const [method, packed] = [view.getUint16(at + 10, true), view.getUint32(at + 20, true)];
      const [name, extra, comment] = [28, 30, 32].map((from) => view.getUint16(at + from, true)), start = view.getUint32(at + 42, true);
      const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      const content = bytes.subarray(from, from + packed);
      found.push([decoder.decode(bytes.subarray(at + 46, at + 46 + name)), decoder.decode(method === 8 ? await inflated(content) : content)]);
      at += 46 + name + extra + comment;
    }
    return found;
  } catch {
    throw new Damaged();
  }
}
