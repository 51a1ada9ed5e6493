import { isAscii, isUtf8 } from 'node:buffer';

import { ImportRefused } from './imports.errors.js';
import { fromWindows1252, MixedTextDecoder } from './mixed-text.js';
import type { Encoding } from './source.types.js';
import { checkUtf8 } from './utf8.domain.js';

/** Checks UTF-8 piece by piece as it passes, keeping what a piece has cut off for the next one. */
class Utf8Gate {
  private offset = 0;
  private line = 1;
  private rest: Buffer = Buffer.alloc(0);

  constructor(private readonly name: string) {}

  check(chunk: Buffer): void {
    const piece = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    if (isUtf8(piece)) {
      this.pass(piece, piece.length);
      return;
    }
    const { valid, isBroken } = checkUtf8(piece);
    this.pass(piece, valid);
    if (isBroken) this.refuse();
  }

  /** Refuses a file that ends in the middle of a character. */
  end(): void {
    if (this.rest.length > 0) this.refuse();
  }

  private pass(piece: Buffer, valid: number): void {
    for (let at = piece.indexOf(10); at >= 0 && at < valid; at = piece.indexOf(10, at + 1)) this.line++;
    this.offset += valid;
    this.rest = Buffer.from(piece.subarray(valid));
  }

  private refuse(): never {
    throw new ImportRefused(
      `${this.name} is not UTF-8: byte ${this.offset} (line ${this.line}) begins no character. ` +
        'Save it as UTF-8, or set the encoding in the mapping.',
    );
  }
}

/** Turns bytes of an encoding into UTF-8, piece by piece. */
interface Decoder {
  push(piece: Buffer): Buffer;
  end(): Buffer;
}

const NOTHING = Buffer.alloc(0);

class Utf8Decoder implements Decoder {
  private readonly gate: Utf8Gate;
  constructor(name: string) {
    this.gate = new Utf8Gate(name);
  }
  push(piece: Buffer): Buffer {
    this.gate.check(piece);
    return piece;
  }
  end(): Buffer {
    this.gate.end();
    return NOTHING;
  }
}

class Utf16Decoder implements Decoder {
  private readonly decoder: InstanceType<typeof TextDecoder>;
  private offset = 0;
  constructor(
    private readonly name: string,
    encoding: 'utf-16le' | 'utf-16be',
  ) {
    this.decoder = new TextDecoder(encoding, { fatal: true });
  }
  push(piece: Buffer): Buffer {
    const text = this.decode(piece, true);
    this.offset += piece.length;
    return Buffer.from(text, 'utf8');
  }
  end(): Buffer {
    return Buffer.from(this.decode(NOTHING, false), 'utf8');
  }
  private decode(piece: Buffer, stream: boolean): string {
    try {
      return this.decoder.decode(piece, { stream });
    } catch {
      throw new ImportRefused(`${this.name} is not UTF-16: it is damaged near byte ${this.offset}.`);
    }
  }
}

/** Characters beyond ASCII that make UTF-8 certain: no text of these encodings is valid UTF-8 by chance for long. */
const CERTAIN = 10;

/** One byte a character. Bytes that are UTF-8 throughout are refused: read as this encoding they would be gibberish. */
class SingleByteDecoder implements Decoder {
  private readonly decoder: InstanceType<typeof TextDecoder> | undefined;
  private isUtf8 = true;
  private beyondAscii = 0;
  private rest: Buffer = NOTHING;

  constructor(
    private readonly name: string,
    private readonly encoding: 'windows-1252' | 'windows-1256' | 'latin1',
  ) {
    this.decoder = encoding === 'windows-1256' ? new TextDecoder(encoding, { fatal: true }) : undefined;
  }

  push(piece: Buffer): Buffer {
    if (isAscii(piece)) {
      if (this.rest.length > 0) this.isUtf8 = false;
      return piece;
    }
    if (this.isUtf8) this.suspect(piece);
    return Buffer.from(this.decode(piece), 'utf8');
  }

  end(): Buffer {
    if (this.isUtf8 && this.rest.length === 0 && this.beyondAscii >= CERTAIN)
      throw new ImportRefused(
        `${this.name} is UTF-8, not ${this.encoding}. Set the encoding in the mapping.`,
      );
    return NOTHING;
  }

  private decode(piece: Buffer): string {
    if (this.encoding === 'windows-1252') return fromWindows1252(piece);
    return this.decoder === undefined ? piece.toString('latin1') : this.decoder.decode(piece);
  }

  private suspect(piece: Buffer): void {
    const whole = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece]);
    const { valid, isBroken } = checkUtf8(whole);
    this.isUtf8 = !isBroken;
    this.rest = Buffer.from(whole.subarray(valid));
    for (const byte of piece) if (byte >= 0xc0) this.beyondAscii++;
  }
}

function decoderFor(name: string, encoding: Encoding): Decoder {
  switch (encoding) {
    case 'utf-8':
      return new Utf8Decoder(name);
    case 'mixed':
      return new MixedTextDecoder();
    case 'utf-16le':
    case 'utf-16be':
      return new Utf16Decoder(name, encoding);
    default:
      return new SingleByteDecoder(name, encoding);
  }
}

const startsWith = (bytes: Buffer, ...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/** The encoding the first bytes prove, whatever was stated: UTF-16 by its byte order mark. */
export function provenEncoding(start: Buffer, stated: Encoding): Encoding {
  if (startsWith(start, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(start, 0xfe, 0xff)) return 'utf-16be';
  return startsWith(start, 0xef, 0xbb, 0xbf) ? 'utf-8' : stated;
}

/** Bytes of a byte order mark at the start. */
export const bomLength = (start: Buffer, encoding: Encoding): number => {
  if (encoding === 'utf-8') return startsWith(start, 0xef, 0xbb, 0xbf) ? 3 : 0;
  return encoding.startsWith('utf-16') && provenEncoding(start, 'latin1') === encoding ? 2 : 0;
};

/** A stray NUL is the fault of a row, which is refused by itself; many are the mark of another sort of file. */
function refuseBinary(name: string, start: Buffer): void {
  let nuls = 0;
  for (const byte of start) if (byte === 0) nuls++;
  if (nuls * 100 > start.length)
    throw new ImportRefused(`${name} is not a text file: byte ${start.indexOf(0)} is NUL.`);
}

/**
 * The content of a text file as UTF-8 without byte order mark, checked as it passes; throws ImportRefused where it is not
 * text in the encoding stated.
 */
export async function* toUtf8(
  name: string,
  stated: Encoding,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  let decoder: Decoder | undefined;
  for await (const chunk of bytes) {
    let piece = chunk;
    if (decoder === undefined) {
      const encoding = provenEncoding(chunk, stated);
      if (!encoding.startsWith('utf-16')) refuseBinary(name, chunk);
      decoder = decoderFor(name, encoding);
      piece = chunk.subarray(bomLength(chunk, encoding));
    }
    const decoded = decoder.push(piece);
    if (decoded.length > 0) yield decoded;
  }
  const rest = decoder?.end() ?? NOTHING;
  if (rest.length > 0) yield rest;
}
