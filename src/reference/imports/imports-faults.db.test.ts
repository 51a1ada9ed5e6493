import { describe, expect, it, vi } from 'vitest';

import { useImports } from '../../../test/builders/import.js';
import { ImportRefused, ImportRunning } from './imports.errors.js';

const HEADER =
  'commercial_name_en,commercial_name_ar,scientific_name,manufacturer,drug_class,route,price_egp';
const ROW = 'PANADOL 24 TABS.,,PARACETAMOL,GSK,ANALGESIC,ORAL.SOLID,40';
const NEXT = 'STRANGO 20 CAPS.,,ZYXOPRILAM,DELTA,HERBAL,ORAL.SOLID,15';

const bench = useImports();

async function catalogue(): Promise<unknown[]> {
  const { rows } = await bench.db.owner.query<object>(
    'select name, price, status, version, content_hash from reference.drugs order by drug_id',
  );
  return rows;
}

const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

describe('a file that cannot be used', () => {
  const filler = Array.from({ length: 9000 }, (_, i) => `DRUG ${i} 10 TABS.,,,GSK,X,ORAL.SOLID,5`).join('\n');
  const long = `${HEADER}\n${filler}\n`;

  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /is empty/],
    ['a file of blank lines', '\n\n\n', /is empty: it has no header/],
    [
      'a header that lacks columns',
      'commercial_name_en,price_egp\nA,1\n',
      /lacks the columns commercial_name_ar, .* Its header has: commercial_name_en, price_egp/,
    ],
    ['a header with a column twice', `${HEADER},route\n${ROW},x\n`, /has the column route twice/],
    [
      'a quote that is never closed',
      `${HEADER}\n${ROW}\n"OPEN 10 TABS.,,,GSK,X,ORAL.SOLID,5\n${NEXT}\n`,
      /line 3: a quote is opened/,
    ],
    [
      'a quote never closed early in a large file',
      `${HEADER}\n"OPEN\n${filler.repeat(4)}`,
      /line 2: a quote is opened/,
    ],
    [
      'a quote inside an unquoted value',
      `${long}TUBE 5" LONG,,,GSK,X,TOPICAL,5\n`,
      /line 9002: a quote stands where none may be/,
    ],
    ['text behind a closing quote', `${HEADER}\n"A" B,,,GSK,X,TOPICAL,5\n`, /line 2: a quote stands/],
    [
      'bytes that are no UTF-8',
      Buffer.concat([
        Buffer.from(`${HEADER}\nCR`),
        Buffer.from([0xe8]),
        Buffer.from('ME,,,GSK,X,TOPICAL,5\n'),
      ]),
      /is not UTF-8: byte 96 \(line 2\)/,
    ],
    [
      'wrong bytes far into a large file',
      Buffer.concat([Buffer.from(long), Buffer.from([0xff])]),
      /is not UTF-8: byte \d{6} \(line 9002\)/,
    ],
    ['a character cut off at the end', Buffer.from(`${HEADER}\n${ROW}é`).subarray(0, -1), /is not UTF-8/],
    ['UTF-16 text cut off in a character', utf16(`${HEADER}\n${ROW}\n`).subarray(0, -1), /is not UTF-16/],
    [
      'a zip archive cut off',
      Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]),
      /no zip archive that can be read/,
    ],
    ['a gzip file cut off', Buffer.from([0x1f, 0x8b, 8, 0]), /damaged or cut off/],
    ['an old Excel workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), /old Excel workbook/],
    ['a PDF', '%PDF-1.7 ...', /PDF document/],
    ['a binary file', Buffer.alloc(4096), /byte 0 is NUL/],
    ['a file without one usable row', `${HEADER}\n${ROW}x\n`, /No row of the file can be imported/],
  ])('%s is refused in plain words and nothing is changed', async (_what, content, reason) => {
    const before = await catalogue();
    const files = [await bench.file(content)];
    const failure: unknown = await bench.load('', { files }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ImportRefused);
    expect((failure as Error).message).toMatch(reason);
    expect(await catalogue()).toEqual(before);
    const { rows } = await bench.db.owner.query(
      "select (select count(*) from reference.drug_staging) as staged, (select count(*) from reference.import_releases where status in ('staged', 'applied')) as releases",
    );
    expect(rows).toEqual([{ staged: 0, releases: 0 }]);
  });

  it.each([
    ['/no/such/file.csv', /There is no file/],
    [import.meta.dirname, /is not a file/],
  ])('a path that names no file is refused: %s', async (path, reason) => {
    await expect(bench.load('', { files: [path] })).rejects.toThrow(reason);
  });
});

describe('an import that is cut off', () => {
  it('while it applies leaves the old catalogue whole, and the next run succeeds', async () => {
    await bench.load(`${ROW}\n`);
    const before = await catalogue();
    const crash = vi
      .spyOn(bench.catalogue, 'finishRelease')
      .mockRejectedValueOnce(new Error('the power went'));
    await expect(bench.load(`${ROW}5\n${NEXT}\n`)).rejects.toThrow('the power went');
    crash.mockRestore();
    expect(await catalogue()).toEqual(before);
    const { rows } = await bench.db.owner.query(
      'select status from reference.import_releases order by release_id desc limit 1',
    );
    expect(rows).toEqual([{ status: 'failed' }]);
    expect(await bench.load(`${ROW}5\n${NEXT}\n`)).toMatchObject({ updated: 1, inserted: 1 });
  });

  it('between staging and applying leaves rows that the next run clears away', async () => {
    await bench.db.owner.query(
      `with r as (insert into reference.import_releases (source, status) values ('egypt', 'reading') returning release_id)
       insert into reference.drug_staging (release_id, row_no, file_index, line_number, source_id, name, name_folded, price, base_unit,
         units_per_pack, rx_only, rx_stated, status, ingredient_status, content_hash)
       select release_id, 1, 0, 2, 'X', 'X', 'x', 1, 'piece', 1, false, false, 'active', 'unlinked', 'h' from r`,
    );
    await bench.load(`${ROW}5\n${NEXT}\n`);
    const { rows } = await bench.db.owner.query(
      "select (select count(*) from reference.drug_staging) as staged, (select count(*) from reference.import_releases where status in ('reading', 'staged')) as releases",
    );
    expect(rows).toEqual([{ staged: 0, releases: 0 }]);
  });

  it('by its connection being killed while it applies leaves the old catalogue whole', async () => {
    const before = await catalogue();
    const original = bench.catalogue.writeDrugs.bind(bench.catalogue);
    const kill = vi.spyOn(bench.catalogue, 'writeDrugs').mockImplementationOnce(async (tx, ...rest) => {
      const counts = await original(tx, ...rest);
      const { pid } = await tx.one<{ pid: number }>('select pg_backend_pid() as pid');
      await bench.db.owner.query('select pg_terminate_backend($1, 5000)', [pid]);
      return counts;
    });
    await expect(bench.load(`${ROW}7\n`)).rejects.toThrow();
    kill.mockRestore();
    expect(await catalogue()).toEqual(before);
    expect(await bench.load(`${ROW}7\n`)).toMatchObject({ updated: 1, discontinued: 1 });
  });
});

describe('two imports at once', () => {
  it('end with one done and the other refused', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `BULK ${i} 10 TABS.,,,GSK,X,ORAL.SOLID,5`).join('\n');
    // The second comes while the first is applied: left to chance, the first may be done before the second begins.
    const original = bench.catalogue.writeDrugs.bind(bench.catalogue);
    let second: PromiseSettledResult<unknown> | undefined;
    const meanwhile = vi.spyOn(bench.catalogue, 'writeDrugs').mockImplementationOnce(async (tx, ...rest) => {
      [second] = await Promise.allSettled([bench.load(`${rows}\n`)]);
      return original(tx, ...rest);
    });
    expect(await bench.load(`${rows}\n`)).toMatchObject({ inserted: 300 });
    meanwhile.mockRestore();
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(ImportRunning) as unknown });
    expect((await catalogue()).length).toBe(302);
    expect(await bench.load(`${rows}\n`)).toMatchObject({ unchanged: 300, updated: 0 });
  });
});

describe('the rights an import needs', () => {
  it('are not those of the server outside an import', async () => {
    await expect(
      bench.db.dataSource.query('insert into reference.drug_staging (release_id) values (1)'),
    ).rejects.toThrow(/permission denied/);
  });
});
