/** How many bytes a UTF-8 sequence that starts with this byte has; 0 when none may start with it. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** True when `byte` may stand at `place` (1 to 3) of a sequence begun by `first` (RFC 3629, table of section 4). */
function mayFollow(first: number, place: number, byte: number): boolean {
  if (place === 1) {
    if (first === 0xe0) return byte >= 0xa0 && byte <= 0xbf;
    if (first === 0xed) return byte >= 0x80 && byte <= 0x9f;
    if (first === 0xf0) return byte >= 0x90 && byte <= 0xbf;
    if (first === 0xf4) return byte >= 0x80 && byte <= 0x8f;
  }
  return byte >= 0x80 && byte <= 0xbf;
}

/** What a piece of a file is as UTF-8. */
export interface Utf8Check {
  /** Bytes from the start that are whole valid characters. */
  valid: number;
  /** True when the rest is not even the beginning of a character. */
  isBroken: boolean;
}

/** Reads bytes as UTF-8 up to the first that cannot be; a character cut off at the end is not broken. */
export function checkUtf8(bytes: Uint8Array): Utf8Check {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    const length = sequenceLength(first);
    if (length === 0) return { valid: at, isBroken: true };
    for (let place = 1; place < length; place++) {
      const byte = bytes[at + place];
      if (byte === undefined) return { valid: at, isBroken: false };
      if (!mayFollow(first, place, byte)) return { valid: at, isBroken: true };
    }
    at += length;
  }
  return { valid: at, isBroken: false };
}
