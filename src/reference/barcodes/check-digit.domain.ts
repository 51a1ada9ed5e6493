/** Weighted sum of GS1 keys: 3 and 1 in turn from the right (GS1 General Specifications 7.9.1). */
function weightedSum(digits: string): number {
  let sum = 0;
  for (let place = 1; place <= digits.length; place++)
    sum += Number(digits.at(-place)) * (place % 2 === 0 ? 3 : 1);
  return sum;
}

/** True when the last digit is the check digit of those before it: GTIN of any length, SSCC, GLN. */
export function hasCheckDigit(digits: string): boolean {
  return weightedSum(digits) % 10 === 0;
}

/** These digits with their check digit behind them. */
export function withCheckDigit(digits: string): string {
  return `${digits}${(10 - (weightedSum(`${digits}0`) % 10)) % 10}`;
}

// GS1 AI encodable character set 82 in the order of its values, and the 32 characters a check pair is written in
// (GS1 General Specifications 7.9.5, for GMN).
export const CSET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const CSET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/** True when the last two characters are the check pair of a GMN. */
export function hasCheckPair(text: string): boolean {
  if (text.length < 3 || text.length > PRIMES.length + 2) return false;
  let sum = 0;
  const body = text.slice(0, -2);
  for (const [index, char] of [...body].entries())
    sum += CSET_82.indexOf(char) * (PRIMES[body.length - 1 - index] ?? 0);
  sum %= 1021;
  return text.slice(-2) === `${CSET_32[sum >> 5] ?? ''}${CSET_32[sum & 31] ?? ''}`;
}
