/** What one user has read within a window, and how much is too much. */

/** How long reading is counted before the count begins anew. */
export const WINDOW_MS = 10 * 60_000;

/**
 * Different records opened within a window. Somebody who opens one each minute, all ten minutes, opens 10; four tills under one
 * name 40. The first figure is worth a word to whoever watches, at the second reading stops until the window ends.
 */
export const RECORDS = { remarkable: 500, most: 2_000 };

/**
 * Lists asked for within a window, in points: 1 for the first page, whatever is typed into a search box; the rows of the page for
 * every later one, since nobody who looks for somebody turns hundreds of pages, and who copies a register does.
 */
export const LIST_POINTS = { remarkable: 3_000, most: 6_000 };

/** Whether a reading is one too many, and whether somebody should hear of it. */
export interface Pace {
  readonly isTooFast: boolean;
  /** True once for each bound of a window, when it is crossed: whoever is stopped a thousand times is told of once. */
  readonly isNews: boolean;
  readonly retryAfterMs: number;
}

/** A reading: a record by its name, or a list by its points. */
export type Reading = { readonly record: string } | { readonly points: number };

/** The points of a page of a list. */
export const pointsOf = (page: { readonly isFirst: boolean; readonly rows: number }): number =>
  page.isFirst ? 1 : page.rows;

interface Counted {
  readonly since: number;
  readonly records: Set<string>;
  points: number;
  isStopped: boolean;
}

/** Counts the readings of users in memory: bounded by the users there are and by what each may read. */
export class ReadingCount {
  private readonly users = new Map<number, Counted>();

  note(userId: number, reading: Reading, now: number): Pace {
    let counted = this.users.get(userId);
    if (!counted || now - counted.since >= WINDOW_MS) {
      counted = { since: now, records: new Set(), points: 0, isStopped: false };
      this.users.set(userId, counted);
    }
    const retryAfterMs = counted.since + WINDOW_MS - now;
    const ordinary = { isTooFast: false, isNews: false, retryAfterMs };
    if ('record' in reading) {
      const { records } = counted;
      if (records.has(reading.record)) return ordinary;
      if (records.size >= RECORDS.most) return stop(counted, retryAfterMs);
      records.add(reading.record);
      return { ...ordinary, isNews: records.size === RECORDS.remarkable };
    }
    const before = counted.points;
    if (before + reading.points > LIST_POINTS.most) return stop(counted, retryAfterMs);
    counted.points += reading.points;
    const { remarkable } = LIST_POINTS;
    return { ...ordinary, isNews: before < remarkable && counted.points >= remarkable };
  }
}

function stop(counted: Counted, retryAfterMs: number): Pace {
  const isNews = !counted.isStopped;
  counted.isStopped = true;
  return { isTooFast: true, isNews, retryAfterMs };
}
