import { describe, expect, it } from 'vitest';

import { LIST_POINTS, pointsOf, ReadingCount, RECORDS, WINDOW_MS, type Pace } from './reading-pace.domain.js';

const open = (count: ReadingCount, records: number, now = 0): Pace[] =>
  Array.from({ length: records }, (_, id) => count.note(1, { record: `/patients/${id}` }, now));
const news = (paces: readonly Pace[]): number[] =>
  paces.flatMap(({ isNews }, index) => (isNews ? [index + 1] : []));

describe('the pace of reading', () => {
  it('is told of twice and stopped at last, for one user alone, until the window ends', () => {
    const count = new ReadingCount();
    const paces = open(count, RECORDS.most + 100);
    expect(paces.findIndex(({ isTooFast }) => isTooFast)).toBe(RECORDS.most);
    expect(news(paces)).toEqual([RECORDS.remarkable, RECORDS.most + 1]);
    expect(count.note(2, { record: '/patients/1' }, 0).isTooFast).toBe(false);
    expect(count.note(1, { record: '/patients/x' }, WINDOW_MS - 1)).toMatchObject({
      isTooFast: true,
      retryAfterMs: 1,
    });
    expect(open(count, 1, WINDOW_MS)).toMatchObject([{ isTooFast: false }]);
  });

  it('does not count what was opened before, however often', () => {
    const count = new ReadingCount();
    open(count, RECORDS.most);
    expect(open(count, RECORDS.most).some(({ isTooFast }) => isTooFast)).toBe(false);
  });

  it('lets a search box be typed into, and stops who turns pages', () => {
    const count = new ReadingCount();
    const ask = (isFirst: boolean): Pace => count.note(1, { points: pointsOf({ isFirst, rows: 100 }) }, 0);
    // Two people served a minute, for each of them twenty letters and a list.
    const typed = 2 * 10 * 21;
    for (let asked = 0; asked < typed; asked++)
      expect(ask(true)).toMatchObject({ isTooFast: false, isNews: false });
    const pages = Array.from({ length: 60 }, () => ask(false));
    const stopped = Math.floor((LIST_POINTS.most - typed) / 100);
    expect(pages.findIndex(({ isTooFast }) => isTooFast)).toBe(stopped);
    expect(news(pages)).toHaveLength(2);
  });
});
