// A sample of the golden cases through the real database: the rules as loaded say what they say in memory.
import { beforeAll, describe, expect, it } from 'vitest';

import type {
  Screening,
  ScreenedMedicine,
  ScreeningFacts,
} from '../../src/reference/clinical/clinical.types.js';
import type { ClinicalService } from '../../src/reference/clinical/clinical.service.js';
import { screen } from '../../src/reference/clinical/screening.domain.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { systemContext } from '../../src/platform/security/request-context.js';
import { aClinicalService } from '../builders/clinical.js';
import { useTestDatabase } from '../support/db.js';
import { field, readCases, StarterWorld } from './starter-world.js';

const EVERY = 9;
const sample = readCases('golden-cases.csv')
  .filter(
    (row) =>
      !/\{|allergy=@/.test(`${field(row, 'proposed')}${field(row, 'current')}${field(row, 'patient')}`),
  )
  .filter((_row, index) => index % EVERY === 0);
const world = await StarterWorld.load();

/** Alerts without the ids of the store they come from. */
const told = ({ alerts }: Screening): string[] =>
  alerts
    .map(({ kind, severity, ruleCode, subjects, message }) =>
      [
        kind,
        severity,
        ruleCode,
        subjects
          .map(({ name }) => name)
          .sort()
          .join('+'),
        kind === 'dose' ? message : '',
      ].join(' '),
    )
    .sort();

describe('golden cases on the database', () => {
  const db = useTestDatabase();
  let clinical: ClinicalService;

  beforeAll(async () => {
    clinical = aClinicalService(db);
    await new StarterRulesService(db.uow).load();
  });

  it('are a sample of fifty or more', () => {
    expect(sample.length).toBeGreaterThanOrEqual(50);
  });

  it.each(sample.map((row) => [field(row, 'case'), row] as const))('%s', async (_name, row) => {
    const facts = world.facts(row);
    const inMemory = screen(facts, world.knowledge(facts));
    const loaded = await db.uow.read(systemContext(), async (tx) => {
      const names = [...facts.proposed, ...facts.current, ...facts.patient.allergies].map(
        ({ ingredientId }) => world.nameById(ingredientId ?? 0),
      );
      const found = await clinical.resolveNames(tx, names);
      const idOf = (id: number | null | undefined): number =>
        found.get(world.nameById(id ?? 0))?.ingredientId ?? 0;
      const move = (medicine: ScreenedMedicine): ScreenedMedicine => ({
        ...medicine,
        ingredientId: idOf(medicine.ingredientId),
      });
      const moved: ScreeningFacts = {
        ...facts,
        proposed: facts.proposed.map(move),
        current: facts.current.map(move),
        patient: {
          ...facts.patient,
          allergies: facts.patient.allergies.map((allergy) => ({
            ...allergy,
            ingredientId: idOf(allergy.ingredientId),
          })),
        },
      };
      return clinical.screen(tx, moved);
    });
    expect(told(loaded)).toEqual(told(inMemory));
  });
});
