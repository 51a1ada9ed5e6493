/** How a text in the patient search box is read. */
export type PatientSearch =
  | { readonly kind: 'all' }
  | { readonly kind: 'birth-date'; readonly birthDate: string }
  | { readonly kind: 'number'; readonly digits: string; readonly patientId: number | null }
  | { readonly kind: 'name'; readonly words: readonly string[] };

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const PHONE_OR_ID = /^[+(]?[\d\s()./-]+$/;
/** Identities are 32-bit: a longer number can only be a phone or national number. */
const MAX_ID_DIGITS = 9;

const westernDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - (code >= 0x06f0 ? 0x06f0 : 0x0660));
  });

/**
 * Reads the search text: a date is a birth date, digits are a phone number, national number or patient number, the
 * rest is a name. `fold` is the folding names are stored with, `isDate` tells a date that exists.
 */
export function readPatientSearch(
  text: string | undefined,
  fold: (text: string) => string,
  isDate: (text: string) => boolean,
): PatientSearch {
  const trimmed = westernDigits((text ?? '').trim());
  if (trimmed === '') return { kind: 'all' };
  if (DATE.test(trimmed) && isDate(trimmed)) return { kind: 'birth-date', birthDate: trimmed };
  if (PHONE_OR_ID.test(trimmed)) {
    const digits = trimmed.replace(/\D/g, '');
    const isId = /^[1-9]\d*$/.test(trimmed) && trimmed.length <= MAX_ID_DIGITS;
    if (digits !== '') return { kind: 'number', digits, patientId: isId ? Number(trimmed) : null };
  }
  const words = fold(trimmed)
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 6);
  // Nothing but punctuation names nobody.
  return { kind: 'name', words };
}
