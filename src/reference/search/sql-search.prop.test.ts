import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aDrug } from '../../../test/builders/drug.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { systemContext } from '../../platform/security/request-context.js';
import { planSearch, findHighlights } from './sql-search.domain.js';
import { SqlSearchRepository } from './sql-search.repository.js';

/** Any text, and text dense in what to_tsquery, LIKE and regular expressions take for operators. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }).map((text) => text.replaceAll('\0', '').toWellFormed()),
  fc.string({ unit: fc.constantFrom(...'\'"\\:&|!<->()*%_.+?[]{}^$#/ ab5٥اةى\u200f'), maxLength: 60 }),
  fc.constantFrom("'", '\\', ':*', '&', '!', '<->', "a' | 'b", '5%', '%', '\u202eabc', 'x'.repeat(500)),
);

const NAMES = ['ab 5% x', "a'b (c)", 'a\\b', '%', 'A + B / 5', 'x'.repeat(500)];

describe('any search text', () => {
  const db = useTestDatabase();
  let made: unknown;
  const searching = new SqlSearchRepository();

  it('is a statement PostgreSQL runs, whatever was typed', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        made ??= await Promise.all(
          NAMES.map((name) => aDrug(db, { name, nameAr: 'ا 5 ة', ingredients: ['a b'] })),
        );
        const plan = planSearch(text.slice(0, 500).toWellFormed());
        const matches = await db.uow.read(systemContext(), (tx) =>
          searching.findMatches(tx, plan, {}, [], { offset: 0, limit: 20 }),
        );
        expect(matches.total).toBeLessThanOrEqual(NAMES.length);
        expect(matches.page).toHaveLength(matches.total);
      }),
      { numRuns: 300 },
    );
  });

  it('is highlighted inside the text it is found in', () => {
    fc.assert(
      fc.property(anyText, anyText, (query, text) => {
        for (const { start, end } of findHighlights(planSearch(query), text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  it('finds itself as a highlight when it is one word', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'abcxyzéاب'), minLength: 1, maxLength: 12 }),
        (word) => {
          const [span] = findHighlights(planSearch(word), word);
          expect(span).toEqual({ start: 0, end: word.length });
        },
      ),
    );
  });
});
