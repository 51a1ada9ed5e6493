export type Severity = 'contraindicated' | 'major' | 'moderate' | 'minor';

/** A medicine to be judged: a product, an ingredient, or only words (which cannot be judged and are reported so). */
export interface ScreenedMedicine {
  readonly drugId?: number;
  readonly ingredientId?: number;
  readonly text?: string;
  /** Single dose, where stated; the amount is a decimal string. */
  readonly dose?: {
    readonly amount: string;
    readonly unit: string;
    readonly frequencyPerDay?: string | null;
  };
  readonly days?: number;
}

/** What is known of the person; undefined or null means not known, which is reported and never taken as safe. */
export interface ScreenedPatient {
  readonly birthDate?: string | null;
  readonly sex?: 'male' | 'female' | 'unknown' | null;
  readonly weightKg?: string | null;
  /** Day each of these was measured, asked or told; not given: taken for true today. */
  readonly weightRecordedOn?: string | null;
  readonly egfrRecordedOn?: string | null;
  readonly childPughRecordedOn?: string | null;
  readonly pregnancyRecordedOn?: string | null;
  readonly lactationRecordedOn?: string | null;
  /** Renal function as measured, mL/min/1.73 m². */
  readonly egfr?: string | null;
  /** Serum creatinine, µmol/L: renal function is computed from it where it is later than the one measured. */
  readonly creatinineUmolL?: string | null;
  readonly creatinineRecordedOn?: string | null;
  /** Hepatic function. */
  readonly childPugh?: 'A' | 'B' | 'C' | null;
  readonly pregnant?: boolean | null;
  /** Of the pregnancy: 1, 2 or 3. A due date says better. */
  readonly trimester?: number | null;
  /** Day the birth is expected. */
  readonly dueDate?: string | null;
  readonly lactating?: boolean | null;
  readonly allergyStatus: 'not_asked' | 'none_known' | 'recorded';
  readonly allergies: readonly {
    readonly ingredientId?: number | null;
    readonly groupId?: number | null;
    readonly text?: string | null;
  }[];
  readonly conditions: readonly { readonly icd10: string | null; readonly name: string }[];
}

/** Everything one screening judges. */
export interface ScreeningFacts {
  readonly patient: ScreenedPatient;
  /** Medicines about to be dispensed or sold. */
  readonly proposed: readonly ScreenedMedicine[];
  /** Medicines the patient takes already. Pairs among these alone are not reported. */
  readonly current: readonly ScreenedMedicine[];
  /** Products on the shelf whose names are near those of proposed ones; see look-alike.domain. */
  readonly lookAlikes?: readonly LookAlike[];
  /** Of a fill that is asked for: when a refill of the product is due. Absent: no supply given before. */
  readonly refill?: DueRefill;
  /** Day the screening is for, 'YYYY-MM-DD' at the branch. */
  readonly today: string;
}

/** A refill and the first day on which it is not early, 'YYYY-MM-DD', by the policy of the branch. */
export interface DueRefill {
  readonly drugId: number;
  readonly fillNumber: number;
  readonly eligibleOn: string;
}

/** Two products of which one may be taken for the other. Names in Tall-Man lettering: the part that differs in capitals. */
export interface LookAlike {
  readonly drugId: number;
  readonly name: string;
  readonly otherDrugId: number;
  readonly otherName: string;
  /** Whether it is the spelling that is near, or the sound. */
  readonly by: 'spelling' | 'sound';
  /** 0 to 100. */
  readonly likeness: number;
}

export interface AlertSubject {
  readonly kind: 'drug' | 'ingredient' | 'group' | 'allergy' | 'condition' | 'patient';
  readonly id: number | null;
  readonly name: string;
}

export type AlertKind =
  | 'interaction'
  | 'allergy'
  | 'duplicate_ingredient'
  | 'duplicate_therapy'
  | 'contraindication'
  | 'dose'
  | 'early_refill'
  | 'look_alike';

/** One finding. `fingerprint` is the same whenever the same rule version finds the same thing about the same subjects. */
export interface ClinicalAlert {
  readonly fingerprint: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly subjects: readonly AlertSubject[];
  readonly message: string;
  readonly management: string;
  readonly source: string;
  readonly ruleId: number | null;
  readonly ruleCode: string | null;
  readonly ruleVersion: number | null;
  /** True for contraindicated and major: the fill waits until a pharmacist overrides. */
  readonly stops: boolean;
}

/** A check that could not be made, and why. Silence never means safe. */
export interface NotChecked {
  readonly rule: AlertKind | 'all';
  readonly reason: string;
  readonly subjects: readonly AlertSubject[];
}

/** The verdict, in a stable order: gravest first. */
export interface Screening {
  readonly alerts: readonly ClinicalAlert[];
  readonly notChecked: readonly NotChecked[];
}

/** What a name means in the catalogue: an ingredient, or a group of them. */
export interface NamedClinicalSubject {
  readonly ingredientId: number | null;
  readonly groupId: number | null;
}

/** A product as it would be if it were made of something else. Amounts are decimal strings. */
export interface ChangedProduct {
  readonly drugId: number;
  readonly ingredientStatus: 'linked' | 'partial' | 'unlinked';
  readonly composition: readonly {
    readonly ingredientId: number | null;
    readonly amount: string | null;
    readonly unit: string | null;
    readonly perAmount: string | null;
    readonly perUnit: string | null;
  }[];
}
