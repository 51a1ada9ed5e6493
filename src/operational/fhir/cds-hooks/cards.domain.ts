import { own } from '../../../platform/text/own.js';
import type {
  AlertSubject,
  ClinicalAlert,
  NotChecked,
  Severity,
} from '../../../reference/clinical/clinical.types.js';
import type { UnderstoodMedicine } from './check-input.domain.js';
import type { Gap } from '../reading/reading.types.js';
import { plainText } from '../reading/fhir-codes.domain.js';
import { markdownText } from './markdown.domain.js';

export const TOPIC_SYSTEM = 'urn:meditory:cds-topic';
export const OVERRIDE_REASON_SYSTEM = 'urn:meditory:override-reason';

/** The specification asks for less than 140 characters. */
const LONGEST_SUMMARY = 139;
const LONGEST_LABEL = 100;
/** Source of what comes of no rule. */
const OURSELVES = 'Meditory';
/** Cards of findings; nobody reads more, and one more says how many there are. */
const MOST_CARDS = 100;
/** Subjects named for one gap; a patient with 200 uncoded conditions is told the rest in a number. */
const MOST_NAMES = 10;

export type Indicator = 'info' | 'warning' | 'critical';

interface CardCoding {
  readonly code: string;
  readonly system: string;
  readonly display: string;
}

interface Action {
  readonly type: 'delete';
  readonly description: string;
  readonly resourceId: string;
}

export interface Card {
  readonly uuid: string;
  readonly summary: string;
  readonly detail: string;
  readonly indicator: Indicator;
  readonly source: { readonly label: string; readonly topic: CardCoding };
  readonly suggestions?: readonly {
    readonly uuid: string;
    readonly label: string;
    readonly actions: readonly Action[];
  }[];
  readonly selectionBehavior?: 'at-most-one';
  readonly overrideReasons?: readonly CardCoding[];
}

/** A card and the finding it tells of; null: it tells what was not checked. */
export interface MadeCard {
  readonly card: Card;
  readonly alert: ClinicalAlert | null;
}

const TOPICS: Readonly<Record<string, string>> = {
  interaction: 'Interaction',
  allergy: 'Allergy',
  duplicate_ingredient: 'Duplicate ingredient',
  contraindication: 'Contraindication',
  dose: 'Dose',
  'not-checked': 'Not checked',
  'more-findings': 'More findings',
};

const INDICATORS: Readonly<Record<Severity, Indicator>> = {
  contraindicated: 'critical',
  major: 'critical',
  moderate: 'warning',
  minor: 'info',
};

const wordsOf = (code: string): string => own(TOPICS, code) ?? capital(code.replaceAll('_', ' '));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const topic = (code: string): CardCoding => ({ code, system: TOPIC_SYSTEM, display: wordsOf(code) });

/** Kinds of subjects that are medicines, with the orders they may be. */
function ordersOf(
  subjects: readonly AlertSubject[],
  orders: readonly UnderstoodMedicine[],
): UnderstoodMedicine[] {
  return orders.filter(({ drugId, parts }) =>
    subjects.some(
      ({ kind, id }) =>
        (kind === 'drug' && drugId !== undefined && id === drugId) ||
        (kind === 'ingredient' && parts.some(({ ingredientId }) => ingredientId === id)),
    ),
  );
}

/**
 * Findings that are one card. Where the route of a medicine is not known, the limits of several routes find the same dose too
 * high: that is one thing to tell.
 */
function together(alerts: readonly ClinicalAlert[]): (readonly [ClinicalAlert, ...ClinicalAlert[]])[] {
  const groups = new Map<string, [ClinicalAlert, ...ClinicalAlert[]]>();
  for (const alert of alerts) {
    const subjects = alert.subjects.map(({ kind, id, name }) => `${kind}:${id ?? name}`).join(',');
    const key = alert.kind === 'dose' ? `dose|${alert.severity}|${subjects}` : `${groups.size}`;
    const group = groups.get(key);
    if (group) group.push(alert);
    else groups.set(key, [alert]);
  }
  return [...groups.values()];
}

/** A card for each finding, in the order of the verdict. Stops and warnings suggest to remove an order concerned. */
export function alertCards(
  alerts: readonly ClinicalAlert[],
  orders: readonly UnderstoodMedicine[],
  overrideReasons: readonly string[],
  newUuid: () => string,
): MadeCard[] {
  const groups = together(alerts);
  const left = groups.slice(MOST_CARDS).flat();
  const cards = groups.slice(0, MOST_CARDS).map((group): MadeCard => {
    const [alert] = group;
    const indicator = alert.stops ? 'critical' : INDICATORS[alert.severity];
    const concerned = ordersOf(alert.subjects, orders);
    const suggestions = concerned.flatMap(({ named }) =>
      named.reference === null ? [] : [removal(named.label, named.reference, newUuid)],
    );
    const asks = indicator !== 'info';
    const card: Card = {
      uuid: newUuid(),
      summary: plainText(`${capital(alert.severity)}: ${alert.message}`, LONGEST_SUMMARY),
      detail: detailOf(
        group,
        concerned.map(({ named }) => named.label),
      ),
      indicator,
      source: { label: plainText(alert.source, LONGEST_LABEL) || OURSELVES, topic: topic(alert.kind) },
      ...(asks && suggestions.length > 0 ? { suggestions, selectionBehavior: 'at-most-one' } : {}),
      ...(asks ? { overrideReasons: overrideReasons.map(reasonCoding) } : {}),
    };
    return { card, alert };
  });
  const [gravest] = left;
  return gravest ? [...cards, restCard(left.length, gravest, newUuid)] : cards;
}

/** What is said of findings beyond the most that are told one by one; they come gravest first. */
function restCard(count: number, gravest: ClinicalAlert, newUuid: () => string): MadeCard {
  const uuid = newUuid();
  return {
    alert: null,
    card: {
      uuid,
      summary: `There are ${count} more findings than can be shown. Check fewer orders at once.`,
      detail: `The gravest of them: ${markdownText(gravest.message)}`,
      indicator: gravest.stops ? 'critical' : INDICATORS[gravest.severity],
      source: { label: OURSELVES, topic: topic('more-findings') },
    },
  };
}

const reasonCoding = (code: string): CardCoding => ({
  code,
  system: OVERRIDE_REASON_SYSTEM,
  display: capital(code.replaceAll('_', ' ')),
});

function removal(
  label: string,
  resourceId: string,
  newUuid: () => string,
): NonNullable<Card['suggestions']>[number] {
  const words = plainText(`Remove the order of ${label}`, LONGEST_LABEL);
  return { uuid: newUuid(), label: words, actions: [{ type: 'delete', description: words, resourceId }] };
}

function detailOf(group: readonly [ClinicalAlert, ...ClinicalAlert[]], orders: readonly string[]): string {
  const [{ kind, severity }] = group;
  const distinct = (text: (alert: ClinicalAlert) => string): string[] => [
    ...new Set(group.map((alert) => markdownText(text(alert))).filter((words) => words !== '')),
  ];
  const lines = [
    `**${wordsOf(kind)}, ${severity}**`,
    ...distinct(({ message }) => message),
    ...distinct(({ management }) => management).map((words) => `**What to do:** ${words}`),
    ...(orders.length === 0 ? [] : [`**Orders:** ${orders.map(markdownText).join('; ')}`]),
    ...distinct(sourceOf).map((words) => `**Source:** ${words}`),
  ];
  return lines.join('\n\n');
}

const sourceOf = ({ source, ruleCode, ruleVersion }: ClinicalAlert): string =>
  ruleCode === null ? source : `${source} (rule ${ruleCode}, version ${ruleVersion ?? 1})`;

/** The one card that says what was not checked, and why; undefined when everything was. */
export function coverageCard(
  notChecked: readonly NotChecked[],
  gaps: readonly Gap[],
  newUuid: () => string,
): MadeCard | undefined {
  const lines = [
    ...notChecked.map(({ rule, reason, subjects }) => ({
      what: rule === 'all' ? 'All checks' : wordsOf(rule),
      reason,
      about: subjects.map(({ name }) => name),
    })),
    ...merged(gaps).map(({ reason, about }) => ({ what: 'Data', reason, about })),
  ];
  if (lines.length === 0) return undefined;
  const count = lines.length === 1 ? 'One thing' : `${lines.length} things`;
  return {
    alert: null,
    card: {
      uuid: newUuid(),
      summary: `${count} could not be checked: silence about ${lines.length === 1 ? 'it' : 'them'} does not mean safe.`,
      detail: lines
        .map(({ what, reason, about }) => `- **${what}:** ${markdownText(reason)}${naming(about)}`)
        .join('\n'),
      indicator: 'info',
      source: { label: OURSELVES, topic: topic('not-checked') },
    },
  };
}

/** Gaps of the same reason as one, each thing named once. */
function merged(gaps: readonly Gap[]): Gap[] {
  const reasons = new Map<string, Set<string>>();
  for (const { reason, about } of gaps) {
    const names = reasons.get(reason) ?? new Set<string>();
    for (const name of about) names.add(name);
    reasons.set(reason, names);
  }
  return [...reasons].map(([reason, about]) => ({ reason, about: [...about] }));
}

function naming(about: readonly string[]): string {
  if (about.length === 0) return '';
  const names = about.slice(0, MOST_NAMES).map((name) => markdownText(plainText(name, LONGEST_LABEL)));
  const rest = about.length - names.length;
  return ` (${names.join('; ')}${rest > 0 ? `; and ${rest} more` : ''})`;
}
