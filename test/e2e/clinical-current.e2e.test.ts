import { beforeAll, describe, expect, it } from 'vitest';

import type { ClinicalAlert } from '../../src/reference/clinical/clinical.types.js';
import { anInteractionRule } from '../builders/clinical.js';
import { anIngredient } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

describe('a check of a person described', () => {
  const { db, call } = useTestApp();
  let user: World;
  const ids: Record<string, number> = {};
  beforeAll(async () => {
    user = await aWorldFor(db, ['ReadDrug', 'ReadPatient']);
    for (const name of ['warfarin', 'ibuprofen', 'aspirin']) ids[name] = await anIngredient(db, name);
    await anInteractionRule(db, { ingredientId: ids.warfarin }, { ingredientId: ids.ibuprofen });
    await anInteractionRule(db, { ingredientId: ids.warfarin }, { ingredientId: ids.aspirin });
  });
  const check = (body: object) =>
    call<{ alerts: ClinicalAlert[] }>('POST', '/clinical/check', { token: user.token, body });

  it('takes what the person takes already, by id or name, and leaves pairs of that alone', async () => {
    const both = await check({
      drugs: [{ ingredient: 'ibuprofen' }],
      current: [{ ingredient: 'warfarin' }, { ingredientId: ids.aspirin }],
    });
    expect(both.body.alerts.map(({ ruleCode }) => ruleCode)).toEqual([
      `ingredient:${ids.warfarin}+ingredient:${ids.ibuprofen}`,
    ]);
  });

  it('refuses it for a patient on record, of whom it is known', async () => {
    const answer = await check({
      patientId: 1,
      drugs: [{ ingredient: 'ibuprofen' }],
      current: [{ ingredient: 'warfarin' }],
    });
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining('/current')]);
  });
});
