export type Answer = 'notAsked' | 'yes' | 'no';
export const ANSWERS = ['notAsked', 'yes', 'no'] as const;
export const CHILD_PUGH = ['A', 'B', 'C'] as const;
export const TRIMESTERS = ['1', '2', '3'] as const;

/** What of a patient changes with time, as it stands in a form. An empty text is "not known". */
export interface StateDraft {
  readonly weightKg: string;
  readonly egfr: string;
  readonly childPugh: '' | (typeof CHILD_PUGH)[number];
  readonly pregnant: Answer;
  readonly trimester: '' | (typeof TRIMESTERS)[number];
  readonly dueDate: string;
  readonly lactating: Answer;
}

/** The same as it is sent; what is left out stays as it is. */
interface State {
  readonly weightKg?: string | null;
  readonly egfr?: string | null;
  readonly childPugh?: (typeof CHILD_PUGH)[number] | null;
  readonly pregnant?: boolean | null;
  readonly trimester?: number | null;
  readonly dueDate?: string | null;
  readonly lactating?: boolean | null;
}

/** What of a patient's record is asked here. */
export interface StateOnRecord extends Required<State> {
  readonly sex: 'male' | 'female' | 'unknown';
}

export const NO_STATE: StateDraft = {
  weightKg: '',
  egfr: '',
  childPugh: '',
  pregnant: 'notAsked',
  trimester: '',
  dueDate: '',
  lactating: 'notAsked',
};

const toAnswer = (value: boolean | null): Answer => (value === null ? 'notAsked' : value ? 'yes' : 'no');
const fromAnswer = (value: Answer): boolean | null => (value === 'notAsked' ? null : value === 'yes');

/** What is on record of a patient, as a form shows it. */
export function stateOf(patient: StateOnRecord): StateDraft {
  return {
    weightKg: patient.weightKg ?? '',
    egfr: patient.egfr ?? '',
    childPugh: patient.childPugh ?? '',
    pregnant: toAnswer(patient.pregnant),
    trimester: TRIMESTERS.find((one) => one === String(patient.trimester)) ?? '',
    dueDate: patient.dueDate ?? '',
    lactating: toAnswer(patient.lactating),
  };
}

/** The state as it is sent. A due date says the trimester; of somebody not pregnant neither is sent; a man is not asked. */
export function bodyOf(draft: StateDraft, sex: StateOnRecord['sex']): State {
  const isPregnant = draft.pregnant === 'yes';
  return {
    weightKg: draft.weightKg || null,
    egfr: draft.egfr || null,
    childPugh: draft.childPugh || null,
    ...(sex === 'male'
      ? {}
      : {
          pregnant: fromAnswer(draft.pregnant),
          ...(isPregnant
            ? {
                dueDate: draft.dueDate || null,
                trimester:
                  draft.dueDate === '' && draft.trimester !== ''
                    ? Number.parseInt(draft.trimester, 10)
                    : null,
              }
            : {}),
          lactating: fromAnswer(draft.lactating),
        }),
  };
}

/**
 * What of a form is to be saved: the values that differ from the record, so that the others keep the day they were recorded;
 * all of them where they were measured and asked again today.
 */
export function changesOf(patient: StateOnRecord, draft: StateDraft, isConfirmed: boolean): State {
  const after = bodyOf(draft, patient.sex);
  if (isConfirmed) return after;
  const before = bodyOf(stateOf(patient), patient.sex);
  const isPregnancyNew = (['pregnant', 'trimester', 'dueDate'] as const).some(
    (name) => (before[name] ?? null) !== (after[name] ?? null),
  );
  return {
    ...(before.weightKg === after.weightKg ? {} : { weightKg: after.weightKg }),
    ...(before.egfr === after.egfr ? {} : { egfr: after.egfr }),
    ...(before.childPugh === after.childPugh ? {} : { childPugh: after.childPugh }),
    ...(before.lactating === after.lactating ? {} : { lactating: after.lactating }),
    ...(isPregnancyNew
      ? {
          pregnant: after.pregnant,
          ...(after.pregnant === true ? { trimester: after.trimester, dueDate: after.dueDate } : {}),
        }
      : {}),
  };
}
