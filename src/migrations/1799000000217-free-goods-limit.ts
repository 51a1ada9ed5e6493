import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Free goods have a limit as paid ones have: what was ordered free, with the tolerance; beyond it somebody who approves orders says why. */
export class FreeGoodsLimit1799000000217 implements MigrationInterface {
  name = 'FreeGoodsLimit1799000000217';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table operational.goods_receipt_items
  add column bonus_reason text constraint goods_receipt_items_bonus_reason_check check (length(btrim(bonus_reason)) between 1 and 500);
comment on column operational.goods_receipt_items.bonus_reason is 'Why more came free than was ordered, said by somebody who approves orders; null: it did not.';

create function operational.guard_free_goods() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_line smallint;
  v_may boolean := exists (
    select from operational.user_roles ur join operational.role_permissions rp using (role_id) join operational.permissions p using (permission_id)
    where ur.user_id = operational.current_user_id() and p.name = 'ApprovePurchaseOrder');
begin
  select i.line_no into v_line
  from posted p join operational.purchase_order_items i using (purchase_order_item_id) join operational.purchase_orders o using (purchase_order_id)
  where p.bonus > 0 and i.quantity_bonus_received > i.quantity_bonus * (1 + o.over_receipt_tolerance) and (p.bonus_reason is null or not v_may)
  order by i.line_no limit 1;
  if found then
    raise exception 'line %: more came free than was ordered', v_line using errcode = 'MD217';
  end if;
  return null;
end $$;
comment on function operational.guard_free_goods() is 'Refuses more free goods than were ordered free, with the tolerance, unless somebody who approves orders says why.';
-- After the posting, which has added them to the order and holds its lock. What the owner loads came before.
create trigger goods_receipt_items_q_free after insert on operational.goods_receipt_items
  referencing new table as posted for each statement when (current_user in ('pharmacy_app', 'pharmacy_admin')) execute function operational.guard_free_goods();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop trigger goods_receipt_items_q_free on operational.goods_receipt_items;
drop function operational.guard_free_goods();
alter table operational.goods_receipt_items drop column bonus_reason;
`);
  }
}
