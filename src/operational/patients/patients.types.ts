import type { ScreenedMedicine, ScreenedPatient } from '../../reference/clinical/clinical.types.js';

export type Sex = 'male' | 'female' | 'unknown';
/** `none_known` is an answer of the patient; `not_asked` is the want of one. */
export type AllergyStatus = 'not_asked' | 'none_known' | 'recorded';
/** Class of hepatic function, worst last. */
export type ChildPugh = 'A' | 'B' | 'C';
export type PageLanguage = 'ar' | 'en';

/** What is known of a patient for a screening: the person, and what he takes already. */
export interface PatientFacts {
  readonly patient: ScreenedPatient;
  readonly current: readonly ScreenedMedicine[];
  /** Business day of his branch. */
  readonly today: string;
}
