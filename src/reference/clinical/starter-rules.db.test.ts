import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aClinicalService, someFacts } from '../../../test/builders/clinical.js';
import { useTestDatabase } from '../../../test/support/db.js';
import { systemContext } from '../../platform/security/request-context.js';
import { starterRulesFolder } from './starter-rules.files.js';
import { StarterRulesService } from './starter-rules.service.js';

describe('the shipped starter rules', () => {
  const db = useTestDatabase();
  let folder: string;
  const load = () => new StarterRulesService(db.uow).load(folder);
  const edit = async (file: string, change: (content: string) => string): Promise<void> => {
    const path = join(folder, file);
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
  const count = async (sql: string): Promise<number> =>
    (await db.owner.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]?.n ?? 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meditory-rules-'));
    await cp(starterRulesFolder(), folder, { recursive: true });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('load whole, and change nothing when loaded again', async () => {
    const first = await load();
    expect(first.ingredients).toBeGreaterThan(300);
    expect(first.interactions.added).toBeGreaterThanOrEqual(60);
    expect(first.allergyRules.added).toBeGreaterThanOrEqual(10);
    expect(first.contraindications.added).toBeGreaterThan(50);
    expect(first.dosageGuidelines.added).toBeGreaterThan(20);
    const trail = await count('operational.audit_logs');
    const none = { closed: 0, added: 0 };
    expect(await load()).toEqual({
      groups: 0,
      ingredients: 0,
      synonyms: 0,
      members: 0,
      interactions: none,
      allergyRules: none,
      contraindications: none,
      dosageGuidelines: none,
      sha256: first.sha256,
    });
    expect(await count('operational.audit_logs')).toBe(trail);
  });

  it('tell mixtures, which cannot be screened, and what is no medicine from substances', async () => {
    const { rows } = await db.owner.query<{ name: string; kind: string }>(
      `select name, kind from reference.ingredients
       where name in ('multivitamins', 'purified water', 'paracetamol') order by name`,
    );
    expect(rows).toEqual([
      { name: 'multivitamins', kind: 'mixture' },
      { name: 'paracetamol', kind: 'substance' },
      { name: 'purified water', kind: 'not_medicinal' },
    ]);
    expect(await count(`reference.ingredients where kind = 'mixture'`)).toBeGreaterThan(50);
  });

  it.each([
    ['warfarin', 'ibuprofen', true],
    ['warfarin', 'metronidazole', true],
    ['sildenafil', 'isosorbide dinitrate', true],
    ['simvastatin', 'clarithromycin', true],
    ['sertraline', 'tramadol', true],
    ['methotrexate', 'sulfamethoxazole', true],
    ['lithium', 'diclofenac', true],
    ['digoxin', 'amiodarone', true],
    ['spironolactone', 'potassium chloride', true],
    ['clopidogrel', 'omeprazole', true],
    ['allopurinol', 'azathioprine', true],
    ['paracetamol', 'amoxicillin', false],
    ['omeprazole', 'paracetamol', false],
    ['cetirizine', 'amoxicillin', false],
    ['metformin', 'atorvastatin', false],
  ])('know whether %s and %s must not meet', async (one, other, stops) => {
    const clinical = aClinicalService(db);
    const verdict = await db.uow.read(systemContext(), async (tx) => {
      const names = await clinical.resolveNames(tx, [one, other]);
      const medicine = (name: string) => ({ ingredientId: names.get(name)?.ingredientId ?? 0 });
      return clinical.screen(tx, someFacts({ proposed: [medicine(one)], current: [medicine(other)] }));
    });
    expect(verdict.alerts.some((alert) => alert.kind === 'interaction' && alert.stops)).toBe(stops);
  });

  it('keep age bands as the months from the first to the first no longer in it', async () => {
    const { rows } = await db.owner.query<{ age_max_months: number }>(
      `select age_max_months from reference.contraindications where code = 'age:tetracyclines@0-96'`,
    );
    expect(rows).toEqual([{ age_max_months: 96 }]);
  });

  it('give a changed rule a new version and leave the others alone', async () => {
    await edit('interactions.csv', (content) =>
      content.replace('Serious bleeding, above all gastrointestinal.', 'Serious bleeding.'),
    );
    const report = await load();
    expect(report.interactions).toEqual({ closed: 1, added: 1 });
    const { rows } = await db.owner.query<{ version: number; description: string; closed: boolean }>(
      `select version, description, valid_to is not null as closed from reference.drug_interactions
       where code = 'vitamin-k-antagonists+nsaids' order by version`,
    );
    expect(rows).toEqual([
      { version: 1, description: 'Serious bleeding, above all gastrointestinal.', closed: true },
      { version: 2, description: 'Serious bleeding.', closed: false },
    ]);
  });

  it.each([
    ['drug_interactions', 'interactions.csv', 'vitamin-k-antagonists+amiodarone'],
    ['allergy_rules', 'allergy-rules.csv', 'allergy:penicillins>cephalosporins'],
    ['contraindications', 'contraindications.csv', 'age:tetracyclines@0-96'],
    ['dosage_guidelines', 'dosage-guidelines.csv', 'dose:paracetamol@oral:144-192'],
  ])(
    'end a rule of %s that the files no longer hold, and leave the pharmacy’s own',
    async (table, file, code) => {
      const path = join(folder, file);
      const before = await readFile(path, 'utf8');
      // A rule of the pharmacy's own beside it, which no file has ever held.
      await db.owner.query(
        `insert into reference.allergy_rules (code, allergen_group_id, cross_group_id, severity, evidence, message, management, source)
       select $1, min(group_id), max(group_id), 'minor', 'suspected', 'Own.', 'Ask.', 'Own' from reference.ingredient_groups`,
        [`own:${table}`],
      );
      await edit(file, (content) =>
        content
          .split('\n')
          .filter((line) => !line.startsWith(`${code},`))
          .join('\n'),
      );
      await load();
      const { rows } = await db.owner.query<{ version: number; closed: boolean }>(
        `select version, valid_to is not null as closed from reference.${table} where code = $1`,
        [code],
      );
      expect(rows).toEqual([{ version: 1, closed: true }]);
      expect(await count(`reference.allergy_rules where code = 'own:${table}' and valid_to is null`)).toBe(1);

      await writeFile(path, before);
      await load();
      expect(
        await count(`reference.${table} where code = '${code}' and version = 2 and valid_to is null`),
      ).toBe(1);
    },
  );

  it.each([
    [
      'a name that means nothing',
      'dosage-guidelines.csv',
      'x,nosuchium,,,,,10,,mg,,Words.,Source',
      /dosage-guidelines\.csv line \d+: no ingredient "nosuchium"/,
    ],
    [
      'a severity there is not',
      'interactions.csv',
      'x,ingredient,warfarin,ingredient,paracetamol,awful,,Effect,Do,established,Source',
      /interactions\.csv line \d+: severity/,
    ],
    [
      'a pair that is there already, the other way round',
      'interactions.csv',
      'x,group,nsaids,group,vitamin-k-antagonists,major,,Effect,Do,established,Source',
      /interactions\.csv line \d+: the same two as interactions\.csv line 2 again/,
    ],
    [
      'a group nobody defined',
      'ingredients.csv',
      'newium,,no-such-group,,,',
      /ingredients\.csv line \d+: no group no-such-group/,
    ],
  ])('refuse %s by file and line, and change nothing', async (_, file, row, refusal) => {
    const path = join(folder, file);
    const before = await readFile(path, 'utf8');
    const rules = await count('reference.drug_interactions');
    await edit(file, (content) => `${content.trimEnd()}\n${row}\n`);
    await expect(load()).rejects.toThrow(refusal);
    await writeFile(path, before);
    expect(await count('reference.drug_interactions')).toBe(rules);
    expect(await count(`reference.ingredients where name = 'newium'`)).toBe(0);
  });

  it('keep a rule of the pharmacy’s own for the same pair', async () => {
    await db.owner.query(
      `update reference.drug_interactions set valid_to = now() where code = 'vitamin-k-antagonists+nsaids' and valid_to is null`,
    );
    await db.owner.query(
      `insert into reference.drug_interactions (code, ingredient_a_id, group_a_id, ingredient_b_id, group_b_id, severity, description, management, evidence, source)
       select 'own:vka-nsaids', ingredient_a_id, group_a_id, ingredient_b_id, group_b_id, severity, description, management, evidence, source
       from reference.drug_interactions where code = 'vitamin-k-antagonists+nsaids' order by version desc limit 1`,
    );
    expect((await load()).interactions).toEqual({ closed: 0, added: 0 });
  });
});
