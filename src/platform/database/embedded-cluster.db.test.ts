// The embedded cluster as a pharmacy gets it: what its locale must be able to do.
import { describe, expect, it } from 'vitest';

import { useTestDatabase } from '../../../test/support/db.js';

const db = useTestDatabase();

describe('the embedded database', () => {
  it('makes trigrams from Arabic and accented text, and folds their case', async () => {
    const { rows } = await db.owner.query(
      `select cardinality(public.show_trgm('احمد')) > 0 as arabic, cardinality(public.show_trgm('éèà')) > 0 as accented,
        lower('ÉLAN') as folded, 'ÉLAN' ilike 'élan' as ilike`,
    );
    expect(rows).toEqual([{ arabic: true, accented: true, folded: 'élan', ilike: true }]);
  });

  it('speaks UTC and keeps checksums', async () => {
    const { rows } = await db.owner.query(
      "select current_setting('timezone') as zone, current_setting('data_checksums') as checksums",
    );
    expect(rows).toEqual([{ zone: 'UTC', checksums: 'on' }]);
  });
});
