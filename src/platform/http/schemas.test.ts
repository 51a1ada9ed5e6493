import { expect, it } from 'vitest';
import { z } from 'zod';

import { daysBetween } from '../time/local-date.js';
import { DateText } from './schemas.js';

it('a rule that counts days is not asked about what is no date', () => {
  const Period = z
    .strictObject({ from: DateText, to: DateText })
    .refine(({ from, to }) => daysBetween(from, to) < 31, { path: ['to'], error: 'is too far' });
  const refused = (from: string, to: string): string[] =>
    Period.safeParse({ from, to }).error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect(refused('../../etc/passwd', '1967-12-24')).toEqual(['from']);
  expect(refused('1952-07-28', '1.5')).toEqual(['to']);
  expect(refused('2026-01-01', '2026-03-01')).toEqual(['to']);
  expect(refused('2026-01-01', '2026-01-02')).toEqual([]);
});
