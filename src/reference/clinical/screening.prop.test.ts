import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { aScreenedPatient, sketch, someFacts, type Sketch } from '../../../test/builders/clinical.js';
import type { ScreenedMedicine, ScreenedPatient, Severity } from './clinical.types.js';
import { screen } from './screening.domain.js';

const INGREDIENTS = ['a', 'b', 'c', 'd', 'e', 'f'];
const GROUPS = ['g1', 'g2', 'g3', 'g4'];
const SUBJECTS = [...INGREDIENTS, ...GROUPS.map((group) => `@${group}`)];

const severity = fc.constantFrom<Severity>('contraindicated', 'major', 'moderate', 'minor');
const some = <T>(from: readonly T[], max: number) =>
  fc.uniqueArray(fc.constantFrom(...from), { maxLength: max });

const someRoutes = fc.uniqueArray(
  fc.constantFrom('any', 'systemic', 'local', 'oral', 'topical', 'intravenous'),
  {
    minLength: 1,
    maxLength: 2,
  },
);

/** Any small world: groups in groups (cycles included), products of one to three ingredients, rules of every kind. */
const anySketch: fc.Arbitrary<Sketch> = fc.record({
  groups: fc
    .tuple(...GROUPS.map(() => fc.option(fc.constantFrom(...GROUPS))))
    .map((parents) => Object.fromEntries(GROUPS.map((group, index) => [group, parents[index] ?? null]))),
  ingredients: fc
    .tuple(...INGREDIENTS.map(() => some(GROUPS, 2)))
    .map((groups) => Object.fromEntries(INGREDIENTS.map((name, index) => [name, groups[index] ?? []]))),
  atcCodes: fc
    .tuple(...INGREDIENTS.map(() => fc.constantFrom('A02BC01', 'A02BC02', 'N03AX12', 'C09AA05')))
    .map((codes) => Object.fromEntries(INGREDIENTS.map((name, index) => [name, codes[index] ?? '']))),
  drugs: fc
    .array(
      fc.record({
        in: fc
          .uniqueArray(fc.constantFrom(...INGREDIENTS), { minLength: 0, maxLength: 3 })
          .map((names) => names.map((name) => `${name} 100 mg`)),
        route: fc.constantFrom('oral', 'topical', 'ophthalmic', 'injection', null),
      }),
      { minLength: 6, maxLength: 6 },
    )
    .map((drugs) => Object.fromEntries(drugs.map((drug, index) => [`D${index}`, drug]))),
  interactions: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom(...SUBJECTS),
      fc.constantFrom(...SUBJECTS),
      severity,
      fc.record({ a: someRoutes, b: someRoutes }, { requiredKeys: [] }),
    ),
    { maxLength: 8, selector: ([a, b]) => [a, b].sort().join() },
  ),
  allergyRules: fc.uniqueArray(
    fc.tuple(fc.constantFrom(...SUBJECTS), fc.constantFrom(...SUBJECTS), severity),
    { maxLength: 4, selector: ([a, b]) => `${a}>${b}` },
  ),
  contraindications: fc.uniqueArray(
    fc.record({
      of: fc.constantFrom(...SUBJECTS),
      kind: fc.constantFrom('pregnancy' as const, 'age' as const, 'renal' as const, 'hepatic' as const),
      childPughFrom: fc.constantFrom('A' as const, 'C' as const),
      trimesters: fc.constantFrom(null, [1], [2, 3]),
      weightMaxKg: fc.constantFrom(null, '50'),
      routes: fc.option(someRoutes),
      ageMinMonths: fc.constantFrom(0, 780),
      egfrBelow: fc.constantFrom('30', '60'),
      severity,
    }),
    { maxLength: 4, selector: ({ of, kind, egfrBelow }) => `${of}${kind}${egfrBelow}` },
  ),
  doses: fc.array(
    fc.record({
      of: fc.constantFrom(...INGREDIENTS),
      maxDailyDose: fc.constantFrom('150', '500'),
      maxSinglePerKg: fc.constantFrom(null, '1', '4'),
      maxFrequencyPerDay: fc.constantFrom(null, '0.5'),
      maxCourseDose: fc.constantFrom(null, '900'),
      egfrBelow: fc.constantFrom(null, '30'),
      route: fc.constantFrom(null, 'oral', 'topical'),
    }),
    { maxLength: 3 },
  ),
});

const MEDICINES = ['#D0', '#D1', '#D2', '#D3', '#D4', '#D5', 'a', 'b'];
const aMedicine = fc.record({
  name: fc.constantFrom(...MEDICINES),
  tablets: fc.option(fc.integer({ min: 1, max: 4 })),
});
const aBasket = fc.array(aMedicine, { minLength: 1, maxLength: 5 });
const aState = fc.option(fc.boolean());
const aPerson = fc.record({
  birthDate: fc.constantFrom('1990-01-01', '1950-01-01', null),
  sex: fc.constantFrom('female' as const, 'male' as const),
  egfr: fc.constantFrom('20', '45', '90', null),
  pregnant: aState,
  trimester: fc.constantFrom(1, 3, null),
  childPugh: fc.constantFrom('A' as const, 'C' as const, null),
  weightKg: fc.constantFrom('40', '80', null),
});
const aCase = fc.record({
  world: anySketch,
  proposed: aBasket,
  current: fc.array(aMedicine, { maxLength: 3 }),
  person: aPerson,
  allergies: some(SUBJECTS, 2),
});

type Picked = { name: string; tablets: number | null };

function prepare(drawn: typeof aCase extends fc.Arbitrary<infer T> ? T : never) {
  const world = sketch(drawn.world);
  const say = ({ name, tablets }: Picked): ScreenedMedicine =>
    world.med(name, tablets === null ? undefined : `${tablets} tablet`, '1');
  const patient: ScreenedPatient = aScreenedPatient({
    ...drawn.person,
    allergies: drawn.allergies.map((name) => world.allergy(name)),
  });
  return {
    ...world,
    say,
    facts: someFacts({ patient, proposed: drawn.proposed.map(say), current: drawn.current.map(say) }),
  };
}

const reversed = <T>(items: readonly T[]): T[] => [...items].reverse();

describe('every screening', () => {
  it('is the same whatever the order of facts and rules', () => {
    fc.assert(
      fc.property(aCase, (drawn) => {
        const { facts, knowledge } = prepare(drawn);
        const turned = {
          ...facts,
          proposed: reversed(facts.proposed),
          current: reversed(facts.current),
          patient: { ...facts.patient, allergies: reversed(facts.patient.allergies) },
        };
        const shuffled = Object.fromEntries(
          Object.entries(knowledge).map(([kind, rows]) => [kind, reversed(rows as unknown[])]),
        ) as unknown as typeof knowledge;
        expect(screen(turned, shuffled)).toEqual(screen(facts, knowledge));
      }),
      { numRuns: 400 },
    );
  });

  it('finds the same between two medicines whichever of them is the new one', () => {
    fc.assert(
      fc.property(aCase, aMedicine, aMedicine, (drawn, one, other) => {
        const { facts, knowledge, say } = prepare(drawn);
        const pairs = (proposed: Picked, current: Picked) =>
          screen({ ...facts, proposed: [say(proposed)], current: [say(current)] }, knowledge).alerts.filter(
            ({ kind }) => kind === 'interaction' || kind === 'duplicate_ingredient',
          );
        expect(pairs(one, other)).toEqual(pairs(other, one));
      }),
      { numRuns: 300 },
    );
  });

  it('never loses an alert when a medicine is added', () => {
    fc.assert(
      fc.property(aCase, aMedicine, fc.boolean(), (drawn, added, asProposed) => {
        const { facts, knowledge, say } = prepare(drawn);
        const more = asProposed
          ? { ...facts, proposed: [...facts.proposed, say(added)] }
          : { ...facts, current: [...facts.current, say(added)] };
        const after = new Map(
          screen(more, knowledge).alerts.map((alert) => [alert.fingerprint, alert.severity]),
        );
        for (const alert of screen(facts, knowledge).alerts)
          expect(after.get(alert.fingerprint)).toBe(alert.severity);
      }),
      { numRuns: 400 },
    );
  });

  it('finds with a rule on a group what rules on each of its members would find', () => {
    fc.assert(
      fc.property(
        aCase,
        fc.constantFrom(...GROUPS),
        fc.constantFrom(...INGREDIENTS),
        (drawn, group, other) => {
          const byGroup = prepare({
            ...drawn,
            world: { ...drawn.world, interactions: [[`@${group}`, other, 'major']] },
          });
          const parents = drawn.world.groups ?? {};
          const within = (start: string): boolean => {
            const seen = new Set<string>();
            for (let at: string | null = start; at !== null && !seen.has(at); at = parents[at] ?? null) {
              if (at === group) return true;
              seen.add(at);
            }
            return false;
          };
          const members = INGREDIENTS.filter(
            (name) => name !== other && (drawn.world.ingredients[name] ?? []).some(within),
          );
          const byMember = prepare({
            ...drawn,
            world: { ...drawn.world, interactions: members.map((name) => [name, other, 'major'] as const) },
          });
          const pairsOf = ({ facts, knowledge }: ReturnType<typeof prepare>): string[] => [
            ...new Set(
              screen(facts, knowledge)
                .alerts.filter(({ kind }) => kind === 'interaction')
                .map(({ fingerprint }) => fingerprint.split('|').at(-1) ?? ''),
            ),
          ];
          expect(pairsOf(byGroup).sort()).toEqual(pairsOf(byMember).sort());
        },
      ),
      { numRuns: 300 },
    );
  });
});
