import { beforeAll, describe, expect, it } from 'vitest';

import { useTestDatabase } from '../../../test/support/db.js';
import type { Tx } from '../../platform/database/tx.js';
import { planSearch } from './sql-search.domain.js';
import { SqlSearchRepository } from './sql-search.repository.js';
import { SEARCH } from './sql-search.sql.js';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

interface Explained {
  readonly 'QUERY PLAN': readonly { readonly Plan: PlanNode }[];
}

function planOf(rows: readonly Explained[]): PlanNode {
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error('EXPLAIN answered no plan');
  return plan;
}

const nodesOf = (node: PlanNode): string[] => [
  ...(node['Index Name'] ? [`${node['Node Type']} ${node['Index Name']}`] : []),
  ...(node.Plans ?? []).flatMap(nodesOf),
];

/** The statement the repository sends for a query, with its values, taken down instead of run. */
async function statementFor(q: string): Promise<{ text: string; values: readonly unknown[] }> {
  let sent = { text: '', values: [] as readonly unknown[] };
  const recorder = {
    one: async (text: string, values: readonly unknown[]) => {
      sent = { text, values };
      return { total: 0, page: [], facets: [] };
    },
  };
  await new SqlSearchRepository().findMatches(recorder as unknown as Tx, planSearch(q), {}, [], {
    offset: 0,
    limit: 20,
  });
  return sent;
}

// Plan shapes on 5,000 products: what the statement costs on a large catalogue depends on these indexes being used.
describe('the plan of a search', () => {
  const db = useTestDatabase();

  beforeAll(async () => {
    await db.owner.query(`
      insert into reference.ingredients (name, name_folded, source) select 'ingredient ' || n, 'ingredient ' || n, 'test' from generate_series(1, 500) n;
      insert into reference.drugs (name, name_folded, active_raw, price)
      select 'Brand' || n || ' ' || (n % 50) || ' mg tab', 'brand' || n || ' ' || (n % 50) || ' mg tab', 'ingredient ' || (n % 500 + 1), 10
      from generate_series(1, 5000) n;
      insert into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text)
      select d.drug_id, 1, i.ingredient_id, i.name from reference.drugs d join reference.ingredients i on i.name = d.active_raw;
      analyze reference.drugs, reference.drug_ingredients, reference.ingredients`);
  });

  const expected = [
    'Bitmap Index Scan idx_drugs_name_gin',
    'Bitmap Index Scan idx_drugs_active_gin',
    'Bitmap Index Scan drugs_name_ar_gin',
    'drug_ingredients_ingredient_idx',
    'drugs_name_prefix_idx',
  ];

  it('uses the indexes of the specification with the values of a query', async () => {
    const { text, values } = await statementFor('brand4711');
    expect(text).toBe(SEARCH);
    const { rows } = await db.owner.query<Explained>(`explain (format json) ${text}`, [...values]);
    const nodes = nodesOf(planOf(rows)).join('\n');
    for (const index of expected) expect(nodes).toContain(index);
  });

  it('uses them in the plan that is kept for any values', async () => {
    const { rows } = await db.owner.query<Explained>(`explain (generic_plan, format json) ${SEARCH}`);
    const nodes = nodesOf(planOf(rows)).join('\n');
    for (const index of expected) expect(nodes).toContain(index);
  });
});
