import { AUXILIARY, type Auxiliary } from './auxiliary-labels.domain.js';

/** What is known of the medicine on the label. */
export interface LabelledMedicine {
  /** ATC codes of the product and of its ingredients. */
  readonly atcCodes: readonly string[];
  /** Names of its ingredients, lower case. */
  readonly ingredients: readonly string[];
  readonly dosageForm: string | null;
}

/** An alert the fill was allowed under. */
export interface LabelledAlert {
  readonly kind: string;
  readonly subjects: readonly { readonly name: string }[];
  readonly message: string;
  readonly source: string;
}

/** A caution in both languages. */
export interface Caution {
  readonly en: string;
  readonly ar: string;
  readonly source: string;
}

function isMeant(label: Auxiliary, medicine: LabelledMedicine): boolean {
  const form = medicine.dosageForm?.toLowerCase() ?? '';
  const starts = (prefixes: readonly string[] | undefined): boolean =>
    prefixes?.some((prefix) => medicine.atcCodes.some((code) => code.startsWith(prefix))) ?? false;
  if (starts(label.notAtc) || (label.notForm?.test(form) ?? false)) return false;
  const byMedicine =
    starts(label.atc) ||
    (label.ingredients?.some((name) =>
      medicine.ingredients.some((one) => one === name || one.startsWith(`${name} `)),
    ) ??
      false);
  const byForm = label.form?.test(form) ?? false;
  // A label of a form alone needs no medicine; a label of both needs both.
  if (label.atc === undefined && label.ingredients === undefined) return byForm;
  return byMedicine && (label.form === undefined || byForm);
}

/** Auxiliary labels of a medicine, the gravest first. */
export const auxiliaryLabels = (medicine: LabelledMedicine): Caution[] =>
  AUXILIARY.filter((label) => isMeant(label, medicine)).map(({ en, ar, source }) => ({ en, ar, source }));

/** Most interactions named on a label; the rest is with the pharmacist anyhow. */
const MOST_NAMES = 4;

/** What the screening of the fill found and a patient can act on: what else he takes that does not go with it. */
export function screeningCautions(alerts: readonly LabelledAlert[]): Caution[] {
  const found = alerts.filter((alert) => alert.kind === 'interaction' && alert.subjects.length > 1);
  const names = [...new Set(found.flatMap((alert) => alert.subjects.map((subject) => subject.name)))].slice(
    0,
    MOST_NAMES,
  );
  const [first] = found;
  if (!first) return [];
  const list = names.map((name) => `\u2068${name}\u2069`).join(', ');
  return [
    {
      en: `Affects or is affected by other medicines you take (${list}). Tell your doctor or pharmacist of any change.`,
      ar: `يتفاعل مع أدوية أخرى تتناولها (${list}). أخبر طبيبك أو الصيدلي بأي تغيير.`,
      source: first.source,
    },
  ];
}
