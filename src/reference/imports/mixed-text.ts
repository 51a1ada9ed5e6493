import { isUtf8 } from 'node:buffer';

const LF = 10;
/** Longest line kept waiting for its end, in bytes. */
const LONGEST_LINE = 1024 * 1024;

/** What windows-1252 has at 0x80 to 0x9f; where it has nothing, the control character of that number. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Text of windows-1252 bytes. Not TextDecoder: Node 20 decodes windows-1252 as latin1 unless it is asked to stream, and
 * leaves control characters in place of apostrophes and dashes.
 */
export function fromWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (letter) => HIGH[letter.charCodeAt(0) - 0x80] ?? letter);
}

/**
 * Makes UTF-8 of bytes in which each line is either UTF-8 or windows-1252. A line that is valid UTF-8 is taken as such:
 * accented text in windows-1252 is practically never valid UTF-8. Bytes windows-1252 does not define become control
 * characters, which row validation refuses.
 */
export class MixedTextDecoder {
  private rest: Buffer = Buffer.alloc(0);

  /** The lines that end in this piece, as UTF-8. */
  push(piece: Buffer): Buffer {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    let end = bytes.lastIndexOf(LF) + 1;
    if (end === 0 && bytes.length > LONGEST_LINE) end = bytes.length;
    this.rest = Buffer.from(bytes.subarray(end));
    return this.lines(bytes.subarray(0, end));
  }

  /** The last line, where the text does not end in a line end. */
  end(): Buffer {
    const last = this.rest;
    this.rest = Buffer.alloc(0);
    return this.lines(last);
  }

  private lines(bytes: Buffer): Buffer {
    if (isUtf8(bytes)) return bytes;
    const parts: Buffer[] = [];
    for (let at = 0; at < bytes.length;) {
      const stop = bytes.indexOf(LF, at);
      const next = stop < 0 ? bytes.length : stop + 1;
      const line = bytes.subarray(at, next);
      parts.push(isUtf8(line) ? line : Buffer.from(fromWindows1252(line), 'utf8'));
      at = next;
    }
    return Buffer.concat(parts);
  }
}
