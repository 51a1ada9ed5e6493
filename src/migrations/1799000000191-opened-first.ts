import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Opened packs first: of lots that expire the same day, the one with an opened pack gives first. The order of locks stays as it was. */
export class OpenedFirst1799000000191 implements MigrationInterface {
  name = 'OpenedFirst1799000000191';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create or replace function operational.plan_fefo(p_branch_id integer, p_drug_ids integer[], p_quantities numeric[])
returns table (line_no integer, lot_id integer, drug_id integer, lot_number text, expiry_date date, quantity numeric) language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_today date;
begin
  select (now() at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = p_branch_id;
  -- One global lock order (drug, expiry, received, lot) for every caller: no deadlock between baskets.
  perform 1 from operational.inventory_lots l
  where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
    and (l.expiry_date is null or l.expiry_date >= v_today)
  order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update;
  -- A second statement: it sees what the ones we waited for have left.
  return query
  with wanted as (
    select u.n::integer as line, u.drug as drug, u.qty as qty,
      sum(u.qty) over (partition by u.drug order by u.n) - u.qty as from_qty, sum(u.qty) over (partition by u.drug order by u.n) as to_qty
    from unnest(p_drug_ids, p_quantities) with ordinality as u (drug, qty, n)
  ), offered as (
    select l.lot_id, l.drug_id, l.lot_number, l.expiry_date, l.received_at, x.opened, l.quantity - l.quantity_reserved as free,
      sum(l.quantity - l.quantity_reserved) over (partition by l.drug_id order by l.expiry_date nulls last, x.opened desc, l.received_at, l.lot_id) as to_qty
    from operational.inventory_lots l
    cross join lateral (select exists (select from operational.pack_serials p where p.lot_id = l.lot_id and p.status = 'opened') as opened) x
    where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
      and (l.expiry_date is null or l.expiry_date >= v_today)
  )
  select w.line, o.lot_id, o.drug_id, o.lot_number, o.expiry_date, least(w.to_qty, o.to_qty) - greatest(w.from_qty, o.to_qty - o.free)
  from wanted w join offered o on o.drug_id = w.drug and o.to_qty > w.from_qty and o.to_qty - o.free < w.to_qty
  order by w.line, o.expiry_date nulls last, o.opened desc, o.received_at, o.lot_id;
end $$;
comment on function operational.plan_fefo(integer, integer[], numeric[]) is 'Locks the lots and says which give how much to which line: first expiry first; of the same expiry one with an opened pack first, then the one received first. What is short is simply not in the answer.';
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
create or replace function operational.plan_fefo(p_branch_id integer, p_drug_ids integer[], p_quantities numeric[])
returns table (line_no integer, lot_id integer, drug_id integer, lot_number text, expiry_date date, quantity numeric) language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_today date;
begin
  select (now() at time zone b.time_zone)::date into v_today from operational.branches b where b.branch_id = p_branch_id;
  -- One global lock order (drug, expiry, received, lot) for every caller: no deadlock between baskets.
  perform 1 from operational.inventory_lots l
  where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
    and (l.expiry_date is null or l.expiry_date >= v_today)
  order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update;
  -- A second statement: it sees what the ones we waited for have left.
  return query
  with wanted as (
    select u.n::integer as line, u.drug as drug, u.qty as qty,
      sum(u.qty) over (partition by u.drug order by u.n) - u.qty as from_qty, sum(u.qty) over (partition by u.drug order by u.n) as to_qty
    from unnest(p_drug_ids, p_quantities) with ordinality as u (drug, qty, n)
  ), offered as (
    select l.lot_id, l.drug_id, l.lot_number, l.expiry_date, l.received_at, l.quantity - l.quantity_reserved as free,
      sum(l.quantity - l.quantity_reserved) over (partition by l.drug_id order by l.expiry_date nulls last, l.received_at, l.lot_id) as to_qty
    from operational.inventory_lots l
    where l.branch_id = p_branch_id and l.drug_id = any (p_drug_ids) and l.status = 'available' and l.quantity > l.quantity_reserved
      and (l.expiry_date is null or l.expiry_date >= v_today)
  )
  select w.line, o.lot_id, o.drug_id, o.lot_number, o.expiry_date, least(w.to_qty, o.to_qty) - greatest(w.from_qty, o.to_qty - o.free)
  from wanted w join offered o on o.drug_id = w.drug and o.to_qty > w.from_qty and o.to_qty - o.free < w.to_qty
  order by w.line, o.expiry_date nulls last, o.received_at, o.lot_id;
end $$;
comment on function operational.plan_fefo(integer, integer[], numeric[]) is 'Locks the lots and says which give how much to which line, first expiry first; what is short is simply not in the answer.';
`);
  }
}
