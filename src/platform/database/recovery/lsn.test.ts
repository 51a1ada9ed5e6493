import { expect, it } from 'vitest';

import { endOfRecord, lsnText, parseLsn } from './lsn.js';

it.each([
  ['0/3001FF8', '0/3001FF8'],
  ['0/3002000', '0/3002000'],
  // Behind the head of a page nothing is written yet: the record before ended at the edge.
  ['0/3002018', '0/3002000'],
  ['0/3002020', '0/3002020'],
  ['1/3000028', '1/3000000'],
  ['1/3000018', '1/3000018'],
  ['1/3002028', '1/3002028'],
])('what was written up to %s is replayed at %s', (written, replayed) => {
  expect(lsnText(endOfRecord(parseLsn(written)))).toBe(replayed);
});
