const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
}

/**
 * The century of a two-digit year: the one that puts it within 49 years before and 50 after this year (GS1 General
 * Specifications 7.12).
 */
export function fullYear(twoDigits: number, thisYear: number): number {
  const apart = twoDigits - (thisYear % 100);
  const century = thisYear - (thisYear % 100);
  if (apart >= 51) return century - 100 + twoDigits;
  return (apart <= -50 ? century + 100 : century) + twoDigits;
}

/**
 * 'YYYY-MM-DD' of YYMMDD, or undefined where there is no such day. Day 00 is the last of the month where the
 * identifier allows it. `today` is 'YYYY-MM-DD' and settles the century.
 */
export function dateOf(yymmdd: string, today: string, isDayZeroAllowed: boolean): string | undefined {
  const year = fullYear(Number(yymmdd.slice(0, 2)), Number(today.slice(0, 4)));
  const month = Number(yymmdd.slice(2, 4));
  const last = daysIn(year, month);
  const given = Number(yymmdd.slice(4, 6));
  if (last === 0 || given > last || (given === 0 && !isDayZeroAllowed)) return undefined;
  const day = given === 0 ? last : given;
  return `${String(year).padStart(4, '0')}-${yymmdd.slice(2, 4)}-${String(day).padStart(2, '0')}`;
}

/** True for YYYYMMDD that exists in the calendar. */
export function isLongDate(yyyymmdd: string): boolean {
  const last = daysIn(Number(yyyymmdd.slice(0, 4)), Number(yyyymmdd.slice(4, 6)));
  const day = Number(yyyymmdd.slice(6, 8));
  return day >= 1 && day <= last;
}
