import { Forbidden } from '../../platform/errors/domain-error.js';
import { assertReasoned } from '../screening/override.types.js';
import { SubstitutionRefused } from './prescription-refusals.domain.js';

/** generic and brand: the same contents under another name; therapeutic: another substance for the same purpose. */
export const SUBSTITUTION_TYPES = ['generic', 'brand', 'therapeutic'] as const;
export type SubstitutionType = (typeof SUBSTITUTION_TYPES)[number];

/** The database checks the same list. */
export const SUBSTITUTION_REASONS = [
  'out_of_stock',
  'patient_request',
  'price',
  'formulary',
  'regulatory',
  'continuing_therapy',
  'prescriber_agreed',
] as const;

export interface Substitution {
  readonly type: SubstitutionType;
  readonly reason: (typeof SUBSTITUTION_REASONS)[number];
  readonly note: string | null;
}

interface DawRule {
  readonly meaning: string;
  readonly forbids: readonly SubstitutionType[];
}

const ALL = SUBSTITUTION_TYPES;

/**
 * Dispense-as-written codes of NCPDP (field 408-D8). A code that says why the product prescribed is given, though another
 * might be, is contradicted by giving another; 1 and 7 are not the pharmacy's to change.
 */
const DAW_RULES: readonly DawRule[] = [
  { meaning: 'no product selection indicated', forbids: [] },
  { meaning: 'the prescriber allows no substitution', forbids: ALL },
  { meaning: 'the patient asked for the product prescribed', forbids: ALL },
  { meaning: 'the pharmacist chose the product prescribed', forbids: ['generic'] },
  { meaning: 'no generic is in stock', forbids: ['generic'] },
  { meaning: 'the brand is given at the price of a generic', forbids: [] },
  { meaning: 'override', forbids: [] },
  { meaning: 'the law asks for the brand', forbids: ALL },
  { meaning: 'no generic is on the market', forbids: ['generic'] },
  { meaning: 'the plan asked for the brand', forbids: ALL },
];

/** True where the code is the prescriber's or the law's, so that a fill cannot have another. */
export const isDawBinding = (daw: number): boolean => daw === 1 || daw === 7;

/** What of a prescription decides about another product. */
export interface SubstitutionCase {
  readonly prescribedDrugId: number;
  /** Code of the prescription. */
  readonly dawCode: number;
  readonly drugId: number;
  /** Code given at the fill. */
  readonly daw: number | undefined;
  readonly substitution: Substitution | undefined;
  /** How the contents of the two products compare; asked only where they differ. */
  readonly contents: 'same' | 'other' | 'unknown';
  readonly mayVerify: boolean;
}

/**
 * The dispense-as-written code the fill is made under. Throws SubstitutionRefused where the product, its kind, or the code
 * do not go together; Forbidden where another substance is chosen by who may not verify; OverrideReasonNeeded where its
 * note says nothing.
 */
export function decideSubstitution(one: SubstitutionCase): number {
  const { dawCode, daw = dawCode, substitution } = one;
  if (isDawBinding(dawCode) && daw !== dawCode)
    throw new SubstitutionRefused('daw', `The prescription says: ${meaningOf(dawCode)}.`, '/daw');
  if (one.drugId === one.prescribedDrugId) {
    if (substitution)
      throw new SubstitutionRefused('same-product', 'This is the product prescribed.', '/substitution');
    return daw;
  }
  if (!substitution)
    throw new SubstitutionRefused(
      'type-and-reason-needed',
      'This is not the product prescribed: say what kind of substitution it is, and why.',
      '/substitution',
    );
  if (DAW_RULES[daw]?.forbids.includes(substitution.type) ?? true)
    throw new SubstitutionRefused('daw', `Code ${daw} says: ${meaningOf(daw)}.`, '/daw');
  assertKind(one, substitution);
  return daw;
}

const meaningOf = (daw: number): string => DAW_RULES[daw]?.meaning ?? 'unknown';

function assertKind({ contents, mayVerify }: SubstitutionCase, { type, note }: Substitution): void {
  if (type !== 'therapeutic') {
    if (contents === 'same') return;
    throw new SubstitutionRefused(
      'not-equivalent',
      contents === 'other'
        ? 'Its contents are not those of the product prescribed.'
        : 'Whether its contents are those of the product prescribed is not known.',
      '/substitution/type',
    );
  }
  if (contents === 'same')
    throw new SubstitutionRefused(
      'equivalent',
      'Its contents are those of the product prescribed: it is a generic or a brand.',
      '/substitution/type',
    );
  if (!mayVerify)
    throw new Forbidden('Another substance is chosen by a pharmacist alone.', {
      missing: ['VerifyPrescription'],
    });
  assertReasoned(note ?? '', '/substitution/note');
}
