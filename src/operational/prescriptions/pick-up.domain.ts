import { DomainError } from '../../platform/errors/domain-error.js';
import { foldText } from '../../platform/text/fold.js';
import type { NearMiss } from '../near-misses/near-misses.types.js';

export const COLLECTORS = ['patient', 'relative', 'carer', 'courier', 'other'] as const;
/** Documents by which who takes controlled medicines away is known. */
export const DOCUMENT_KINDS = [
  'national_id',
  'passport',
  'driving_licence',
  'residence_permit',
  'military_id',
  'other',
] as const;
export const IDENTIFIER_KINDS = ['name', 'birthDate', 'phone', 'nationalId'] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Identifiers the branch may ask for: two different particulars of the patient. */
export const IDENTIFIERS_ASKED = 2;
/** Digits a telephone number needs to tell people apart; country and trunk prefixes before them are let pass. */
const PHONE_DIGITS = 7;

/** Particulars as told at the counter. */
export type Identifiers = Readonly<Partial<Record<IdentifierKind, string | undefined>>>;

/** The patient as he is on record. */
export interface KnownPatient {
  readonly firstName: string;
  readonly lastName: string;
  readonly firstNameAr: string | null;
  readonly lastNameAr: string | null;
  readonly birthDate: string | null;
  readonly phone: string | null;
  readonly nationalId: string | null;
}

/** 422: what was told does not agree with the record; kept as a near miss. `params.mismatched` are the particulars. */
export class IdentifierMismatch extends DomainError {
  readonly code = 'identifier-mismatch';
  readonly status = 422;
  readonly title = 'Not this patient';
  readonly nearMiss: NearMiss;
  constructor(mismatched: readonly IdentifierKind[], fillId: number | undefined) {
    super(
      'STOP. What was told does not agree with the record of this patient.',
      { mismatched },
      mismatched.map((kind) => ({
        pointer: `/pickUp/identifiers/${kind}`,
        detail: 'does not agree with the record',
      })),
    );
    this.nearMiss = {
      kind: 'wrong_patient',
      stage: 'pick_up',
      source: 'pick_up',
      ...(fillId === undefined ? {} : { fillId }),
    };
  }
}

const digits = (text: string): string => foldText(text).replaceAll(/\D/g, '');

function agrees(kind: IdentifierKind, told: string, patient: KnownPatient): boolean {
  switch (kind) {
    case 'birthDate':
      return told === patient.birthDate;
    case 'name': {
      const known = new Set(
        [patient.firstName, patient.lastName, patient.firstNameAr, patient.lastNameAr]
          .flatMap((name) => foldText(name ?? '').split(' '))
          .filter((word) => word !== ''),
      );
      const words = foldText(told)
        .split(' ')
        .filter((word) => word !== '');
      // One name alone is too little: half the street is called Mohamed.
      return words.length >= 2 && words.every((word) => known.has(word));
    }
    case 'phone': {
      const [a, b] = [digits(told), digits(patient.phone ?? '')];
      return a.length >= PHONE_DIGITS && b.length >= PHONE_DIGITS && (a.endsWith(b) || b.endsWith(a));
    }
    case 'nationalId': {
      const known = foldText(patient.nationalId ?? '').replaceAll(' ', '');
      return known !== '' && foldText(told).replaceAll(' ', '') === known;
    }
  }
}

/** The particulars that agree, in one order. Throws IdentifierMismatch when one does not: then it is not this patient. */
export function checkIdentifiers(
  told: Identifiers,
  patient: KnownPatient,
  fillId: number | undefined,
): IdentifierKind[] {
  const given = IDENTIFIER_KINDS.flatMap((kind) => {
    const value = told[kind];
    return value === undefined ? [] : [{ kind, value }];
  });
  const mismatched = given.filter(({ kind, value }) => !agrees(kind, value, patient));
  if (mismatched.length > 0)
    throw new IdentifierMismatch(
      mismatched.map(({ kind }) => kind),
      fillId,
    );
  return given.map(({ kind }) => kind);
}

/** Whether counselling must be given or declined before this fill leaves. */
export function needsCounselling(
  policy: 'optional' | 'first_fill' | 'always',
  fill: { readonly fillNumber: number; readonly partNumber: number },
): boolean {
  return policy === 'always' || (policy === 'first_fill' && fill.fillNumber === 0 && fill.partNumber === 1);
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Bytes and pixels a signature may have: a pad of 1200 × 600 in black and white needs a tenth of it. */
export const SIGNATURE_BYTES = 65_536;
const SIGNATURE_PIXELS = 4096;

/** True for a PNG image of a size a signature pad makes. */
export function isSignature(image: Uint8Array): boolean {
  if (image.length < 33 || image.length > SIGNATURE_BYTES) return false;
  if (!PNG.every((byte, index) => image[index] === byte)) return false;
  // The first chunk is IHDR: width and height as 32-bit numbers at 16 and 20.
  const header = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (header.getUint32(12) !== 0x49484452) return false;
  const [width, height] = [header.getUint32(16), header.getUint32(20)];
  return width >= 1 && height >= 1 && width <= SIGNATURE_PIXELS && height <= SIGNATURE_PIXELS;
}
