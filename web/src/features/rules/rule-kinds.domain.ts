/** Tables of clinical rules, as the address and the interface of the server name them. */
export const RULE_KINDS = [
  'interactions',
  'allergy-rules',
  'contraindications',
  'dosage-guidelines',
] as const;
export type RuleKindName = (typeof RULE_KINDS)[number];

/** The kind of that name in the address; undefined where there is none. */
export function kindNamed(name: string): RuleKindName | undefined {
  return RULE_KINDS.find((kind) => kind === name);
}

/** What a rule may be about. */
export type SubjectKind = 'ingredient' | 'group' | 'drug';

/** Choices of the fields that have some: words are called `rules.choice.<word>`, codes are the same in every language. */
const CHOICES = {
  severity: ['contraindicated', 'major', 'moderate', 'minor'],
  evidence: ['established', 'probable', 'suspected'],
  kind: ['condition', 'age', 'pregnancy', 'lactation', 'sex', 'renal', 'hepatic'],
  sex: ['male', 'female'],
  childPughFrom: ['A', 'B', 'C'],
  unit: ['mg', 'mcg', 'g', 'ml', 'iu'],
} as const;
export type ChoiceName = keyof typeof CHOICES;
export type Choice = (typeof CHOICES)[ChoiceName][number];
type CodeChoice = (typeof CHOICES)['childPughFrom' | 'unit'][number];

/** True for a choice that is a word and has one in each language. */
export function isWord(choice: Choice): choice is Exclude<Choice, CodeChoice> {
  const codes: readonly Choice[] = [...CHOICES.childPughFrom, ...CHOICES.unit];
  return !codes.includes(choice);
}

interface SubjectField {
  readonly is: 'subject';
  readonly name: 'a' | 'b' | 'allergen' | 'cross' | 'subject';
  readonly allows: readonly SubjectKind[];
  /** Another subject is another rule. */
  readonly onlyNew?: boolean;
}

interface ChoiceField {
  readonly is: 'choice';
  readonly name: ChoiceName;
  readonly choices: readonly Choice[];
  readonly required: boolean;
  readonly onlyNew?: boolean;
}

interface TextField {
  /** `words` is several lines; `list` is written with commas; `whole` and `numbers` are whole numbers. */
  readonly is: 'text' | 'code' | 'words' | 'decimal' | 'whole' | 'list' | 'numbers';
  readonly name: TextName;
  readonly required?: boolean;
  readonly maxLength?: number;
}

export type TextName =
  | 'aRoutes'
  | 'bRoutes'
  | 'routes'
  | 'route'
  | 'forms'
  | 'form'
  | 'mechanism'
  | 'description'
  | 'message'
  | 'management'
  | 'source'
  | 'icd10'
  | 'conditionName'
  | 'indicationIcd10'
  | 'indicationName'
  | 'ageMinMonths'
  | 'ageMaxMonths'
  | 'weightMinKg'
  | 'weightMaxKg'
  | 'egfrBelow'
  | 'trimesters'
  | 'maxSingleDose'
  | 'maxSinglePerKg'
  | 'maxDailyDose'
  | 'maxDailyPerKg'
  | 'maxCourseDose'
  | 'maxFrequencyPerDay'
  | 'maxDurationDays';

/** One field of a rule; what it is called is `rules.field.<name>`. */
export type RuleField = SubjectField | ChoiceField | TextField;

const INGREDIENT_OR_GROUP: readonly SubjectKind[] = ['ingredient', 'group'];
const ANYTHING: readonly SubjectKind[] = ['ingredient', 'group', 'drug'];

const choice = (name: ChoiceName, required = true, onlyNew = false): ChoiceField => ({
  is: 'choice',
  name,
  choices: CHOICES[name],
  required,
  onlyNew,
});
const words = (name: TextName, required = true): TextField => ({
  is: 'words',
  name,
  required,
  maxLength: 1000,
});
const decimal = (name: TextName): TextField => ({ is: 'decimal', name, maxLength: 19 });
const whole = (name: TextName): TextField => ({ is: 'whole', name, maxLength: 4 });
const list = (name: TextName): TextField => ({ is: 'list', name, maxLength: 500 });
const code = (name: TextName): TextField => ({ is: 'code', name, maxLength: 8 });
const text = (name: TextName, maxLength: number): TextField => ({ is: 'text', name, maxLength });

const SOURCE: TextField = { is: 'text', name: 'source', required: true, maxLength: 500 };
const WHOM: readonly RuleField[] = [
  whole('ageMinMonths'),
  whole('ageMaxMonths'),
  decimal('weightMinKg'),
  decimal('weightMaxKg'),
  decimal('egfrBelow'),
];

/** What a rule of each kind says, in the order it is asked for; its source always comes last and is always needed. */
export const RULE_FIELDS: Readonly<Record<RuleKindName, readonly RuleField[]>> = {
  interactions: [
    { is: 'subject', name: 'a', allows: ANYTHING },
    { is: 'subject', name: 'b', allows: ANYTHING },
    list('aRoutes'),
    list('bRoutes'),
    choice('severity'),
    choice('evidence'),
    words('description'),
    words('management'),
    words('mechanism', false),
    SOURCE,
  ],
  'allergy-rules': [
    { is: 'subject', name: 'allergen', allows: INGREDIENT_OR_GROUP },
    { is: 'subject', name: 'cross', allows: INGREDIENT_OR_GROUP },
    choice('severity'),
    choice('evidence'),
    words('message'),
    words('management'),
    SOURCE,
  ],
  contraindications: [
    { is: 'subject', name: 'subject', allows: INGREDIENT_OR_GROUP },
    choice('kind', true, true),
    code('icd10'),
    text('conditionName', 300),
    choice('sex', false),
    { is: 'numbers', name: 'trimesters', maxLength: 10 },
    choice('childPughFrom', false),
    ...WHOM,
    list('routes'),
    list('forms'),
    choice('severity'),
    choice('evidence'),
    words('message'),
    words('management'),
    SOURCE,
  ],
  'dosage-guidelines': [
    { is: 'subject', name: 'subject', allows: ['ingredient'], onlyNew: true },
    choice('unit'),
    decimal('maxSingleDose'),
    decimal('maxSinglePerKg'),
    decimal('maxDailyDose'),
    decimal('maxDailyPerKg'),
    decimal('maxCourseDose'),
    decimal('maxFrequencyPerDay'),
    whole('maxDurationDays'),
    text('route', 100),
    text('form', 100),
    code('indicationIcd10'),
    text('indicationName', 300),
    ...WHOM,
    choice('evidence'),
    words('message'),
    words('management', false),
    SOURCE,
  ],
};

/** Dose limits have no severity: too much is always a finding. */
export const hasSeverity = (kind: RuleKindName): boolean => kind !== 'dosage-guidelines';
