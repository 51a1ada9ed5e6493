// Looking after clinical rules: history, filters, and the end of a rule.
import { beforeAll, describe, expect, it } from 'vitest';

import { aDrug, anIngredient, anIngredientGroup } from '../builders/drug.js';
import { aWorldFor, type World } from '../builders/world.js';
import { useTestApp } from '../support/app.js';

interface Rule {
  id: number;
  code: string;
  version: number;
  severity: string;
  validTo: string | null;
}
interface List {
  data: Rule[];
  meta: { total: number };
}
interface Verdict {
  alerts: { ruleCode: string | null; ruleVersion: number | null }[];
}

describe('looking after clinical rules', () => {
  const { db, call } = useTestApp();
  let pharmacist: World;
  let technician: World;
  let ingredientId: number;
  let other: number;
  const words = { management: 'Avoid.', source: 'BNF, test', evidence: 'established' };
  const post = <Body = Rule>(path: string, body: unknown = {}, world = pharmacist) =>
    call<Body>('POST', path, { token: world.token, body });
  const get = <Body = List>(path: string, world = pharmacist) =>
    call<Body>('GET', path, { token: world.token });

  beforeAll(async () => {
    pharmacist = await aWorldFor(db, 'pharmacist');
    technician = await aWorldFor(db, 'technician');
    await anIngredientGroup(db, 'kept-group');
    ingredientId = await anIngredient(db, 'keptin', { groups: ['kept-group'] });
    other = await anIngredient(db, 'keptol');
  });

  const RESOURCES = [
    [
      'interactions',
      () => ({
        a: { ingredientId },
        b: { ingredientId: other },
        severity: 'major',
        description: 'Harm.',
        ...words,
      }),
    ],
    [
      'allergy-rules',
      () => ({
        allergen: { groupCode: 'kept-group' },
        cross: { ingredientId: other },
        severity: 'major',
        message: 'Harm.',
        ...words,
      }),
    ],
    [
      'contraindications',
      () => ({ subject: { ingredientId }, kind: 'pregnancy', severity: 'major', message: 'Harm.', ...words }),
    ],
    [
      'dosage-guidelines',
      () => ({ subject: { ingredientId }, maxDailyDose: '40', unit: 'mg', message: 'Much.', ...words }),
    ],
  ] as const;

  it.each(RESOURCES)('keeps every version of %s, and closes them', async (name, bodyOf) => {
    const path = `/clinical/${name}`;
    const made = (await post(path, bodyOf())).body;
    expect(made).toMatchObject({ version: 1, validTo: null });
    const { body: changed } = await call<Rule>('PATCH', `${path}/${made.id}`, {
      token: pharmacist.token,
      body: { version: 1, source: 'BNF, another edition' },
    });
    for (const { id } of [made, changed]) {
      const { body } = await get(`${path}/${id}/versions`, technician);
      expect(body.data.map(({ version, validTo }) => [version, validTo === null])).toEqual([
        [2, true],
        [1, false],
      ]);
    }
    const close = `${path}/${changed.id}/close`;
    expect((await post(close, { version: 2 }, technician)).status).toBe(403);
    expect((await post(close, {})).status).toBe(400);
    expect((await post(close, { version: 1 })).body).toMatchObject({ type: '/problems/stale-version' });
    expect((await post(`${path}/2000000000/close`, { version: 1 })).status).toBe(404);
    const closed = await post(close, { version: 2 });
    expect(closed.status).toBe(200);
    expect(closed.body).toMatchObject({ id: changed.id, version: 2 });
    expect(closed.body.validTo).not.toBeNull();
    // It is closed once, and cannot be changed any more.
    expect((await post(close, { version: 2 })).status).toBe(409);
    const late = await call('PATCH', `${path}/${changed.id}`, {
      token: pharmacist.token,
      body: { version: 2, source: 'too late' },
    });
    expect(late.status).toBe(409);
    expect((await get(`${path}?q=kept`)).body.meta.total).toBe(0);
    const ended = (await get(`${path}?q=kept&status=ended`)).body;
    expect(ended.data.map(({ id, version }) => [id, version])).toEqual([[changed.id, 2]]);
    expect((await get(`${path}/2000000000/versions`)).status).toBe(404);
  });

  it('judges no more by a rule that was closed', async () => {
    const drugs = [
      (await aDrug(db, { ingredients: ['closedin'] })).drugId,
      (await aDrug(db, { ingredients: ['closedol'] })).drugId,
    ];
    const check = async () =>
      (
        await post<Verdict>('/clinical/check', { drugs: drugs.map((drugId) => ({ drugId })) })
      ).body.alerts.filter(({ ruleCode }) => ruleCode !== null).length;
    const { body: rule } = await post('/clinical/interactions', {
      a: { ingredientId: await anIngredient(db, 'closedin') },
      b: { ingredientId: await anIngredient(db, 'closedol') },
      severity: 'contraindicated',
      description: 'Harm.',
      ...words,
    });
    expect(await check()).toBe(1);
    await post(`/clinical/interactions/${rule.id}/close`, { version: 1 });
    expect(await check()).toBe(0);
  });

  it('narrows by severity where a rule has one', async () => {
    const subject = { ingredientId: await anIngredient(db, 'filterin') };
    for (const severity of ['major', 'minor'])
      await post('/clinical/contraindications', {
        subject,
        kind: 'age',
        ageMaxMonths: severity === 'major' ? 12 : 24,
        severity,
        message: 'Harm.',
        ...words,
      });
    const found = await get('/clinical/contraindications?q=filterin&severity=minor');
    expect(found.body.data.map(({ severity }) => severity)).toEqual(['minor']);
    for (const query of ['severity=grave', 'status=any', 'status=valueOf'])
      expect((await get(`/clinical/contraindications?${query}`)).status).toBe(400);
    expect((await get('/clinical/dosage-guidelines?severity=major')).status).toBe(400);
  });
});
