import type { Tx } from '../../platform/database/tx.js';
import { foldText } from '../../platform/text/fold.js';
import type { RuleKindName } from './rule-sets/rule-sets.types.js';
import { StarterRulesFault, type Placed, type StarterRules } from './starter-rules.files.js';
import {
  ADD_MEMBERS,
  ADD_ROUTES,
  FIND_GROUP_CODES,
  FIND_NAMES,
  SET_PARENTS,
  UPSERT_GROUPS,
  UPSERT_INGREDIENTS,
  UPSERT_SYNONYMS,
  statementsFor,
} from './starter-rules.sql.js';

/** How many rows a load wrote; all zero when everything was so already. */
export interface StarterRulesReport {
  readonly groups: number;
  readonly ingredients: number;
  readonly synonyms: number;
  readonly members: number;
  readonly interactions: RuleChanges;
  readonly allergyRules: RuleChanges;
  readonly contraindications: RuleChanges;
  readonly dosageGuidelines: RuleChanges;
}

/** Versions ended (rules changed or gone from the files), and versions added (new rules and new versions of changed ones). */
export interface RuleChanges {
  readonly closed: number;
  readonly added: number;
}

/** Brings `reference` to what the files say; throws StarterRulesFault for a name that means nothing. */
export async function applyStarterRules(tx: Tx, rules: StarterRules): Promise<StarterRulesReport> {
  const faults: string[] = [];
  const synonyms = foldedSynonyms(rules, faults);
  const codes = new Set(rules.groups.map(({ code }) => code));
  for (const { parent_code, at } of rules.groups)
    if (parent_code !== null && !codes.has(parent_code)) faults.push(`${at}: no group ${parent_code}`);
  for (const { groups, at } of rules.ingredients)
    for (const code of groups) if (!codes.has(code)) faults.push(`${at}: no group ${code}`);
  if (faults.length > 0) throw new StarterRulesFault(faults);

  const send = (statement: string, rows: readonly object[]): Promise<number> =>
    tx.execute(statement, [JSON.stringify(rows)]);
  const groups = await send(UPSERT_GROUPS, rules.groups);
  const parents = await send(SET_PARENTS, rules.groups);
  const ingredients = await send(
    UPSERT_INGREDIENTS,
    rules.ingredients.map((row) => ({ ...row, name_folded: foldText(row.name) })),
  );
  const written = await send(UPSERT_SYNONYMS, synonyms);
  const members = await send(
    ADD_MEMBERS,
    rules.ingredients.flatMap(({ name, groups: memberOf }) =>
      memberOf.map((code) => ({ ingredient_folded: foldText(name), code })),
    ),
  );
  await send(ADD_ROUTES, rules.dosageGuidelines);

  const find = await subjectFinder(tx, faults);
  const routes = routesOf(rules, faults);
  const interactions = rules.interactions.map((row) => interactionColumns(row, find, routes));
  noTwice(rules.interactions, interactions.map(pairKey), 'the same two as', faults);
  const allergyRules = rules.allergyRules.map((row) => ({
    ...row,
    ...prefixed('allergen', find(row.allergen_kind, row.allergen, row.at)),
    ...prefixed('cross', find(row.cross_kind, row.cross, row.at)),
  }));
  const contraindications = rules.contraindications.map((row) => ({
    ...row,
    ...find(row.subject_kind, row.subject, row.at),
    kind: row.condition_kind,
    routes: row.routes ?? routes.get(row.code)?.routes ?? null,
  }));
  const dosageGuidelines = rules.dosageGuidelines.map((row) => ({
    ...row,
    ...find('ingredient', row.ingredient, row.at),
  }));
  for (const rows of [
    rules.interactions,
    rules.allergyRules,
    rules.contraindications,
    rules.dosageGuidelines,
  ])
    noTwice(
      rows,
      rows.map(({ code }) => code),
      'the code of',
      faults,
    );
  if (faults.length > 0) throw new StarterRulesFault(faults);

  const version = async (kind: RuleKindName, rows: readonly object[]): Promise<RuleChanges> => {
    const { closeRemoved, closeChanged, addMissing } = statementsFor(kind);
    const removed = await send(closeRemoved, rows);
    return { closed: removed + (await send(closeChanged, rows)), added: await send(addMissing, rows) };
  };
  return {
    groups: groups + parents,
    ingredients,
    synonyms: written,
    members,
    interactions: await version('interactions', interactions),
    allergyRules: await version('allergies', allergyRules),
    contraindications: await version('contraindications', contraindications),
    dosageGuidelines: await version('dosage', dosageGuidelines),
  };
}

interface SubjectColumns {
  readonly ingredient_id: number | null;
  readonly group_id: number | null;
}
type FindSubject = (kind: 'ingredient' | 'group', name: string, at: string) => SubjectColumns;

/** Routes by rule; notes a fault where the rule or its subject is not in the files. */
function routesOf(
  rules: StarterRules,
  faults: string[],
): ReadonlyMap<string, StarterRules['routes'][number]> {
  const subjects = new Map<string, readonly string[]>([
    ...rules.interactions.map(({ code, a, b }) => [code, [a, b]] as const),
    ...rules.contraindications.map(({ code, subject }) => [code, [subject]] as const),
  ]);
  for (const { code, subject, at } of rules.routes)
    if (!subjects.get(code)?.includes(subject)) faults.push(`${at}: no rule ${code} about ${subject}`);
  return new Map(rules.routes.map((row) => [row.code, row]));
}

/** Finds ingredients by any name and groups by code; notes a fault where there is none. */
async function subjectFinder(tx: Tx, faults: string[]): Promise<FindSubject> {
  const named = await tx.query<{ folded: string; id: number }>(FIND_NAMES);
  // Own names come last and so win over synonyms.
  const ingredients = new Map(named.map(({ folded, id }) => [folded, id]));
  const coded = await tx.query<{ code: string; id: number }>(FIND_GROUP_CODES);
  const groups = new Map(coded.map(({ code, id }) => [code, id]));
  return (kind, name, at) => {
    const id = kind === 'group' ? groups.get(name) : ingredients.get(foldText(name));
    if (id === undefined) faults.push(`${at}: no ${kind} "${name}"`);
    return kind === 'group'
      ? { ingredient_id: null, group_id: id ?? null }
      : { ingredient_id: id ?? null, group_id: null };
  };
}

/** Synonyms under their folded form, each once; notes a fault where one name would mean two ingredients. */
function foldedSynonyms(
  rules: StarterRules,
  faults: string[],
): { ingredient_folded: string; synonym: string; synonym_folded: string; kind: string }[] {
  const owners = new Map(rules.ingredients.map(({ name, at }) => [foldText(name), { name, at }]));
  const synonyms = new Map<
    string,
    { ingredient_folded: string; synonym: string; synonym_folded: string; kind: string; at: string }
  >();
  noTwice(
    rules.ingredients,
    rules.ingredients.map(({ name }) => foldText(name)),
    'the name of',
    faults,
  );
  for (const { name, synonyms: entries, at } of rules.ingredients)
    for (const { synonym, kind } of entries) {
      const folded = foldText(synonym);
      const owner = owners.get(folded);
      if (owner) {
        if (owner.name !== name) faults.push(`${at}: "${synonym}" is the ingredient of ${owner.at}`);
        continue;
      }
      const other = synonyms.get(folded);
      if (other && other.ingredient_folded !== foldText(name))
        faults.push(`${at}: "${synonym}" is a synonym at ${other.at} already`);
      if (!other)
        synonyms.set(folded, {
          ingredient_folded: foldText(name),
          synonym,
          synonym_folded: folded,
          kind,
          at,
        });
    }
  return [...synonyms.values()];
}

function noTwice(
  rows: readonly Placed<object>[],
  keys: readonly string[],
  what: string,
  faults: string[],
): void {
  const first = new Map<string, string>();
  rows.forEach(({ at }, index) => {
    const key = keys[index] ?? '';
    const other = first.get(key);
    if (other) faults.push(`${at}: ${what} ${other} again`);
    else first.set(key, at);
  });
}

const prefixed = (prefix: string, subject: SubjectColumns): Record<string, number | null> => ({
  [`${prefix}_ingredient_id`]: subject.ingredient_id,
  [`${prefix}_group_id`]: subject.group_id,
});

const subjectKey = ({ ingredient_id, group_id }: SubjectColumns): string =>
  group_id === null ? `ingredient:${ingredient_id ?? ''}` : `group:${group_id}`;

type InteractionColumns = Record<string, unknown> & { a: SubjectColumns; b: SubjectColumns };

/** Both sides in the order the database keeps them. */
function interactionColumns(
  row: StarterRules['interactions'][number],
  find: FindSubject,
  routes: ReturnType<typeof routesOf>,
): InteractionColumns {
  const named = routes.get(row.code);
  const routesOn = (name: string): readonly string[] | null =>
    named?.subject === name ? named.routes : null;
  const one = find(row.a_kind, row.a, row.at);
  const other = find(row.b_kind, row.b, row.at);
  const isInOrder = subjectKey(one) <= subjectKey(other);
  const [a, b] = isInOrder ? [one, other] : [other, one];
  const [routesA, routesB] = isInOrder ? [row.a, row.b].map(routesOn) : [row.b, row.a].map(routesOn);
  return {
    ...row,
    description: row.effect,
    a,
    b,
    ingredient_a_id: a.ingredient_id,
    group_a_id: a.group_id,
    ingredient_b_id: b.ingredient_id,
    group_b_id: b.group_id,
    routes_a: routesA,
    routes_b: routesB,
  };
}

const pairKey = ({ a, b }: InteractionColumns): string => `${subjectKey(a)}+${subjectKey(b)}`;
