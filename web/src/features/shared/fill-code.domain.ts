/** As labels print it: F and the identity of the fill in at least eight digits; a scanner may put an AIM identifier before it. */
const CODE = /^(?:\][A-Za-z]\d)?F(\d{8,10})$/i;

/** The fill a label's barcode means; undefined for every other code. */
export function fillIdOfCode(text: string): number | undefined {
  const digits = CODE.exec(text.trim())?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 10) || undefined;
}

/** True for the barcode of a label. */
export const isFillCode = (text: string): boolean => fillIdOfCode(text) !== undefined;
