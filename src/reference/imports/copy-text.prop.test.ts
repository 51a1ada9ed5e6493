import fc from 'fast-check';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { describe, expect, it } from 'vitest';

import { useTestDatabase } from '../../../test/support/db.js';
import { encodeCopyRow, encodeCopyValue, storableText } from './copy-text.domain.js';

const text = fc.oneof(
  fc.string({ unit: 'binary' }).map(storableText),
  fc.string({ unit: fc.constantFrom('\\', 'N', '\n', '\r', '\t', '.', 'a', '"', 'ة') }),
  fc.constantFrom('\\N', '\\.', '', '\\', '\n', '\\\n', '\\x41', '\\101', '\b\f\v'),
);
const value = fc.oneof({ weight: 5, arbitrary: text }, { weight: 1, arbitrary: fc.constant(null) });

describe('the COPY text encoder', () => {
  it('never lets a value end a column or a row', () => {
    fc.assert(fc.property(text, (given) => !/[\t\n\r]/.test(encodeCopyValue(given))));
  });

  it('refuses NUL instead of writing it, and makes any text storable', () => {
    expect(() => encodeCopyValue('a\0b')).toThrow(RangeError);
    expect(storableText('a\0b\ud800')).toBe('a\ufffdb\ufffd');
    expect(encodeCopyRow([null, true, false, 12, 'x'])).toBe('\\N\tt\tf\t12\tx\n');
  });
});

describe('PostgreSQL', () => {
  const db = useTestDatabase();

  it('reads back exactly what was encoded', async () => {
    const client: PoolClient = await db.owner.connect();
    try {
      await client.query('create temporary table copied (n integer, a text, b text)');
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(value, value), { maxLength: 30 }), async (rows) => {
          await client.query('truncate copied');
          const stream = client.query(copyFrom('copy copied from stdin'));
          await new Promise<void>((resolve, reject) => {
            stream.once('error', reject).once('finish', resolve);
            stream.end(rows.map(([a, b], n) => encodeCopyRow([n, a, b])).join(''));
          });
          const read = await client.query<{ a: string | null; b: string | null }>(
            'select a, b from copied order by n',
          );
          expect(read.rows.map(({ a, b }) => [a, b])).toEqual(rows);
        }),
        { numRuns: 60 },
      );
    } finally {
      client.release();
    }
  });
});
