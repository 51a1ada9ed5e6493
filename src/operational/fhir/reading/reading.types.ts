import type { MedicineWords, Strength } from '../../../reference/coding/coding.types.js';

/** Something that could not be checked, in our words; `about` names medicines, allergies or records. */
export interface Gap {
  readonly reason: string;
  readonly about: readonly string[];
}

/** One way a medicine is taken; amounts are decimal strings. */
export interface Intake {
  readonly dose?: string;
  readonly unit?: string;
  readonly frequencyPerDay?: string;
  readonly days?: number;
}

/** A medicine as an order or record names it. */
export interface NamedMedicine {
  /** As shown to people. */
  readonly label: string;
  readonly words: MedicineWords;
  /** Ingredients a Medication resource lists; when there are some, they say more than its name. */
  readonly ingredients: readonly {
    readonly label: string;
    readonly words: MedicineWords;
    readonly strength: Strength | null;
  }[];
  readonly intakes: readonly Intake[];
  /** 'MedicationRequest/1'; null where the resource has no id. */
  readonly reference: string | null;
}

/** The person as screening takes one; undefined or null: not known. */
export interface CheckedPerson {
  readonly birthDate?: string | null;
  readonly sex?: 'male' | 'female' | 'unknown' | null;
  readonly weightKg?: string | null;
  readonly egfr?: string | null;
  readonly pregnant?: boolean | null;
  readonly lactating?: boolean | null;
}
