// Files of the other kinds of rules, and other ways to write one.
import { beforeEach, describe, expect, it } from 'vitest';

import { useRuleImports } from '../../../../test/builders/rule-import.js';
import { systemContext } from '../../../platform/security/request-context.js';

const bench = useRuleImports();

beforeEach(async () => {
  await bench.db.owner.query(
    `update reference.drug_interactions set valid_to = now() where valid_to is null and rule_set is distinct from 'starter'`,
  );
});

describe('the other kinds of rules', () => {
  const KINDS: readonly (readonly [string, string, string, string])[] = [
    [
      'allergies',
      'allergy_rules',
      'allergen,cross,severity,message,management,source\n',
      'lactulose,mebendazole,High,May cross-react.,Ask.,Test\nnsaids,lactulose,Low,Rare.,Ask.,Test\n',
    ],
    [
      'contraindications',
      'contraindications',
      'subject,kind,icd10,trimesters,age_max_months,severity,message,management,source\n',
      'lactulose,condition,K56,,,X,Not here.,Avoid.,Test\nlactulose,pregnancy,,1|2,,moderate,Early.,Ask.,Test\nmebendazole,age,,,24,major,Too young.,Ask.,Test\n',
    ],
    [
      'dosage',
      'dosage_guidelines',
      'ingredient,route,age_min_months,max_daily_dose,unit,message,source\n',
      'lactulose,oral,,60,g,At most 60 g.,Test\nlactulose,Oral,192,45.5,g,At most 45 g.,Test\n',
    ],
  ];

  it.each(KINDS)(
    'of %s load, change nothing twice, and can be taken back',
    async (kind, table, header, body) => {
      const before = await bench.hash();
      const lines = body.trimEnd().split('\n').length;
      const first = await bench.load(header + body, { kind, source: `all-${kind}` });
      expect(first).toMatchObject({ ruleKind: kind, rowsInserted: lines, rowsRejected: 0 });
      expect(
        await bench.count(`reference.${table} where rule_set = 'all-${kind}' and valid_to is null`),
      ).toBe(lines);
      expect(await bench.load(header + body, { kind, source: `all-${kind}` })).toMatchObject({
        rowsUnchanged: lines,
        rowsInserted: 0,
        rowsUpdated: 0,
      });
      await bench.service.revert(systemContext(), first.releaseId);
      expect(await bench.hash()).toBe(before);
    },
  );

  it('keep the rules about a subject of which a row is refused', async () => {
    const header = 'subject,kind,icd10,severity,message,management,source\n';
    const good =
      'lactulose,condition,K56,X,Not here.,Avoid.,Test\nmebendazole,condition,K56,X,No.,Avoid.,Test\n';
    const [kind, source] = ['contraindications', 'partly'];
    await bench.load(header + good, { kind, source });
    const bad =
      'lactulose,condition,not a code,X,Not here.,Avoid.,Test\nguaifenesin,condition,K56,X,No.,No.,T\n';
    expect(await bench.load(header + bad, { kind, source })).toMatchObject({
      rowsInserted: 1,
      rowsRejected: 1,
      rowsDiscontinued: 1,
    });
    expect(
      await bench.count(
        `reference.contraindications c join reference.ingredients i using (ingredient_id) where rule_set = 'partly' and valid_to is null and i.name in ('lactulose', 'guaifenesin')`,
      ),
    ).toBe(2);
  });

  it('and the starter files themselves can be read without a mapping', async () => {
    const { readFile } = await import('node:fs/promises');
    const { starterRulesFolder } = await import('../../clinical/starter-rules.files.js');
    for (const [file, kind] of [
      ['interactions.csv', 'interactions'],
      ['allergy-rules.csv', 'allergies'],
      ['contraindications.csv', 'contraindications'],
      ['dosage-guidelines.csv', 'dosage'],
    ]) {
      const content = await readFile(`${starterRulesFolder()}/${file ?? ''}`, 'utf8');
      const release = await bench.load(content, { kind, source: 'copy', apply: false });
      expect(release.rejects, kind).toEqual([]);
      expect(release.rowsInserted + release.summary.repeated).toBe(release.rowsRead);
    }
  });
});

describe('other ways to write a file', () => {
  const mapping = {
    source: 'mapped',
    title: 'A list of pairs',
    kind: 'interactions',
    format: { delimiter: ';' },
    columns: { code: 'Nr', a: 'Code_A', b: 'Drug_B', severity: 'Level' },
    constants: { description: 'Said by the list.', management: 'Ask.', source: 'List' },
    subjects: { a: 'unii' },
    severityValues: { Unknown: 'minor' },
  };

  it('are read by a mapping: columns, codes, constants, own words for severity', async () => {
    await bench.db.owner.query(
      `insert into reference.ingredient_codes (system, code, ingredient_id, source) values ('unii', '9U7D5QH5AE', $1, 'test')`,
      [await bench.ingredientId('lactulose')],
    );
    const release = await bench.load('Nr;Code_A;Drug_B;Level\n7;9u7d5qh5ae;mebendazole;Unknown\n', {
      mapping,
    });
    expect(release).toMatchObject({ title: 'A list of pairs', source: 'mapped', rowsInserted: 1 });
    expect(await bench.inForce('mapped')).toMatchObject([{ code: 'mapped/7', severity: 'minor' }]);
    // A pair under another number is the rule closed and another one begun.
    expect(
      await bench.load('Nr;Code_A;Drug_B;Level\n8;9U7D5QH5AE;mebendazole;Unknown\n', { mapping }),
    ).toMatchObject({ rowsInserted: 1, rowsDiscontinued: 1 });
    await expect(bench.load('Nr;Drug_B;Level\n', { mapping })).rejects.toThrow(/lacks the column Code_A/);
  });

  const entry = {
    a: 'lactulose',
    b: 'mebendazole',
    severity: 'X',
    description: 'D.',
    management: 'M.',
    source: 'S',
  };
  it.each<[string, string]>([
    ['an array', JSON.stringify([entry])],
    [
      'a list under "rules"',
      JSON.stringify({ title: 'x', rules: [{ ...entry, aRoutes: ['oral'], more: { x: 1 } }] }),
    ],
    ['an object in each line', `${JSON.stringify(entry)}\n${JSON.stringify({ ...entry, b: 7 })}\n`],
  ])('are read as JSON: %s', async (what, content) => {
    const name = what.includes('line') ? 'rules.jsonl' : 'rules.json';
    const release = await bench.load(content, { source: 'json', name, discontinueMany: true });
    expect(release.rowsRead - release.rowsRejected).toBe(1);
    expect(await bench.inForce('json')).toMatchObject([{ severity: 'contraindicated' }]);
  });
});
