import type { ImportedRule, RuleKindName } from '../../clinical/rule-sets/rule-sets.types.js';
import { foldText } from '../../../platform/text/fold.js';
import { CODE_FIELD, RULE_LAYOUTS, type FieldForm } from './rule-fields.domain.js';
import type { FoundSubject } from '../../clinical/rule-sets/rule-sets.types.js';
import type { RuleIngredient, RuleSubjects } from './rule-subjects.domain.js';
import { readEvidence, readSeverity, type SeverityMeaning } from './rule-words.domain.js';

/** Longest value taken; the schema of the rules is stricter. */
const LONGEST_VALUE = 5000;

/** The values of a row by field; a field that is not stated is absent or ''. */
export type RuleValues = ReadonlyMap<string, string>;

/** What is wrong with a field of a row. */
export interface ValueFault {
  readonly field: string;
  readonly reason: string;
  readonly value: string;
}

/** A row as a rule, with its subjects as written, and what is wrong with it; `rule` then has what could be read. */
export interface RuleReading {
  readonly rule: ImportedRule;
  readonly written: string;
  readonly faults: readonly ValueFault[];
}

/** What a row is read with. */
export interface RuleReadingBasis {
  readonly subjects: RuleSubjects;
  readonly products: ReadonlyMap<number, RuleIngredient | null>;
  readonly severityWords: ReadonlyMap<string, SeverityMeaning>;
  /** Routes a dose limit may be for, in lower case. */
  readonly routes: ReadonlySet<string>;
}

type Read = { readonly value: unknown } | { readonly reason: string };

const list = (text: string): string[] =>
  text
    .split('|')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

const SEVERITY_REASONS: Readonly<Record<'none' | 'unknown', string>> = {
  none: 'says that there is no interaction: nothing to warn of',
  unknown: 'says that it is not known; give it a meaning in the mapping to take it',
};

function readValue(form: FieldForm, text: string, basis: RuleReadingBasis): Read {
  switch (form) {
    case 'text':
      return text.length > LONGEST_VALUE ? { reason: 'is too long' } : { value: text };
    case 'count':
      return /^\d{1,5}$/.test(text) ? { value: Number(text) } : { reason: 'is not a whole number' };
    case 'list':
      return { value: list(text) };
    case 'counts': {
      const entries = list(text);
      return entries.every((entry) => /^\d$/.test(entry))
        ? { value: entries.map(Number) }
        : { reason: 'is not a list such as 1|2' };
    }
    case 'severity': {
      const severity = readSeverity(text, basis.severityWords);
      if (severity === undefined) return { reason: 'is no severity; give it a meaning in the mapping' };
      return severity === 'none' || severity === 'unknown'
        ? { reason: SEVERITY_REASONS[severity] }
        : { value: severity };
    }
    case 'evidence': {
      const evidence = readEvidence(text);
      return evidence === undefined ? { reason: 'is no word on evidence' } : { value: evidence };
    }
  }
}

/** Reads the values of a row as a rule of a kind, its subjects found in the catalogue. Every fault is told. */
export function readRule(kind: RuleKindName, values: RuleValues, basis: RuleReadingBasis): RuleReading {
  const layout = RULE_LAYOUTS[kind];
  const faults: ValueFault[] = [];
  const subjects: FoundSubject[] = [];
  const written: string[] = [];
  for (const { name } of layout.subjects) {
    const text = values.get(name) ?? '';
    const finding = basis.subjects.find(text, values.get(`${name}Kind`) ?? '', basis.products);
    written.push(foldText(text));
    if ('found' in finding) subjects.push(finding.found);
    else faults.push({ field: name, reason: finding.reason, value: text });
  }
  const fields: Record<string, unknown> = {};
  for (const [name, { form }] of Object.entries(layout.fields)) {
    const text = (values.get(name) ?? '').trim();
    if (text === '') continue;
    const read = readValue(form, text, basis);
    if ('value' in read) fields[name] = read.value;
    else faults.push({ field: name, reason: read.reason, value: text });
  }
  if (typeof fields.route === 'string') {
    fields.route = fields.route.toLowerCase();
    if (!basis.routes.has(String(fields.route)))
      faults.push({
        field: 'route',
        reason: 'is no route of the catalogue',
        value: values.get('route') ?? '',
      });
  }
  // A list that does not say how well a rule is shown has not shown it.
  if (layout.fields.evidence !== undefined) fields.evidence ??= 'suspected';
  const code = (values.get(CODE_FIELD) ?? '').trim();
  const found = subjects.length === layout.subjects.length ? subjects : [];
  return {
    rule: { ...(code === '' ? {} : { code }), subjects: found, fields },
    written: written.join('|'),
    faults,
  };
}
