import { addDays, isCalendarDate } from '../../../platform/time/local-date.js';
import type { MedicineWords } from '../../../reference/coding/coding.types.js';
import { readAllergy } from '../reading/fhir-allergies.domain.js';
import { icd10Of, labelOf, plainText, statusCode } from '../reading/fhir-codes.domain.js';
import { readIntakes } from '../reading/fhir-dosage.domain.js';
import { nameMedicine } from '../reading/fhir-medicine.domain.js';
import { saysPregnant } from '../reading/fhir-person.domain.js';
import type {
  FhirAllergy,
  FhirConcept,
  FhirCondition,
  FhirDosage,
  FhirMedication,
  FhirMedicationUse,
} from '../reading/fhir.types.js';

/** A record that is kept, or why it is not. `facts` are the whole of what is read: their hash tells a change. */
export type Reading<T> =
  | { readonly kind: 'kept'; readonly facts: T; readonly notes: readonly string[] }
  /** Says that what it told before was a mistake. */
  | { readonly kind: 'error' }
  | { readonly kind: 'skipped'; readonly reason: string };

const MOST_TEXT = 300;
const MOST_REACTION = 500;

export interface AllergyFacts {
  readonly label: string;
  readonly words: MedicineWords;
  readonly reaction: string | null;
  readonly severity: 'mild' | 'moderate' | 'severe' | 'unknown';
  readonly status: 'active' | 'inactive';
  /** True: no allergen, but that the patient was asked and knows of none. */
  readonly isNoneKnown: boolean;
}

interface AllergyMore {
  readonly criticality?: string;
  readonly reaction?: readonly {
    readonly substance?: FhirConcept;
    readonly manifestation?: readonly FhirConcept[];
    readonly description?: string;
    readonly severity?: string;
  }[];
}

const GRAVITY = ['mild', 'moderate', 'severe'] as const;

function severityOf({ criticality, reaction }: AllergyMore): AllergyFacts['severity'] {
  const stated = (reaction ?? []).map(({ severity }) => GRAVITY.findIndex((word) => word === severity));
  const worst = Math.max(-1, ...stated);
  return GRAVITY[worst] ?? (criticality === 'high' ? 'severe' : 'unknown');
}

export function readAllergyRecord(
  record: Omit<FhirAllergy, 'reaction'> & AllergyMore,
): Reading<AllergyFacts> {
  const verification = statusCode(record.verificationStatus);
  if (verification === 'entered-in-error') return { kind: 'error' };
  if (verification === 'refuted')
    return { kind: 'skipped', reason: 'refuted: the allergy was found not to be one' };
  const reading = readAllergy({
    ...record,
    reaction: record.reaction?.map(({ substance }) => ({ substance })),
  });
  const isOver = ['inactive', 'resolved'].includes(statusCode(record.clinicalStatus) ?? '');
  if (reading.kind === 'none-of-another-sort')
    return { kind: 'skipped', reason: 'says that an allergy to something else than medicines is not known' };
  if (reading.kind === 'none-known') {
    if (isOver) return { kind: 'skipped', reason: 'said that no allergy is known, and no longer says so' };
    return {
      kind: 'kept',
      notes: [],
      facts: {
        label: '',
        words: { codes: [], names: [] },
        reaction: null,
        severity: 'unknown',
        status: 'active',
        isNoneKnown: true,
      },
    };
  }
  const happened = (record.reaction ?? []).flatMap(({ manifestation, description }) => [
    ...(manifestation ?? []).flatMap((one) => labelOf(one) ?? []),
    ...(description === undefined ? [] : [description]),
  ]);
  const reaction = plainText([...new Set(happened)].join('; '), MOST_REACTION);
  const { label, words } = reading.allergy;
  return {
    kind: 'kept',
    notes: words.codes.length + words.names.length === 0 ? ['the record does not name the allergen'] : [],
    facts: {
      label: plainText(label, MOST_TEXT),
      words,
      reaction: reaction === '' ? null : reaction,
      severity: severityOf(record),
      status: isOver ? 'inactive' : 'active',
      isNoneKnown: false,
    },
  };
}

export interface ConditionFacts {
  readonly icd10: string | null;
  readonly name: string;
  readonly onsetDate: string | null;
  readonly status: 'active' | 'resolved';
  /** True: it says that the patient is (or was) pregnant. */
  readonly isPregnancy: boolean;
}

interface ConditionMore {
  readonly onsetDateTime?: string;
  readonly onsetPeriod?: { readonly start?: string };
  readonly abatementDateTime?: string;
  readonly abatementPeriod?: object;
  readonly abatementString?: string;
  readonly abatementBoolean?: boolean;
  readonly abatementAge?: object;
}

export function readConditionRecord(record: FhirCondition & ConditionMore): Reading<ConditionFacts> {
  const verification = statusCode(record.verificationStatus);
  if (verification === 'entered-in-error') return { kind: 'error' };
  if (verification === 'refuted')
    return { kind: 'skipped', reason: 'refuted: the condition was found not to be there' };
  const clinical = statusCode(record.clinicalStatus);
  const hasEnded =
    record.abatementDateTime !== undefined ||
    record.abatementPeriod !== undefined ||
    record.abatementString !== undefined ||
    record.abatementBoolean === true ||
    record.abatementAge !== undefined;
  const isOver =
    ['inactive', 'remission', 'resolved'].includes(clinical ?? '') || (clinical === undefined && hasEnded);
  const onset = wholeDay(record.onsetDateTime ?? record.onsetPeriod?.start);
  const label = labelOf(record.code);
  const icd10 = icd10Of(record.code) ?? null;
  return {
    kind: 'kept',
    notes: label === undefined ? ['the record does not name the condition'] : [],
    facts: {
      icd10,
      name: plainText(label ?? 'a condition without a name', MOST_TEXT),
      onsetDate: onset,
      status: isOver ? 'resolved' : 'active',
      isPregnancy: saysPregnant(record, icd10 ?? undefined),
    },
  };
}

export interface MedicineFacts {
  readonly label: string;
  readonly words: MedicineWords;
  /** Ingredients its Medication lists, which say more than its name. */
  readonly ingredients: readonly MedicineWords[];
  readonly dose: string | null;
  readonly startedOn: string | null;
  /** Last day it was taken, where it is stated. */
  readonly endedOn: string | null;
  /** True: it is no longer taken, whether or not it is stated since when. */
  readonly isOver: boolean;
}

interface MedicineMore {
  readonly authoredOn?: string;
  readonly dateWritten?: string;
  readonly effectiveDateTime?: string;
  readonly effectivePeriod?: { readonly start?: string; readonly end?: string };
}

/** Why a record of a medicine says of nobody that he takes or took it, by its status. */
const NEVER_TAKEN: ReadonlyMap<string, string> = new Map([
  ['draft', 'a draft: it was not ordered yet'],
  ['cancelled', 'cancelled before it was given'],
  ['not-taken', 'not taken'],
  ['declined', 'declined: it was not handed over'],
  ['preparation', 'not handed over yet'],
  ['in-progress', 'not handed over yet'],
]);
const OVER = new Set(['completed', 'stopped', 'ended']);
/** Days a medicine that was handed over counts as taken, where its supply is not stated. */
const SUPPLY_DAYS = 90;

export function readMedicineRecord(
  record: FhirMedicationUse & MedicineMore,
  medications: ReadonlyMap<string, FhirMedication>,
): Reading<MedicineFacts> {
  const { status, intent, resourceType } = record;
  const isDispense = resourceType === 'MedicationDispense';
  if (status === 'entered-in-error') return { kind: 'error' };
  if (record.doNotPerform === true) return { kind: 'skipped', reason: 'an order not to give the medicine' };
  if (intent === 'proposal' || intent === 'option')
    return { kind: 'skipped', reason: 'a proposal, not an order' };
  const never = NEVER_TAKEN.get(status ?? '');
  if (never !== undefined) return { kind: 'skipped', reason: never };
  const medicine = nameMedicine(record, medications, undefined);
  const given = record.medicationReference?.reference;
  const intakes = readIntakes(record, undefined);
  const starts = [
    record.effectivePeriod?.start,
    record.effectiveDateTime,
    record.whenHandedOver,
    record.whenPrepared,
    record.authoredOn,
    record.dateWritten,
  ];
  const startedOn = starts.map(wholeDay).find((day) => day !== null) ?? null;
  const bounds = [...(record.dosageInstruction ?? []), ...(record.dosage ?? [])].map((dosage) =>
    wholeDay(dosage.timing?.repeat?.boundsPeriod?.end),
  );
  const stated = wholeDay(record.effectivePeriod?.end) ?? latest(bounds);
  const supply = intakes[0]?.days ?? (isDispense ? SUPPLY_DAYS : undefined);
  const ranOut =
    isDispense && startedOn !== null && supply !== undefined ? plusDays(startedOn, supply) : null;
  const endedOn = stated ?? ranOut;
  return {
    kind: 'kept',
    notes: medicine
      ? []
      : [
          given === undefined
            ? 'the record does not name the medicine'
            : 'the Medication it refers to was not sent',
        ],
    facts: {
      label: plainText(medicine?.label ?? 'a medicine without a name', MOST_TEXT),
      words: medicine?.words ?? { codes: [], names: [] },
      ingredients: (medicine?.ingredients ?? []).map((ingredient) => ingredient.words),
      dose: doseText(record.dosageInstruction ?? record.dosage ?? [], intakes),
      startedOn,
      endedOn: endedOn !== null && startedOn !== null && endedOn < startedOn ? startedOn : endedOn,
      isOver: !isDispense && OVER.has(status ?? ''),
    },
  };
}

/** How it is taken: the words of the directions, else what their parts say. */
function doseText(
  dosages: readonly FhirDosage[],
  intakes: readonly {
    readonly dose?: string;
    readonly unit?: string;
    readonly frequencyPerDay?: string;
    readonly days?: number;
  }[],
): string | null {
  const written = dosages.flatMap(({ text, patientInstruction }) => text ?? patientInstruction ?? []);
  const asNeeded = dosages.some(
    ({ asNeededBoolean, asNeededCodeableConcept }) =>
      asNeededBoolean === true || asNeededCodeableConcept !== undefined,
  );
  const parts = intakes.map(({ dose, unit, frequencyPerDay, days }) =>
    [
      ...(dose === undefined ? [] : [`${dose} ${unit ?? ''}`.trim()]),
      ...(frequencyPerDay === undefined ? [] : [`${frequencyPerDay} × in 24 h`]),
      ...(days === undefined ? [] : [`${days} days`]),
    ].join(', '),
  );
  const lines = written.length > 0 ? written : [...parts, ...(asNeeded ? ['as needed'] : [])];
  const text = plainText(lines.filter((line) => line !== '').join('; '), MOST_TEXT);
  return text === '' ? null : text;
}

/** A whole calendar day at the beginning of a date or time; null for a part of one. */
function wholeDay(stated: string | undefined): string | null {
  const day = stated?.slice(0, 10);
  return day !== undefined && isCalendarDate(day) && day > '1890-01-01' ? day : null;
}

function latest(days: readonly (string | null)[]): string | null {
  const known = days.flatMap((day) => day ?? []);
  return known.length > 0 && known.length === days.length ? (known.sort().at(-1) ?? null) : null;
}

/** So many days later; null where the calendar ends. */
function plusDays(day: string, days: number): string | null {
  const later = addDays(day, days);
  return isCalendarDate(later) ? later : null;
}

/** Last day a medicine was taken, for one that is over or whose end is stated; null: it is taken still, or may be. */
export function lastDay(
  { startedOn, endedOn, isOver }: Pick<MedicineFacts, 'startedOn' | 'endedOn' | 'isOver'>,
  yesterday: string,
): string | null {
  if (!isOver) return endedOn;
  const past = endedOn !== null && endedOn <= yesterday ? endedOn : (startedOn ?? yesterday);
  return startedOn !== null && past < startedOn ? startedOn : past;
}
