const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A duration in the unit people think of it, in the words of a language with Latin digits: "90 seconds", "3 hours". */
export function durationWords(seconds: number, language: string): string {
  const [size, unit] =
    seconds < 2 * MINUTE
      ? [1, 'second']
      : seconds < 2 * HOUR
        ? [MINUTE, 'minute']
        : seconds < 2 * DAY
          ? [HOUR, 'hour']
          : [DAY, 'day'];
  const format = new Intl.NumberFormat(`${language}-u-nu-latn`, {
    ...{ style: 'unit', unit, unitDisplay: 'long' },
    maximumFractionDigits: 0,
  });
  return format.format(seconds / size);
}
