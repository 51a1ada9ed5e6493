import { zipSync, strToU8, type Zippable } from 'fflate';

/** A zip archive with these files; `tamper` may change its bytes before it is used. */
export function aZip(files: Record<string, string | Uint8Array>, level: 0 | 9 = 9): Buffer {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(files))
    entries[name] = [typeof content === 'string' ? strToU8(content) : content, { level }];
  return Buffer.from(zipSync(entries));
}

/** Sets a 16- or 32-bit field of every local header and central directory entry of an archive. */
export function tamperZip(
  zip: Buffer,
  change: (
    header: Buffer,
    at: {
      flags: number;
      method: number;
      size: number;
      made: number | undefined;
      attributes: number | undefined;
    },
  ) => void,
): Buffer {
  const copy = Buffer.from(zip);
  for (let at = 0; at + 4 < copy.length; at++) {
    const mark = copy.readUInt32LE(at);
    const header = copy.subarray(at);
    if (mark === 0x04034b50)
      change(header, { flags: 6, method: 8, size: 22, made: undefined, attributes: undefined });
    if (mark === 0x02014b50) change(header, { flags: 8, method: 10, size: 24, made: 4, attributes: 38 });
  }
  return copy;
}
