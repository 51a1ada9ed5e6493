import { mkdir, symlink } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, it } from 'vitest';

import { aZip, tamperZip } from '../../../test/builders/archive.js';
import { anEgyptMapping, useImports } from '../../../test/builders/import.js';
import { ImportRefused } from './imports.errors.js';
import { csvSource } from './sources/csv.js';
import { LONGEST_ROW } from './delimited.domain.js';

const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp';
const row = (n: number, price = 5): string =>
  `BRAND ${n} 10 TABS.,دواء,PARACETAMOL,GSK,X,ORAL.SOLID,${price}`;
const TABLE = `${HEADER}\n${[1, 2, 3].map((n) => row(n)).join('\n')}\n`;

const bench = useImports();

/** The catalogue, and everything staged or waiting. */
async function state(): Promise<unknown> {
  const { rows } = await bench.db.owner.query<object>(
    `select reference.catalogue_hash() as hash, (select count(*) from reference.drug_staging) as staged,
       (select count(*) from reference.import_releases where status not in ('failed', 'applied')) as waiting`,
  );
  return rows;
}

async function refusal(content: string | Buffer, name = 'file.csv'): Promise<string> {
  return refusalOf([await bench.file(content, name)]);
}

async function refusalOf(files: string[]): Promise<string> {
  const before = await state();
  const failure: unknown = await bench.load('', { files }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ImportRefused);
  expect(await state()).toEqual(before);
  return (failure as Error).message;
}

beforeAll(async () => {
  await bench.load(`${row(1)}\n`);
});

describe('archives', () => {
  it.each<[string, () => Buffer, string]>([
    ['a zip', () => aZip({ 'list.csv': TABLE, 'readme.txt': 'x', 'docs/licence.pdf': '%PDF' }), 'list.zip'],
    ['a zip that is not compressed', () => aZip({ 'folder/list.csv': TABLE }, 0), 'list.zip'],
    ['gzip', () => gzipSync(TABLE), 'list.csv.gz'],
  ])('%s of a table is read as the table', async (_what, make, name) => {
    const summary = await bench.load('', { files: [await bench.file(make(), name)], apply: false });
    expect(summary).toMatchObject({ read: 3, inserted: 2, unchanged: 1 });
    expect(summary.files).toHaveLength(1);
    await bench.service.drop(
      (await import('../../platform/security/request-context.js')).systemContext(),
      summary.releaseId,
    );
  });

  it.each<[string, () => Buffer, RegExp]>([
    [
      'a zip bomb',
      () => aZip({ 'bomb.csv': Buffer.alloc(64 * 1024 * 1024) }),
      /unpacks to more than 200 times/,
    ],
    [
      'a gzip bomb',
      () => gzipSync(Buffer.alloc(64 * 1024 * 1024, 'a')),
      /unpacks to more than 200 times|is longer/,
    ],
    [
      'a zip that understates what it unpacks to',
      () =>
        tamperZip(aZip({ 'a.csv': TABLE.repeat(100) }), (header, at) => header.writeUInt32LE(100, at.size)),
      /is damaged/,
    ],
    [
      'entries outside of the archive',
      () => aZip({ '../../etc/cron.d/list.csv': TABLE }),
      /no zip archive that can be read.*\.\./,
    ],
    ['an absolute entry', () => aZip({ '/etc/list.csv': TABLE }), /no zip archive that can be read/],
    ['a backslash path', () => aZip({ 'a\\..\\list.csv': TABLE }), /no zip archive that can be read/],
    ['an archive in an archive', () => aZip({ 'inner.csv': aZip({ 'a.csv': TABLE }) }), /holds the archive/],
    ['gzip in gzip', () => gzipSync(gzipSync(TABLE)), /holds the archive/],
    [
      'an encrypted zip',
      () => tamperZip(aZip({ 'a.csv': TABLE }), (header, at) => header.writeUInt16LE(1, at.flags)),
      /is encrypted/,
    ],
    [
      'a symbolic link in a zip',
      () =>
        tamperZip(aZip({ 'a.csv': '/etc/passwd' }), (header, at) => {
          if (at.made === undefined || at.attributes === undefined) return;
          header.writeUInt16LE(3 << 8, at.made);
          header.writeUInt32LE((0o120777 << 16) >>> 0, at.attributes);
        }),
      /holds a symbolic link/,
    ],
    [
      'another way of packing',
      () => tamperZip(aZip({ 'a.csv': TABLE }), (header, at) => header.writeUInt16LE(14, at.method)),
      /packed in a way that is not read here/,
    ],
    [
      'more entries than any source has',
      () => aZip(Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}.csv`, 'x']))),
      /has 1001 entries/,
    ],
    ['a damaged zip', () => damaged(aZip({ 'a.csv': TABLE.repeat(50) }, 0)), /is damaged.*check sum/],
    ['a zip cut off', () => aZip({ 'a.csv': TABLE }).subarray(0, 80), /no zip archive that can be read/],
    ['gzip cut off', () => gzipSync(TABLE.repeat(200)).subarray(0, 120), /damaged or cut off/],
    [
      'a zip with nothing of use',
      () => aZip({ 'readme.md': 'x', 'a.pdf': '%PDF' }),
      /none of the files of egypt.*It holds readme\.md/,
    ],
    [
      'an Excel workbook',
      () => aZip({ '[Content_Types].xml': '<x/>', 'xl/a.xml': '<x/>' }),
      /Excel workbook/,
    ],
  ])('%s is refused and nothing is changed', async (_what, make, reason) => {
    expect(await refusal(make(), 'list.zip')).toMatch(reason);
  });
});

/** The same bytes with one turned round in the middle of the content. */
function damaged(zip: Buffer): Buffer {
  const copy = Buffer.from(zip);
  const at = copy.indexOf('BRAND 2');
  copy.writeUInt8(copy.readUInt8(at + 6) ^ 1, at + 6);
  return copy;
}

describe('paths', () => {
  it('a symbolic link, a folder, a socket and a device are refused without being opened', async () => {
    const file = await bench.file(TABLE, 'real.csv');
    const folder = join(file, '..', 'odd');
    await mkdir(folder);
    await symlink(file, join(folder, 'link.csv'));
    const socket = createServer().listen(join(folder, 'socket.csv'));
    await once(socket, 'listening');
    expect(await refusalOf([join(folder, 'link.csv')])).toMatch(/is a symbolic link/);
    expect(await refusalOf([join(folder, 'socket.csv')])).toMatch(/is not a file/);
    socket.close();
    expect(await refusalOf([folder])).toMatch(/is not a file/);
    expect(await refusalOf(['/dev/zero'])).toMatch(/is not a file/);
  });
});

describe('encodings', () => {
  it.each<[string, string, Buffer]>([
    [
      'UTF-16 with a byte order mark',
      'utf-8',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(TABLE, 'utf16le')]),
    ],
    [
      'UTF-16, the other way round',
      'utf-8',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(TABLE, 'utf16le').swap16()]),
    ],
    ['UTF-8 with a byte order mark', 'utf-8', Buffer.from(`\ufeff${TABLE}`)],
    ['windows-1256', 'windows-1256', windows1256(TABLE)],
  ])('%s is read', async (_what, encoding, content) => {
    const source = csvSource(
      await anEgyptMapping({ format: { kind: 'csv', encoding, delimiter: ',', quote: '"' } }),
    );
    const summary = await bench.load('', { source, files: [await bench.file(content)] });
    expect(summary).toMatchObject({ read: 3, rejected: 0 });
    const { rows } = await bench.db.owner.query(
      "select name_ar from reference.drugs where name like 'BRAND 3%'",
    );
    expect(rows).toEqual([{ name_ar: 'دواء' }]);
  });

  it('UTF-8 taken for windows-1256 is refused instead of being read as gibberish', async () => {
    const source = csvSource(
      await anEgyptMapping({ format: { kind: 'csv', encoding: 'windows-1256', delimiter: ',', quote: '"' } }),
    );
    const before = await state();
    await expect(bench.load('', { source, files: [await bench.file(TABLE)] })).rejects.toThrow(
      /is UTF-8, not windows-1256/,
    );
    expect(await state()).toEqual(before);
  });

  it('windows-1256 taken for UTF-8 is refused with the byte and line at fault', async () => {
    expect(await refusal(windows1256(TABLE))).toMatch(/is not UTF-8: byte \d+ \(line 2\)/);
  });
});

/** Text in windows-1256, as far as the tests need it. */
function windows1256(text: string): Buffer {
  const letters: Record<string, number> = { د: 0xcf, و: 0xe6, ا: 0xc7, ء: 0xc1 };
  return Buffer.from([...text].map((letter) => letters[letter] ?? letter.charCodeAt(0)));
}

describe('rows', () => {
  it('a row that never ends is refused before it fills the memory', async () => {
    const endless = `${HEADER}\n${row(1)}\n${'x'.repeat(3 * LONGEST_ROW)}`;
    expect(await refusal(endless)).toMatch(/line 3: .* longer than/);
  });

  it('NUL bytes in a row refuse the row, a file full of them the file', async () => {
    const summary = await bench.load(`${row(1)}\nBR\0AND,,,GSK,X,ORAL.SOLID,5\n`, { apply: false });
    expect(summary).toMatchObject({ read: 2, rejected: 1 });
    expect(await refusal(Buffer.alloc(2000))).toMatch(/is not a text file: byte 0 is NUL/);
  });

  it('a file of refused rows is counted, and told in groups', async () => {
    const many = `${Array.from({ length: 20_000 }, (_, n) => `B ${n},,,GSK,X,ORAL.SOLID,free`).join('\n')}\n${row(1)}\n`;
    const summary = await bench.load(many, { apply: false });
    expect(summary).toMatchObject({ read: 20_001, rejected: 20_000 });
    expect(summary.rejects).toMatchObject([{ column: 'price_egp', count: 20_000 }]);
    expect(summary.rejects[0]?.first).toHaveLength(5);
  });
});
