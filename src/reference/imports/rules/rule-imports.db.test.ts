// Files of clinical rules as releases: what they change, that they change nothing else, and that they can be taken back.
import { beforeEach, describe, expect, it } from 'vitest';

import { aRulebookKeeper, someFacts } from '../../../../test/builders/clinical.js';
import { useRuleImports } from '../../../../test/builders/rule-import.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { ImportRefused, ReleaseNotReady, RulesEditedSince, RulesMoved } from '../imports.errors.js';

const HEADER = 'a,b,severity,description,management,evidence,source\n';
const row = (a: string, b: string, severity = 'major', description = 'Harm.'): string =>
  `${a},${b},${severity},${description},Avoid.,probable,Test list\n`;
/** Pairs no starter rule is about. */
const ONE = row('lactulose', 'mebendazole');
const TWO = row('mebeverine', 'guaifenesin', 'minor');
const THREE = row('finasteride', 'lactulose', 'Severe');

const bench = useRuleImports();

const rejectsOf = async (releaseId: number): Promise<string[]> => {
  const { data } = await bench.service.rejects(systemContext(), releaseId, { page: 1, limit: 100 });
  return data.map(({ line, column, reason }) => `${line} ${column ?? ''} ${reason}`);
};

beforeEach(async () => {
  await bench.db.owner.query(
    `update reference.drug_interactions set valid_to = now() where valid_to is null and rule_set is distinct from 'starter'`,
  );
});

describe('a file of interactions', () => {
  it('adds rules, and changes nothing when it comes a second time', async () => {
    const first = await bench.load(HEADER + ONE + TWO, { source: 'twice' });
    expect(first).toMatchObject({
      status: 'applied',
      ruleKind: 'interactions',
      rowsRead: 2,
      rowsInserted: 2,
      rowsRejected: 0,
      isRevertible: true,
      summary: { repeated: 0, severities: { 'new major': 1, 'new minor': 1 } },
    });
    expect(await bench.inForce('twice')).toMatchObject([
      { version: 1, severity: 'major', a: 'lactulose', b: 'mebendazole' },
      { version: 1, severity: 'minor' },
    ]);
    const before = await bench.hash();
    const versions = await bench.count('reference.drug_interactions');
    const trail = await bench.count("operational.audit_logs where table_name = 'drug_interactions'");
    const second = await bench.load(HEADER + TWO + ONE, { source: 'twice' });
    expect(second).toMatchObject({ rowsInserted: 0, rowsUpdated: 0, rowsUnchanged: 2, rowsDiscontinued: 0 });
    expect(await bench.hash()).toBe(before);
    expect(await bench.count('reference.drug_interactions')).toBe(versions);
    expect(await bench.count("operational.audit_logs where table_name = 'drug_interactions'")).toBe(trail);
    // The release that changed nothing stands in nobody's way.
    const { isRevertible } = await bench.service.report(systemContext(), first.releaseId);
    expect(isRevertible).toBe(true);
  });

  it('that changes and drops rules versions them, and a revert brings back what was in force', async () => {
    await bench.load(HEADER + ONE + TWO, { source: 'versions' });
    const before = await bench.hash();
    const release = await bench.load(HEADER + row('mebendazole', 'lactulose', 'X', 'Death.') + THREE, {
      source: 'versions',
    });
    expect(release).toMatchObject({ rowsInserted: 1, rowsUpdated: 1, rowsUnchanged: 0, rowsDiscontinued: 1 });
    expect(await bench.inForce('versions')).toMatchObject([
      { version: 2, severity: 'contraindicated' },
      { version: 1, severity: 'major' },
    ]);
    const { data } = await bench.service.changes(systemContext(), release.releaseId, { page: 1, limit: 10 });
    expect(data).toMatchObject([
      {
        change: 'changed',
        label: 'lactulose + mebendazole',
        severityBefore: 'major',
        severityAfter: 'contraindicated',
        fields: { severity: ['major', 'contraindicated'], description: ['Harm.', 'Death.'] },
        line: 2,
      },
      { change: 'new', severityBefore: null, severityAfter: 'major', line: 3 },
      { change: 'closed', severityBefore: 'minor', severityAfter: null, line: null },
    ]);
    // What it brings is audited in one row, what it ends row by row.
    expect(
      await bench.count(
        `operational.audit_logs where table_name = 'drug_interactions' and row_key = 'release ${release.releaseId}' and after ->> 'rows' = '2'`,
      ),
    ).toBe(1);
    const outcome = await bench.service.revert(systemContext(), release.releaseId);
    expect(outcome).toMatchObject({ restored: 2, ended: 2, kept: 0 });
    expect(await bench.hash()).toBe(before);
    expect((await bench.inForce('versions')).map(({ version }) => version).sort()).toEqual([2, 3]);
    const after = await bench.service.report(systemContext(), release.releaseId);
    expect(after).toMatchObject({ status: 'reverted', summary: { revert: { restored: 2, ended: 2 } } });
    await expect(bench.service.revert(systemContext(), release.releaseId)).rejects.toThrow(ReleaseNotReady);
  });

  it('takes releases back one after the other, to before the first', async () => {
    const before = await bench.hash();
    const first = await bench.load(HEADER + ONE, { source: 'stack' });
    const between = await bench.hash();
    const second = await bench.load(HEADER + row('lactulose', 'mebendazole', 'minor'), { source: 'stack' });
    await expect(bench.service.revert(systemContext(), first.releaseId)).rejects.toThrow(ReleaseNotReady);
    await bench.service.revert(systemContext(), second.releaseId);
    expect(await bench.hash()).toBe(between);
    await bench.service.revert(systemContext(), first.releaseId);
    expect(await bench.hash()).toBe(before);
  });

  it('touches no rule of another source, of the starter set or of the pharmacy', async () => {
    await bench.load(HEADER + ONE + TWO, { source: 'source-x' });
    await bench.load(HEADER + ONE + THREE, { source: 'source-y' });
    const starter = await bench.count(
      "reference.drug_interactions where rule_set = 'starter' and valid_to is null",
    );
    const shrunk = await bench.load(HEADER + TWO, { source: 'source-x' });
    expect(shrunk).toMatchObject({ rowsUnchanged: 1, rowsDiscontinued: 1 });
    expect(await bench.inForce('source-x')).toHaveLength(1);
    expect(await bench.inForce('source-y')).toHaveLength(2);
    expect(
      await bench.count("reference.drug_interactions where rule_set = 'starter' and valid_to is null"),
    ).toBe(starter);
  });

  it('leaves a pair to the rule of the pharmacy’s own', async () => {
    const [one, other] = [
      await bench.ingredientId('lactulose'),
      await bench.ingredientId('mebendazole'),
    ].sort((x, y) => (`ingredient:${x}` < `ingredient:${y}` ? -1 : 1));
    await bench.db.owner.query(
      `insert into reference.drug_interactions (code, ingredient_a_id, ingredient_b_id, severity, description, management, evidence, source)
       values ('own:one', $1, $2, 'minor', 'Own.', 'Ask.', 'suspected', 'Own')`,
      [one, other],
    );
    const release = await bench.load(HEADER + ONE + TWO, { source: 'own-first' });
    expect(release).toMatchObject({ rowsRead: 2, rowsInserted: 1, rowsRejected: 1 });
    expect(await rejectsOf(release.releaseId)).toEqual([
      "2  is decided by a rule of the pharmacy's own, which stays",
    ]);
  });

  it('says a pair once however it is written, keeps the graver, and names the row it refuses', async () => {
    const drug = await bench.db.owner.query<{ id: number }>(
      `with d as (insert into reference.drugs (name, name_folded, price, ingredient_status) values ('Duphalac', 'duphalac', 1, 'linked') returning drug_id)
       insert into reference.drug_ingredients (drug_id, position, raw_text, ingredient_id)
       select drug_id, 1, 'lactulose', $1 from d returning drug_id as id`,
      [await bench.ingredientId('lactulose')],
    );
    const release = await bench.load(
      HEADER +
        ONE +
        row('mebendazole', 'lactulose') +
        row(`product:${drug.rows[0]?.id ?? 0}`, 'mebendazole') +
        ONE +
        row('lactulose', 'mebendazole', 'contraindicated', 'Worse.') +
        TWO,
      { source: 'repeats' },
    );
    expect(await rejectsOf(release.releaseId)).toEqual([
      '2  is about the same as line 6, which says otherwise and is kept',
      '3  is about the same as line 6, which says otherwise and is kept',
      '4  is about the same as line 6, which says otherwise and is kept',
      '5  is about the same as line 6, which says otherwise and is kept',
    ]);
    expect(await bench.inForce('repeats')).toMatchObject([
      { severity: 'contraindicated' },
      { severity: 'minor' },
    ]);
    const agreed = await bench.load(HEADER + ONE + row('mebendazole', 'lactulose') + ONE + TWO, {
      source: 'agreed',
    });
    expect(agreed).toMatchObject({
      rowsRead: 4,
      rowsInserted: 2,
      rowsRejected: 1,
      summary: { repeated: 1 },
      files: [{ rowsRead: 4, rowsApplied: 3, rowsRejected: 1 }],
    });
    expect(await rejectsOf(agreed.releaseId)).toEqual(['4  is line 2 once more']);
  });

  it('with a bad row takes the others, tells why, and ends no rule for it', async () => {
    await bench.load(HEADER + ONE + TWO, { source: 'bad-row' });
    const before = await bench.hash();
    const release = await bench.load(
      HEADER +
        row('lactulose', 'mebendazole', 'awful') +
        TWO +
        row('nosuchium', 'lactulose') +
        row('lactulose', 'lactulose syrup', 'A'),
      { source: 'bad-row' },
    );
    expect(release).toMatchObject({ rowsRead: 4, rowsUnchanged: 1, rowsDiscontinued: 0, rowsRejected: 3 });
    expect(await rejectsOf(release.releaseId)).toEqual([
      '2 severity is no severity; give it a meaning in the mapping',
      '4 a is neither an ingredient nor a group of the catalogue',
      '5 b is neither an ingredient nor a group of the catalogue',
      '5 severity says that there is no interaction: nothing to warn of',
    ]);
    expect(await bench.hash()).toBe(before);
  });

  it.each<[string, string, RegExp]>([
    ['without a usable row', HEADER + row('nosuchium', 'x'), /No row of the file can be imported/],
    ['that is empty', '', /is empty/],
    ['with a quote never closed', `${HEADER}"lactulose,x\n`, /a quote is opened/],
    ['with bytes that are no text', `${HEADER}\0\n`, /NUL/],
  ])('%s is refused as a whole', async (_, content, reason) => {
    const before = await bench.hash();
    await expect(bench.load(content, { source: 'refused' })).rejects.toThrow(reason);
    await expect(bench.load(content, { source: 'refused' })).rejects.toThrow(ImportRefused);
    expect(await bench.hash()).toBe(before);
  });

  it('that lists fewer rules than it would end looks cut off', async () => {
    const { rows } = await bench.db.owner.query<{ name: string }>(
      `select name from reference.ingredients where verified and kind = 'substance' order by ingredient_id desc limit 40`,
    );
    const many = rows.map(({ name }) => row('lactulose', `"${name}"`)).join('');
    const { rowsInserted } = await bench.load(HEADER + many, { source: 'shrinks' });
    expect(rowsInserted).toBeGreaterThan(30);
    const few = HEADER + ONE;
    await expect(bench.load(few, { source: 'shrinks' })).rejects.toThrow(/it looks cut off/);
    expect(await bench.inForce('shrinks')).toHaveLength(rowsInserted);
    expect(await bench.load(few, { source: 'shrinks', discontinueMany: true })).toMatchObject({
      rowsDiscontinued: rowsInserted,
      rowsInserted: 1,
    });
  });
});

describe('a release that was previewed', () => {
  it('changes nothing until it is applied', async () => {
    const before = await bench.hash();
    const release = await bench.load(HEADER + ONE, { source: 'waits', apply: false });
    expect(release).toMatchObject({ status: 'staged', rowsInserted: 1, isRevertible: false });
    expect(await bench.service.preview(systemContext(), release.releaseId)).toMatchObject({
      before: { screenings: 0 },
      after: { screenings: 0 },
    });
    expect(await bench.hash()).toBe(before);
    expect(await bench.service.apply(systemContext(), release.releaseId)).toMatchObject({
      status: 'applied',
    });
    expect(await bench.inForce('waits')).toHaveLength(1);
    expect(await bench.count('reference.staged_rules')).toBe(0);
  });

  it('is compared again where rules have moved meanwhile', async () => {
    await bench.load(HEADER + ONE, { source: 'moves' });
    const release = await bench.load(HEADER + row('lactulose', 'mebendazole', 'minor'), {
      source: 'moves',
      apply: false,
    });
    await bench.load(HEADER + ONE + TWO, { source: 'moves' });
    await expect(bench.service.apply(systemContext(), release.releaseId)).rejects.toThrow(RulesMoved);
    expect(await bench.service.report(systemContext(), release.releaseId)).toMatchObject({
      status: 'staged',
      rowsUpdated: 1,
      rowsDiscontinued: 1,
    });
    await bench.service.apply(systemContext(), release.releaseId);
    expect(await bench.inForce('moves')).toMatchObject([{ severity: 'minor', version: 2 }]);
  });

  it('can be dropped, and is no release of the catalogue', async () => {
    const release = await bench.load(HEADER + ONE, { source: 'dropped', apply: false });
    await expect(bench.releases.report(systemContext(), release.releaseId)).rejects.toThrow(/release/);
    await bench.service.drop(systemContext(), release.releaseId);
    await expect(bench.service.apply(systemContext(), release.releaseId)).rejects.toThrow(ReleaseNotReady);
    const { data } = await bench.service.findPage(systemContext(), { page: 1, limit: 1 });
    expect(data).toMatchObject([{ source: 'dropped', status: 'dropped' }]);
    expect((await bench.releases.findPage(systemContext(), { page: 1, limit: 10 })).data).toEqual([]);
  });

  it('leaves rules somebody changed since as they are, and only when that is wanted', async () => {
    const release = await bench.load(HEADER + ONE + TWO, { source: 'edited' });
    await bench.db.owner.query(
      `with ended as (update reference.drug_interactions set valid_to = now() where rule_set = 'edited' and severity = 'major' and valid_to is null returning *)
       insert into reference.drug_interactions (code, version, rule_set, ingredient_a_id, ingredient_b_id, severity, description, management, evidence, source)
       select code, version + 1, rule_set, ingredient_a_id, ingredient_b_id, 'moderate', description, management, evidence, source from ended`,
    );
    await expect(bench.service.revert(systemContext(), release.releaseId)).rejects.toThrow(RulesEditedSince);
    expect(await bench.inForce('edited')).toHaveLength(2);
    const outcome = await bench.service.revert(systemContext(), release.releaseId, { force: true });
    expect(outcome).toMatchObject({ restored: 0, ended: 1, kept: 1 });
    expect(await bench.inForce('edited')).toMatchObject([{ severity: 'moderate', version: 2 }]);
  });
});

describe('the rulebook of another process', () => {
  it('judges by a release once it is applied, and by what was before once it is taken back', async () => {
    const keeper = aRulebookKeeper(bench.db);
    await keeper.ready();
    const [one, other] = [await bench.ingredientId('lactulose'), await bench.ingredientId('mebendazole')];
    const facts = someFacts({ proposed: [{ ingredientId: one }], current: [{ ingredientId: other }] });
    const told = async (): Promise<string[] | undefined> => {
      const found = await bench.db.uow.read(systemContext(), (tx) => keeper.find(tx, facts));
      return found?.knowledge.interactions.map(({ severity }) => severity).sort();
    };
    expect(await told()).toEqual([]);
    await bench.load(HEADER + ONE, { source: 'book-x' });
    expect(await told()).toEqual(['major']);
    const release = await bench.load(HEADER + row('lactulose', 'mebendazole', 'minor'), { source: 'book-y' });
    expect(await told()).toEqual(['major', 'minor']);
    await bench.service.revert(systemContext(), release.releaseId);
    expect(await told()).toEqual(['major']);
  });
});
