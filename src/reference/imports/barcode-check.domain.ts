/**
 * What is wrong with a barcode as a source states it, or undefined: 8, 12, 13 or 14 digits of which the last is the
 * check digit (GS1 General Specifications 7.9).
 */
export function barcodeProblem(code: string): string | undefined {
  if (!/^(?:\d{8}|\d{12,14})$/.test(code)) return 'is not a barcode of 8, 12, 13 or 14 digits';
  let sum = 0;
  for (const [index, digit] of [...code.padStart(14, '0')].entries())
    sum += Number(digit) * (index % 2 === 0 ? 3 : 1);
  return sum % 10 === 0 ? undefined : 'has a wrong check digit';
}
