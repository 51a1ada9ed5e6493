import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { useTestDatabase } from '../../../test/support/db.js';
import { readCatalogue } from './catalogue-copy.repository.js';
import { CopyRows } from '../../platform/text/copy-rows.domain.js';
import type { SearchDocument } from './engine/search.types.js';

/** COPY's text format as PostgreSQL writes it. */
const written = (column: string | null): string =>
  column === null
    ? '\\N'
    : column.replace(
        /[\\\b\f\n\r\t\v]/g,
        (character) =>
          `\\${{ '\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't', '\v': 'v' }[character] ?? character}`,
      );

const column = fc.option(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()),
    fc.string({ unit: fc.constantFrom('\\', 'N', 'n', 't', '\t', '\n', 'ب', '𝔘'), maxLength: 8 }),
  ),
);

describe('rows of a COPY', () => {
  it('are read as they were, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(column, { minLength: 2, maxLength: 2 }), { maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 10 }),
        (rows, cuts) => {
          const bytes = Buffer.from(rows.map((row) => `${row.map(written).join('\t')}\n`).join(''));
          const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
            (a, b) => a - b,
          );
          const reader = new CopyRows();
          const read = places.flatMap((from, n) =>
            reader.read(bytes.subarray(from, places[n + 1] ?? bytes.length)),
          );
          expect(read).toEqual(rows);
        },
      ),
    );
  });
});

describe('a catalogue that is read as a whole', () => {
  const db = useTestDatabase();

  it('holds every name as it was written', async () => {
    const names = fc.sample(
      fc
        .string({ unit: 'binary', minLength: 1, maxLength: 60 })
        .map((text) => text.replaceAll('\0', '').toWellFormed())
        .filter((text) => text !== ''),
      300,
    );
    names.push('\\N', '\\', 'a\tb\nc\r\\t', '\u001f');
    await db.owner.query(
      "insert into reference.drugs (name, name_folded, price) select n, 'x', 1 from unnest($1::text[]) n",
      [names],
    );
    const read: SearchDocument[] = [];
    const state = await readCatalogue({ server: db.app, options: '' }, (document) => read.push(document));
    expect(read.sort((a, b) => a.drugId - b.drugId).map(({ name }) => name)).toEqual(names);
    expect(state.at.place).toBeGreaterThan(1);
  });
});
