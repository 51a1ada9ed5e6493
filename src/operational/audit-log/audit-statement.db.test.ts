// What the statement triggers of the audit trail write: each changed row once, as it was and as it is, under its key.
import { describe, expect, it } from 'vitest';

import { anIngredient, anIngredientGroup } from '../../../test/builders/drug.js';
import { useTestDatabase } from '../../../test/support/db.js';

interface Row {
  readonly key: string;
  readonly action: string;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

describe('the audit trail of reference tables', () => {
  const db = useTestDatabase();
  const last = async (): Promise<number> =>
    (
      await db.owner.query<{ id: number }>(
        'select coalesce(max(audit_log_id), 0)::int as id from operational.audit_logs',
      )
    ).rows[0]?.id ?? 0;
  const since = async (id: number, table: string): Promise<Row[]> =>
    (
      await db.owner.query<Row>(
        `select row_key as key, action, before, after from operational.audit_logs
         where audit_log_id > $1 and table_name = $2 and table_schema = 'reference' order by row_key`,
        [id, table],
      )
    ).rows;

  it('holds every row an update changed, before and after, by its key', async () => {
    const ids = [await anIngredient(db, 'audit one'), await anIngredient(db, 'audit two')];
    const from = await last();
    await db.owner.query(
      `update reference.ingredients set atc_code = 'A02BC0' || (ingredient_id - $2 + 1) where ingredient_id = any ($1::int[])`,
      [ids, ids[0]],
    );
    const rows = await since(from, 'ingredients');
    expect(rows.map(({ key, action }) => [key, action])).toEqual(
      ids.map((id) => [String(id), 'update']).sort(),
    );
    for (const [index, id] of ids.entries()) {
      const row = rows.find(({ key }) => key === String(id));
      expect(row?.before).toMatchObject({ ingredient_id: id, atc_code: null });
      expect(row?.after).toEqual({
        ...row?.before,
        atc_code: `A02BC0${Number(ids[index]) - Number(ids[0]) + 1}`,
      });
    }
  });

  it('holds a key of two columns in their order, and a key that changed as a row gone and a row come', async () => {
    const ingredientId = await anIngredient(db, 'audit member');
    const [one, other] = [await anIngredientGroup(db, 'audit-a'), await anIngredientGroup(db, 'audit-b')];
    let from = await last();
    await db.owner.query(
      'insert into reference.ingredient_group_members (ingredient_id, group_id) values ($1, $2)',
      [ingredientId, one],
    );
    const member = (groupId: number) => ({ ingredient_id: ingredientId, group_id: groupId });
    expect(await since(from, 'ingredient_group_members')).toMatchObject([
      { key: `${ingredientId},${one}`, action: 'insert', before: null, after: member(one) },
    ]);
    from = await last();
    await db.owner.query(
      'update reference.ingredient_group_members set group_id = $3 where ingredient_id = $1 and group_id = $2',
      [ingredientId, one, other],
    );
    const moved = await since(from, 'ingredient_group_members');
    expect(moved.find(({ key }) => key === `${ingredientId},${one}`)).toMatchObject({
      before: member(one),
      after: null,
    });
    expect(moved.find(({ key }) => key === `${ingredientId},${other}`)).toMatchObject({
      before: null,
      after: member(other),
    });
    from = await last();
    await db.owner.query('delete from reference.ingredient_group_members where ingredient_id = $1', [
      ingredientId,
    ]);
    expect(await since(from, 'ingredient_group_members')).toMatchObject([
      { key: `${ingredientId},${other}`, action: 'delete', before: member(other), after: null },
    ]);
  });

  it('is written by a function that makes the JSON of a row in one place', async () => {
    const { rows } = await db.owner.query<{ source: string }>(
      `select prosrc as source from pg_proc where proname = 'audit_statement'`,
    );
    // One for each transition table that is read; each behind "offset 0", so that it is not written out again by the planner.
    expect(rows[0]?.source.match(/to_jsonb\(/g)).toHaveLength(4);
    expect(rows[0]?.source.match(/to_jsonb\(t\) as j from \w+ t offset 0/g)).toHaveLength(4);
  });
});
