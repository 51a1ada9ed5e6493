import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';

/** What a branch sold of a product, by weeks: base units, the last week first. */
export interface SalesHistory {
  readonly username: string;
  readonly drugId: number;
  readonly weeks: readonly number[];
}

/**
 * Gives a branch a past, which no user can: all of it came before the first week, and went in them. Its stock stays what it is. `username` is
 * somebody who works there and nowhere else.
 */
export async function sold(home: string, histories: readonly SalesHistory[]): Promise<void> {
  const { port, superuserPassword } = JSON.parse(readFileSync(join(home, 'cluster.json'), 'utf8')) as {
    port: number;
    superuserPassword: string;
  };
  const owner = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: superuserPassword,
    database: 'meditory_erp',
  });
  await owner.connect();
  try {
    await owner.query('set session_replication_role = replica');
    for (const { username, drugId, weeks } of histories)
      await owner.query(
        `with lot as (
           select l.lot_id, l.branch_id, l.drug_id from operational.inventory_lots l join operational.user_branches b using (branch_id)
           join operational.users u using (user_id) where u.username = $1 and l.drug_id = $2 order by l.lot_id limit 1
         ), week as (
           select w.quantity, w.ago * 7 - 3 as days from unnest($3::numeric[]) with ordinality w (quantity, ago) where w.quantity > 0
         ), moves as (
           select 'adjustment' as kind, sum(w.quantity) as quantity, max(w.days) + 2 as days from week w union all select 'sale', - w.quantity, w.days from week w
         )
         insert into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, reason, sale_item_id, balance_after, unit_cost, effective_at)
         select l.branch_id, l.lot_id, l.drug_id, m.kind, m.quantity, 'past', case m.kind when 'sale' then 0 end, 0, 0.5, now() - make_interval(days => m.days::integer)
         from lot l, moves m`,
        [username, drugId, weeks],
      );
  } finally {
    await owner.end();
  }
}
