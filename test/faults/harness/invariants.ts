import type { Pool } from 'pg';

/** What must be so at any moment, asked of the tables by themselves. */
interface Invariant {
  readonly code: string;
  readonly rule: string;
  /** Names each row that breaks it, as `broken`. */
  readonly sql: string;
}

/**
 * Invariants of the trust plan, written anew from the tables: they share no line with the integrity check of the product, which is run
 * beside them. I8 (the chain of the audit trail) is that check's alone, since only who holds the key can recompute it: that it finds every
 * kind of tampering is proved by src/operational/audit-seals/tampering.db.test.ts (T54).
 */
export const INVARIANTS: readonly Invariant[] = [
  {
    code: 'I1',
    rule: 'A lot holds the sum of its movements.',
    sql: `
select 'lot ' || l.lot_id || ' holds ' || l.quantity || ', moved ' || coalesce(sum(m.quantity), 0) as broken
from operational.inventory_lots l left join operational.stock_movements m using (lot_id)
group by l.lot_id, l.quantity having l.quantity <> coalesce(sum(m.quantity), 0)`,
  },
  {
    code: 'I2',
    rule: 'No lot is, or ever was, below zero.',
    sql: `
select 'lot ' || lot_id || ' is ' || quantity as broken from operational.inventory_lots where quantity < 0 or quantity_reserved > quantity
union all
select 'lot ' || lot_id || ' was ' || balance || ' after movement ' || movement_id from (
  select lot_id, movement_id, sum(quantity) over (partition by lot_id order by movement_id) as balance from operational.stock_movements) b
where balance < 0`,
  },
  {
    code: 'I3',
    rule: 'A line that was sold moved exactly its units, and no movement of a sale is without its line.',
    sql: `
with moved as (select sale_item_id, sum(quantity) as units from operational.stock_movements where sale_item_id is not null group by 1),
     given as (select fill_id, sum(quantity) as units from operational.stock_movements where movement_type = 'dispense' group by 1)
select 'sale line ' || i.sale_item_id || ' of ' || i.quantity || ' moved ' || - coalesce(m.units, g.units, 0) as broken
from operational.sale_items i left join moved m using (sale_item_id) left join given g on g.fill_id = i.fill_id
where - coalesce(m.units, g.units, 0) <> i.quantity
union all
select 'movement ' || movement_id || ' sells no line' from operational.stock_movements where movement_type = 'sale' and sale_item_id is null`,
  },
  {
    code: 'I4',
    rule: 'The lines of a sale add up to its total, and so do its tenders less change.',
    sql: `
with lines as (select sale_id, sum(amount - discount + case when tax_included then 0 else tax end) as total from operational.sale_items group by 1),
     paid as (select sale_id, sum(amount - change_given) as total from operational.payments group by 1)
select 'sale ' || s.sale_id || ' of ' || s.total || ': lines ' || coalesce(l.total, 0) || ', paid ' || coalesce(p.total, 0) as broken
from operational.sales s left join lines l using (sale_id) left join paid p using (sale_id)
where s.total <> coalesce(l.total, 0) + s.rounding or s.total <> coalesce(p.total, 0)`,
  },
  {
    code: 'I5',
    rule: 'Fills that stand are within the authority, and their numbers have no gap.',
    sql: `
select 'prescription ' || p.prescription_id || ': fills ' || min(f.fill_number) || ' to ' || max(f.fill_number) || ', ' || sum(f.quantity) || ' units' as broken
from operational.prescriptions p join operational.fills f using (prescription_id)
where f.status not in ('reversed', 'returned_to_stock')
group by p.prescription_id, p.quantity, p.refills_authorized
having max(f.fill_number) > p.refills_authorized or sum(f.quantity) > p.quantity * (1 + p.refills_authorized)
  or count(distinct f.fill_number) <> max(f.fill_number) - min(f.fill_number) + 1`,
  },
  {
    code: 'I6',
    rule: 'No two keys claim the same effect, and none is without its answer.',
    sql: `
select 'sale ' || (k.response::jsonb ->> 'saleId') || ' answers ' || count(*) || ' keys' as broken
from operational.idempotency_keys k where k.response::jsonb ->> 'saleType' = 'sale' group by k.response::jsonb ->> 'saleId' having count(*) > 1
union all
select 'a key of user ' || user_id || ' was used and not answered' from operational.idempotency_keys where response is null`,
  },
  {
    code: 'I7',
    rule: 'Nothing left to a patient that was expired on the day of the branch, or set aside at that moment.',
    sql: `
select 'movement ' || m.movement_id || ' took from lot ' || l.lot_id || ', good to ' || l.expiry_date as broken
from operational.stock_movements m join operational.inventory_lots l using (lot_id) join operational.branches b on b.branch_id = l.branch_id
where m.movement_type in ('sale', 'dispense') and (m.effective_at at time zone b.time_zone)::date > l.expiry_date
union all
select 'movement ' || m.movement_id || ' took from lot ' || m.lot_id || ', which was ' || then_.status
from operational.stock_movements m
join operational.audit_logs a on a.table_name = 'stock_movements' and a.row_key = m.movement_id::text and a.action = 'insert'
cross join lateral (select x.after ->> 'status' as status from operational.audit_logs x
  where x.table_name = 'inventory_lots' and x.row_key = m.lot_id::text and x.audit_log_id < a.audit_log_id and x.after ? 'status'
  order by x.audit_log_id desc limit 1) then_
where m.movement_type in ('sale', 'dispense') and then_.status <> 'available'`,
  },
  {
    code: 'I9',
    rule: 'Every movement and every payment has an audit row, the movement one of its own transaction.',
    sql: `
select 'movement ' || m.movement_id as broken from operational.stock_movements m
where not exists (select from operational.audit_logs a where a.table_name = 'stock_movements' and a.row_key = m.movement_id::text and a.tx_id = m.tx_id)
union all
select 'payment ' || p.payment_id from operational.payments p
where not exists (select from operational.audit_logs a where a.table_name = 'payments' and a.row_key = p.payment_id::text)`,
  },
  {
    code: 'I10',
    rule: 'A sale, its lines, its tenders and the lots it took from are of one branch.',
    sql: `
select 'sale line ' || i.sale_item_id as broken
from operational.sale_items i join operational.sales s using (sale_id)
left join operational.stock_movements m on m.sale_item_id = i.sale_item_id left join operational.inventory_lots l on l.lot_id = m.lot_id
where i.branch_id <> s.branch_id or m.branch_id <> s.branch_id or l.branch_id <> s.branch_id
union all
select 'payment ' || p.payment_id from operational.payments p join operational.sales s using (sale_id) where p.branch_id <> s.branch_id
union all
select 'fill ' || f.fill_id from operational.fills f join operational.prescriptions p using (prescription_id) where f.branch_id <> p.branch_id`,
  },
  {
    code: 'I11',
    rule: 'Under the rules of the United States schedule II is not refilled, III and IV at most five times and not after six months.',
    sql: `
select 'fill ' || f.fill_id || ', number ' || f.fill_number || ' of schedule ' || d.controlled_schedule as broken
from operational.fills f join operational.prescriptions p using (prescription_id) join operational.branches b on b.branch_id = f.branch_id
join reference.drugs d on d.drug_id = f.drug_id
where b.jurisdiction = 'US' and f.status not in ('reversed', 'returned_to_stock') and (
  (d.controlled_schedule = 'II' and f.fill_number > 0)
  or (d.controlled_schedule in ('III', 'IV') and (f.fill_number > 5 or f.dispensed_on > p.prescribed_date + interval '6 months')))`,
  },
  {
    code: 'I12',
    rule: 'What is verified was verified by somebody who may, and by another than filled it where two must sign.',
    sql: `
select 'fill ' || f.fill_id || ', filled by ' || f.filled_by || ', verified by ' || coalesce(f.verified_by::text, 'nobody') as broken
from operational.fills f
where f.status in ('verified', 'ready', 'dispensed') and (
  f.verified_by is null or (f.second_person and f.verified_by = f.filled_by)
  or not exists (select from operational.user_roles r join operational.role_permissions q using (role_id) join operational.permissions n using (permission_id)
    where r.user_id = f.verified_by and n.name = 'VerifyPrescription'))`,
  },
  {
    code: 'I13',
    rule: 'A disabled user has no live session.',
    sql: `
select 'session ' || s.session_id || ' of user ' || s.user_id as broken
from operational.sessions s join operational.users u using (user_id) where u.status = 'disabled' and s.revoked_at is null and s.expires_at > now()`,
  },
  {
    code: 'I14',
    rule: 'Whatever names a product names one there is.',
    sql: `
select 'prescription ' || prescription_id as broken from operational.prescriptions p where not exists (select from reference.drugs d where d.drug_id = p.drug_id)
union all select 'fill ' || fill_id from operational.fills f where not exists (select from reference.drugs d where d.drug_id = f.drug_id)
union all select 'sale line ' || sale_item_id from operational.sale_items i where not exists (select from reference.drugs d where d.drug_id = i.drug_id)
union all select 'lot ' || lot_id from operational.inventory_lots l where not exists (select from reference.drugs d where d.drug_id = l.drug_id)`,
  },
];

/** Every broken row, with the invariant it breaks; at most ten of each. */
export async function brokenInvariants(db: Pick<Pool, 'query'>): Promise<string[]> {
  const broken: string[] = [];
  for (const { code, rule, sql } of INVARIANTS) {
    const { rows } = await db.query<{ broken: string }>(`select broken from (${sql}) as rows limit 10`);
    broken.push(...rows.map((row) => `${code} ${rule} ${row.broken}`));
  }
  return broken;
}
