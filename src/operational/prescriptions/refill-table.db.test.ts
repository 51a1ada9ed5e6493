// The days the table of refills counts with are those PostgreSQL sees at the branch, whatever its clocks do.
import { describe, expect, it } from 'vitest';

import { useTestDatabase } from '../../../test/support/db.js';
import { REFILL_CASES } from './refill-cases.fixture.js';

const AT_A_MOMENT = REFILL_CASES.flatMap(({ name, at, on }) => (at ? [{ name, at, on }] : []));

describe('the day of a branch', () => {
  const db = useTestDatabase();

  it('is tried in Riyadh, Cairo and New York', () => {
    expect(new Set(AT_A_MOMENT.map(({ at }) => at[1])).size).toBe(3);
  });

  it.each(AT_A_MOMENT)('$name', async ({ at, on }) => {
    const { rows } = await db.owner.query<{ day: string }>(
      'select ($1::timestamptz at time zone $2)::date as day',
      [...at],
    );
    expect(rows).toEqual([{ day: on }]);
  });
});
