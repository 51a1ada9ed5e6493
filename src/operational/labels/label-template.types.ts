/** Papers a label is printed on. */
export const LABEL_SIZES = ['70x35', '80mm', 'A4'] as const;
export type LabelSize = (typeof LABEL_SIZES)[number];

/** Language of a label: the patient's, one for all, or both. */
export const LABEL_LANGUAGES = ['patient', 'ar', 'en', 'both'] as const;
export type PageLanguages = (typeof LABEL_LANGUAGES)[number];

/** What a branch may leave out. Patient, medicine, directions, quantity, number and date are on every label. */
export const LABEL_LINES = ['cautions', 'barcode', 'prescriber', 'lots', 'address', 'storage'] as const;
export type LabelLine = (typeof LABEL_LINES)[number];

/** How a branch's labels look. */
export interface LabelTemplate {
  readonly size: LabelSize;
  readonly languages: PageLanguages;
  readonly lines: readonly LabelLine[];
  /** Said above and below, as the branch wrote it. */
  readonly header: string | null;
  readonly footer: string | null;
  /** 0 until the branch has a template of its own. */
  readonly version: number;
}

/** Labels of a branch that has chosen nothing. */
export const DEFAULT_TEMPLATE: LabelTemplate = {
  size: '70x35',
  languages: 'patient',
  lines: ['cautions', 'barcode', 'prescriber', 'lots', 'address'],
  header: null,
  footer: null,
  version: 0,
};
