/** Two independent 32-bit hashes of a text (FNV-1a and a multiplicative one), mixed at the end. */
function hashes(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 15);
  }
  a = Math.imul(a ^ (a >>> 16), 0x7feb352d);
  b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  return [(a ^ (a >>> 15)) >>> 0, (b ^ (b >>> 16)) >>> 0];
}

const FIELDS = 5;
const FIRST_SIZE = 1 << 12;

/** The first row of a product. */
export interface FirstRow {
  file: number;
  line: number;
  /** True when the two rows say the same. */
  isSame: boolean;
}

/**
 * Remembers which products were named, in 20 bytes a slot however long their identities are: 64 bits of hash, the row, and
 * 32 bits of hash of its content. That two identities of half a million share 64 bits happens once in a hundred million
 * imports, and then refuses one row in plain sight.
 */
export class DuplicateGuard {
  private slots = new Uint32Array(FIRST_SIZE * FIELDS);
  private size = FIRST_SIZE;
  private used = 0;

  /** Undefined for the first row of a product, else where that was. */
  check(sourceId: string, content: string, file: number, line: number): FirstRow | undefined {
    const [high, low] = hashes(sourceId);
    const [print] = hashes(content);
    const at = this.find(high, low);
    if (this.slots[at + 2] !== 0)
      return {
        file: this.slots[at + 3] ?? 0,
        line: this.slots[at + 2] ?? 0,
        isSame: this.slots[at + 4] === print,
      };
    this.slots[at] = high;
    this.slots[at + 1] = low;
    this.slots[at + 2] = Math.max(1, line);
    this.slots[at + 3] = file;
    this.slots[at + 4] = print;
    this.used += 1;
    if (this.used * 2 > this.size) this.grow();
    return undefined;
  }

  /** The slot of a hash, or the free one where it belongs. */
  private find(high: number, low: number): number {
    let at = (low & (this.size - 1)) * FIELDS;
    while (this.slots[at + 2] !== 0 && (this.slots[at] !== high || this.slots[at + 1] !== low))
      at = at + FIELDS === this.slots.length ? 0 : at + FIELDS;
    return at;
  }

  private grow(): void {
    const former = this.slots;
    this.size *= 2;
    this.slots = new Uint32Array(this.size * FIELDS);
    for (let at = 0; at < former.length; at += FIELDS) {
      if (former[at + 2] === 0) continue;
      this.slots.set(former.subarray(at, at + FIELDS), this.find(former[at] ?? 0, former[at + 1] ?? 0));
    }
  }
}
