import { RULE_FIELDS, type RuleField, type RuleKindName, type SubjectKind } from './rule-kinds.domain';

/** What a rule is about, as the server shows it. */
export interface RuleSubject {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  readonly groupCode: string | null;
}

type RuleValue = string | number | null | readonly (string | number)[] | RuleSubject;

/** A version of a rule of any kind, as the server shows it; beside these it has the fields of its kind. */
export interface ClinicalRule {
  readonly id: number;
  readonly code: string;
  readonly version: number;
  readonly source: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly [field: string]: RuleValue | undefined;
}

/** A rule while it is written: texts as typed, subjects as chosen. */
export interface RuleDraft {
  readonly texts: Readonly<Record<string, string>>;
  readonly subjects: Readonly<Record<string, RuleSubject | null>>;
}

const isSubject = (value: RuleValue | undefined): value is RuleSubject =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** The subject of a rule in a field, if that is one. */
export function subjectOf(rule: ClinicalRule, name: string): RuleSubject | null {
  const value = Object.hasOwn(rule, name) ? rule[name] : undefined;
  return isSubject(value) ? value : null;
}

/** A value of a rule as it is typed; lists with commas, what is not said empty. */
export function textOf(rule: ClinicalRule, name: string): string {
  const value = Object.hasOwn(rule, name) ? rule[name] : undefined;
  if (value === undefined || value === null || isSubject(value)) return '';
  return typeof value === 'object' ? value.join(', ') : String(value);
}

/** A rule as a draft to be changed; without one, an empty draft of that kind. */
export function draftOf(kind: RuleKindName, rule?: ClinicalRule): RuleDraft {
  const texts: Record<string, string> = {};
  const subjects: Record<string, RuleSubject | null> = {};
  for (const field of RULE_FIELDS[kind])
    if (field.is === 'subject') subjects[field.name] = rule ? subjectOf(rule, field.name) : null;
    else texts[field.name] = rule ? textOf(rule, field.name) : firstChoice(field);
  return { texts, subjects };
}

const firstChoice = (field: RuleField): string =>
  field.is === 'choice' && field.required ? (field.choices[0] ?? '') : '';

/** Fields that must be filled in and are not. */
export function missingIn(kind: RuleKindName, draft: RuleDraft): RuleField['name'][] {
  return RULE_FIELDS[kind]
    .filter((field) => {
      if (field.is === 'subject') return !draft.subjects[field.name];
      return field.required === true && (draft.texts[field.name] ?? '').trim() === '';
    })
    .map(({ name }) => name);
}

/** What is sent to make a rule. */
export function toCreate(kind: RuleKindName, draft: RuleDraft): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of RULE_FIELDS[kind]) {
    const value = valueOf(field, draft);
    if (value !== null) body[field.name] = value;
  }
  return body;
}

/**
 * What is sent to change a rule: what differs from it, and the version it was read as. Undefined where nothing differs. The two
 * sides of an interaction change together, and with them the routes they hold for.
 */
export function toChange(
  kind: RuleKindName,
  draft: RuleDraft,
  rule: ClinicalRule,
): Record<string, unknown> | undefined {
  const before = draftOf(kind, rule);
  const fields = RULE_FIELDS[kind].filter((field) => !('onlyNew' in field && field.onlyNew === true));
  const changed = new Set(fields.filter((field) => differs(field, before, draft)).map(({ name }) => name));
  if (changed.size === 0) return undefined;
  if (changed.has('a') || changed.has('b'))
    for (const name of ['a', 'b', 'aRoutes', 'bRoutes'] as const) changed.add(name);
  const values = fields
    .filter(({ name }) => changed.has(name))
    .map((field) => [field.name, valueOf(field, draft)] as const);
  return { ...Object.fromEntries(values), version: rule.version };
}

function differs(field: RuleField, before: RuleDraft, after: RuleDraft): boolean {
  return JSON.stringify(valueOf(field, before)) !== JSON.stringify(valueOf(field, after));
}

/** A field as the server takes it; null where nothing is said. */
function valueOf(field: RuleField, draft: RuleDraft): unknown {
  if (field.is === 'subject') return subjectReference(draft.subjects[field.name] ?? null);
  const text = (draft.texts[field.name] ?? '').trim();
  if (text === '') return field.name === 'mechanism' ? '' : null;
  switch (field.is) {
    case 'whole':
      return Number(text);
    case 'list':
      return partsOf(text);
    case 'numbers':
      return partsOf(text).map(Number);
    case 'code':
      return text.toUpperCase();
    default:
      return text;
  }
}

function partsOf(text: string): string[] {
  return text
    .split(/[,،]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function subjectReference(subject: RuleSubject | null): unknown {
  if (!subject) return null;
  if (subject.kind === 'group') return { groupCode: subject.groupCode };
  return subject.kind === 'drug' ? { drugId: subject.id } : { ingredientId: subject.id };
}
