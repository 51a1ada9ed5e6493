/** What a paper may be sent as. */
export const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** Bytes of one file. A page photographed with 12 megapixels has 3 to 6 MB. */
export const MOST_BYTES = 10 * 1024 * 1024;
/** Pixels a browser is asked to unpack: a picture this large takes 256 MB there. */
export const MOST_PIXELS = 64_000_000;

/** Why a file is not taken. */
export type ContentFault = 'empty' | 'not-a-paper' | 'cut-off' | 'too-many-pixels';

/** What a file is, or why it is not taken. */
export type ContentVerdict = { readonly mediaType: MediaType } | { readonly fault: ContentFault };

interface Size {
  readonly width: number;
  readonly height: number;
}

/** One kind of file: its first bytes, where it ends, how large a picture it unpacks to. */
interface Kind {
  readonly mediaType: MediaType;
  readonly begins: (bytes: Buffer) => boolean;
  readonly isWhole: (bytes: Buffer) => boolean;
  /** Undefined: it does not say, and is no picture that can be shown. Null: it is no picture. */
  readonly size: (bytes: Buffer) => Size | undefined | null;
}

const ascii = (bytes: Buffer, from: number, length: number): string =>
  bytes.toString('latin1', from, from + length);

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What follows the last part of a PNG or a PDF: a line end, a few bytes of padding. */
const TAIL_BYTES = 1024;

/** The kinds that are taken, by magic bytes (PNG 3rd edition §5.2, JPEG T.81 B.1, RIFF/WebP, ISO 32000-1 §7.5.2). */
const KINDS: readonly Kind[] = [
  {
    mediaType: 'image/jpeg',
    begins: (bytes) => bytes.length > 3 && bytes.readUIntBE(0, 3) === 0xffd8ff,
    // Telephones put films and maps behind the picture: its end is somewhere, not at the end.
    isWhole: (bytes) => bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > 0,
    size: jpegSize,
  },
  {
    mediaType: 'image/png',
    begins: (bytes) => bytes.subarray(0, 8).equals(PNG) && ascii(bytes, 12, 4) === 'IHDR',
    isWhole: (bytes) => bytes.subarray(-TAIL_BYTES).includes('IEND'),
    size: (bytes) =>
      bytes.length < 24 ? undefined : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) },
  },
  {
    mediaType: 'image/webp',
    begins: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP',
    isWhole: (bytes) => bytes.readUInt32LE(4) + 8 <= bytes.length,
    size: webpSize,
  },
  {
    mediaType: 'application/pdf',
    // The standard lets it begin later in the file; then it can be a page of the web as well, and is not taken.
    begins: (bytes) => /^%PDF-[12]\.\d/.test(ascii(bytes, 0, 8)),
    isWhole: (bytes) => bytes.subarray(-TAIL_BYTES).includes('%%EOF'),
    size: () => null,
  },
];

/** Judges a file by its bytes alone: neither its name nor what the sender says of it is asked. */
export function judgeContent(bytes: Buffer): ContentVerdict {
  if (bytes.length === 0) return { fault: 'empty' };
  const kind = KINDS.find(({ begins }) => begins(bytes));
  if (!kind) return { fault: 'not-a-paper' };
  if (bytes.length < 16 || !kind.isWhole(bytes)) return { fault: 'cut-off' };
  const size = kind.size(bytes);
  if (size === undefined || size?.width === 0 || size?.height === 0) return { fault: 'cut-off' };
  if (size && size.width * size.height > MOST_PIXELS) return { fault: 'too-many-pixels' };
  return { mediaType: kind.mediaType };
}

/** Size by the frame header of a JPEG, the first marker SOF0 to SOF15 but for the tables DHT, JPG, DAC. */
function jpegSize(bytes: Buffer): Size | undefined {
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

/** Size by the first chunk of a WebP: lossy, lossless, or extended. */
function webpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 30) return undefined;
  switch (ascii(bytes, 12, 4)) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
    case 'VP8X':
      return { width: 1 + bytes.readUIntLE(24, 3), height: 1 + bytes.readUIntLE(27, 3) };
    default:
      return undefined;
  }
}
