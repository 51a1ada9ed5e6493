import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Buying by more than one person, where the branch asks for it: who enters a supplier, writes, approves and receives an order. */
export class SeparateDuties1799000000265 implements MigrationInterface {
  name = 'SeparateDuties1799000000265';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.branches add column separate_duties boolean not null default false;
comment on column operational.branches.separate_duties is 'True: who entered the supplier or wrote an order does not approve it, and who approved it does not receive it, whatever it is worth.';
alter table operational.suppliers add column created_by integer references operational.users (user_id);
alter table operational.suppliers alter column created_by set default operational.current_user_id();
comment on column operational.suppliers.created_by is 'Who entered the supplier; null: an import, or before this was kept.';

create function operational.guard_order_duties() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select b.separate_duties from operational.branches b where b.branch_id = new.branch_id)
    and (new.approved_by in (coalesce(new.created_by, 0), coalesce(new.submitted_by, 0))
      or exists (select from operational.suppliers s where s.supplier_id = new.supplier_id and s.created_by = new.approved_by)) then
    raise exception 'order % is approved by another than who wrote it or entered its supplier', new.purchase_order_id using errcode = 'MD428';
  end if;
  return null;
end $$;
comment on function operational.guard_order_duties() is 'Where duties are separate, who entered the supplier or wrote the order does not approve it.';
create trigger purchase_orders_duties after insert or update of approved_by, status on operational.purchase_orders
  for each row when (new.approved_by is not null) execute function operational.guard_order_duties();

create function operational.guard_receipt_duties() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  if (select b.separate_duties from operational.branches b where b.branch_id = new.branch_id)
    and exists (select from operational.purchase_orders o where o.purchase_order_id = new.purchase_order_id and o.approved_by = new.received_by) then
    raise exception 'order % is received by another than who approved it', new.purchase_order_id using errcode = 'MD428';
  end if;
  return null;
end $$;
comment on function operational.guard_receipt_duties() is 'Where duties are separate, who approved an order does not receive it.';
create trigger goods_receipts_duties after insert on operational.goods_receipts
  for each row when (new.purchase_order_id is not null) execute function operational.guard_receipt_duties();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger goods_receipts_duties on operational.goods_receipts;
drop function operational.guard_receipt_duties();
drop trigger purchase_orders_duties on operational.purchase_orders;
drop function operational.guard_order_duties();
alter table operational.suppliers drop column created_by;
alter table operational.branches drop column separate_duties;
`);
  }
}
