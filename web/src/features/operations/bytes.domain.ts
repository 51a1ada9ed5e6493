const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
const STEP = 1024;

/** A size in the largest unit that leaves a number of at least one: "1.5 GB". */
export function sizeWords(bytes: number): string {
  let [value, at] = [bytes, 0];
  while (value >= STEP && at < UNITS.length - 1) {
    value /= STEP;
    at += 1;
  }
  const digits = at === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${UNITS[at]}`;
}
