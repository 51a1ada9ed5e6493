import { beforeAll, expect } from 'vitest';

import { starterRulesFolder } from '../../src/reference/clinical/starter-rules.files.js';
import { StarterRulesService } from '../../src/reference/clinical/starter-rules.service.js';
import { concept, record, RXNORM, SpecResponse, type SpecCard } from '../builders/cds-call.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from './app.js';

export const SERVICE = '/cds-services/meditory-medication-check';

export const warfarin = concept('warfarin', [RXNORM, '11289']);
export const ibuprofen = concept('ibuprofen 400 MG Oral Tablet');
export const ofWarfarin = record('MedicationRequest', {
  id: 'old',
  status: 'active',
  intent: 'order',
  medicationCodeableConcept: warfarin,
});

export const brief = (cards: readonly SpecCard[]): string[] =>
  cards.map(({ indicator, source }) => `${indicator} ${source.topic?.code}`);
export const notChecked = (cards: readonly SpecCard[]): string =>
  cards.find(({ source }) => source.topic?.code === 'not-checked')?.detail ?? '';

/** The server with the starter rules and some RxNorm codes, and a program that may ask it. Use the answer inside tests only. */
export function useCdsHooks() {
  const { db, call } = useTestApp();
  let ehr: World;
  beforeAll(async () => {
    await new StarterRulesService(db.uow).load(starterRulesFolder());
    ehr = await aWorldFor(db, ['ReadDrug']);
    for (const [name, rxcui] of [
      ['warfarin', '11289'],
      ['ibuprofen', '5640'],
      ['amoxicillin', '723'],
    ])
      await db.owner.query(
        `insert into reference.ingredient_codes (system, code, ingredient_id, source)
         select 'rxcui', $2, ingredient_id, 'test' from reference.ingredients where name = $1`,
        [name, rxcui],
      );
  });

  /** Cards of a call, each checked against the specification. */
  async function cardsOf(body: object): Promise<SpecCard[]> {
    const answer = await call('POST', SERVICE, { token: ehr.token, body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return SpecResponse.parse(answer.body).cards;
  }
  return { db, call, cardsOf, ehr: () => ehr };
}
