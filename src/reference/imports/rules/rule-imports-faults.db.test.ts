// Imports of rules that are cut off or come two at once, and one of many rows.
import { describe, expect, it, vi } from 'vitest';

import { useRuleImports } from '../../../../test/builders/rule-import.js';
import { systemContext } from '../../../platform/security/request-context.js';
import { ImportRunning } from '../imports.errors.js';

const HEADER = 'a,b,severity,description,management,evidence,source\n';
const row = (a: string, b: string, severity = 'major'): string =>
  `${a},${b},${severity},Harm.,Avoid.,probable,Test list\n`;

const bench = useRuleImports();

const statusOfLast = async (): Promise<string | undefined> => {
  const { data } = await bench.service.findPage(systemContext(), { page: 1, limit: 1 });
  return data[0]?.status;
};

describe('an import of rules that is cut off', () => {
  const first = HEADER + row('lactulose', 'mebendazole');
  const second = HEADER + row('lactulose', 'mebendazole', 'X') + row('lactulose', 'finasteride');

  it('while it applies leaves the old rules whole, and the next run succeeds', async () => {
    await bench.load(first, { source: 'crash' });
    const before = await bench.hash();
    const original = bench.sets.apply.bind(bench.sets);
    const crash = vi.spyOn(bench.sets, 'apply').mockImplementationOnce(async (...all) => {
      await original(...all);
      throw new Error('the power went');
    });
    await expect(bench.load(second, { source: 'crash' })).rejects.toThrow('the power went');
    crash.mockRestore();
    expect(await bench.hash()).toBe(before);
    expect(await statusOfLast()).toBe('failed');
    expect(await bench.load(second, { source: 'crash' })).toMatchObject({ rowsUpdated: 1, rowsInserted: 1 });
  });

  it('by its connection being killed while it applies leaves the old rules whole', async () => {
    await bench.load(first, { source: 'killed' });
    const before = await bench.hash();
    const original = bench.sets.apply.bind(bench.sets);
    const kill = vi.spyOn(bench.sets, 'apply').mockImplementationOnce(async (tx, ...all) => {
      await original(tx, ...all);
      const { pid } = await tx.one<{ pid: number }>('select pg_backend_pid() as pid');
      await bench.db.owner.query('select pg_terminate_backend($1, 5000)', [pid]);
    });
    await expect(bench.load(second, { source: 'killed' })).rejects.toThrow();
    kill.mockRestore();
    expect(await bench.hash()).toBe(before);
    expect(await bench.load(second, { source: 'killed' })).toMatchObject({ rowsUpdated: 1 });
  });

  it('while it is taken back leaves the release applied', async () => {
    const release = await bench.load(first, { source: 'undone' });
    const before = await bench.hash();
    const original = bench.sets.revert.bind(bench.sets);
    const crash = vi.spyOn(bench.sets, 'revert').mockImplementationOnce(async (...all) => {
      await original(...all);
      throw new Error('the power went');
    });
    await expect(bench.service.revert(systemContext(), release.releaseId)).rejects.toThrow('the power went');
    crash.mockRestore();
    expect(await bench.hash()).toBe(before);
    expect(await statusOfLast()).toBe('applied');
    expect(await bench.service.revert(systemContext(), release.releaseId)).toMatchObject({ ended: 1 });
  });
});

describe('two imports of rules at once', () => {
  it('end with one done and the other refused', async () => {
    const file = HEADER + row('lactulose', 'guaifenesin');
    const original = bench.sets.apply.bind(bench.sets);
    let other: PromiseSettledResult<unknown> | undefined;
    const meanwhile = vi.spyOn(bench.sets, 'apply').mockImplementationOnce(async (...all) => {
      [other] = await Promise.allSettled([bench.load(file, { source: 'both' })]);
      return original(...all);
    });
    expect(await bench.load(file, { source: 'both' })).toMatchObject({ rowsInserted: 1 });
    meanwhile.mockRestore();
    expect(other).toMatchObject({ status: 'rejected', reason: expect.any(ImportRunning) as unknown });
    expect(await bench.load(file, { source: 'both' })).toMatchObject({ rowsUnchanged: 1, rowsInserted: 0 });
  });
});

describe('a large file of interactions', () => {
  /** More can be asked for from outside: the figure in docs/performance.md is of 200,000. */
  const ROWS = Number(process.env.MEDITORY_RULE_ROWS ?? 20_000);

  it('loads, changes nothing the second time, and is taken back', { timeout: 600_000 }, async () => {
    const { rows: ingredients } = await bench.db.owner.query<{ id: number }>(
      `select ingredient_id as id from reference.ingredients where verified and kind = 'substance' order by ingredient_id limit 700`,
    );
    const ids = ingredients.map(({ id }) => id);
    const before = await bench.hash();
    const lines: string[] = ['a,b,severity,description,management,source\n'];
    for (let at = 0; at < ids.length && lines.length <= ROWS; at++)
      for (let next = at + 1; next < ids.length && lines.length <= ROWS; next++)
        lines.push(
          `id:${ids[at]},id:${ids[next]},${lines.length % 3 === 0 ? 'Major' : 'Minor'},Levels of one of them rise.,Watch and adjust the dose.,Generated\n`,
        );
    const content = lines.join('');
    const begun = performance.now();
    const first = await bench.load(content, { source: 'large' });
    const loaded = performance.now();
    expect(first).toMatchObject({ rowsRead: ROWS, rowsInserted: ROWS, rowsRejected: 0 });
    const again = await bench.load(content, { source: 'large' });
    const compared = performance.now();
    expect(again).toMatchObject({
      rowsUnchanged: ROWS,
      rowsInserted: 0,
      rowsUpdated: 0,
      rowsDiscontinued: 0,
    });
    const outcome = await bench.service.revert(systemContext(), first.releaseId);
    expect(outcome).toMatchObject({ ended: ROWS, restored: 0 });
    expect(await bench.hash()).toBe(before);
    const second = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
    console.info(
      `${ROWS} interaction rules: ${second(begun, loaded)} s to load, ${second(loaded, compared)} s the second time, ${second(compared, performance.now())} s to take back; ${Math.round(process.memoryUsage().rss / 1024 ** 2)} MiB`,
    );
  });
});
