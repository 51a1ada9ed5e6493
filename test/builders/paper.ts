import { crc32, deflateSync } from 'node:zlib';

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
};

/**
 * A picture as a scanner makes one: white paper, lines of grey strokes where writing is. `noise` makes it as large a file as
 * its pixels.
 */
export function aPng(options: { width?: number; height?: number; noise?: boolean } = {}): Buffer {
  const { width = 60, height = 80, noise = false } = options;
  const rows = Buffer.alloc((width + 1) * height, 0xff);
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = 0; // each row unfiltered
    for (let x = 0; x < width; x++) {
      const isStroke = y % 20 < 4 && x > width / 10 && x < width * (0.5 + ((y >> 4) % 4) / 10) && x % 9 < 6;
      if (noise) rows[y * (width + 1) + 1 + x] = (x * 2_654_435_761 + y * 40_503 * (x ^ y)) >>> 11;
      else if (isStroke) rows[y * (width + 1) + 1 + x] = 0x40;
    }
  }
  const header = Buffer.concat([uint32(width), uint32(height), Buffer.from([8, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: noise ? 0 : 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The frame of a JPEG: header, frame header with its size, end. No browser shows it. */
export function aJpeg({ width = 600, height = 800 } = {}): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0x00, 0x0b, 8, height >> 8, height & 255, width >> 8, width & 255]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]),
    Buffer.from('JFIF\0\x01\x01\x00\x00\x48\x00\x48\x00\x00', 'latin1'),
    frame,
    Buffer.from([1, 1, 0x11, 0, 0xff, 0xd9]),
  ]);
}

/** The frame of a lossy WebP of a size. */
export function aWebp({ width = 600, height = 800 } = {}): Buffer {
  const bytes = Buffer.alloc(40);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(32, 4);
  bytes.write('WEBPVP8 ', 8, 'latin1');
  bytes.writeUInt32LE(20, 16);
  bytes.writeUInt16LE(width, 26);
  bytes.writeUInt16LE(height, 28);
  return bytes;
}

/** One page without anything on it. */
export function aPdf(): Buffer {
  return Buffer.from(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
  );
}

export const BOUNDARY = 'xxBOUNDARYxx';
export const FORM = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

/** Files as a form carries them, each with a name and what it is said to be. */
export function aForm(
  ...files: ReadonlyArray<{ content: Buffer | string; fileName?: string; type?: string }>
): Buffer {
  const parts = files.flatMap(({ content, fileName = 'paper.jpg', type = 'image/jpeg' }) => [
    Buffer.from(
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)]);
}
