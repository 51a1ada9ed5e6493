import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * The perpetual register of controlled products: an entry for each movement of stock, written by the ledger itself, with a
 * number that has no gap and a balance that is the stock of the product at the branch. What lay there before is the opening
 * entry. A product stays in its register when its schedule is taken away.
 */
export class ControlledRegister1798000000070 implements MigrationInterface {
  name = 'ControlledRegister1798000000070';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.controlled_registers ( -- Where the register of a controlled product at a branch stands; kept by trigger.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  drug_id integer not null references reference.drugs (drug_id), -- The product.
  last_entry_no integer not null check (last_entry_no >= 0), -- Number of the last entry; 0: none yet.
  balance numeric(14, 3) not null constraint controlled_registers_balance_check check (balance >= 0), -- Base units of the product at the branch.
  constraint controlled_registers_pkey primary key (branch_id, drug_id)
);

create table operational.controlled_register_entries ( -- The register of controlled products; append-only, written by the ledger of stock alone.
  branch_id integer not null, -- Branch.
  drug_id integer not null, -- The product.
  entry_no integer not null check (entry_no >= 1), -- Number within product and branch, from 1 without a gap.
  movement_id bigint constraint controlled_register_entries_movement_key unique references operational.stock_movements (movement_id), -- The movement; null: what was there when the register was opened.
  quantity numeric(14, 3) not null check (quantity <> 0), -- Base units; positive in, negative out.
  balance_after numeric(14, 3) not null constraint controlled_register_entries_balance_check check (balance_after >= 0), -- Base units of the product at the branch after it.
  user_id integer references operational.users (user_id), -- Who.
  recorded_at timestamptz not null default clock_timestamp(), -- When it was written.
  tx_id text not null default operational.current_tx_id(), -- Transaction; the same on its audit rows.
  constraint controlled_register_entries_pkey primary key (branch_id, drug_id, entry_no),
  constraint controlled_register_entries_register_fkey foreign key (branch_id, drug_id) references operational.controlled_registers (branch_id, drug_id),
  constraint controlled_register_entries_opening_check check (movement_id is not null or (entry_no = 1 and quantity = balance_after))
);
create index controlled_register_entries_time_idx on operational.controlled_register_entries (branch_id, recorded_at);

create function operational.refuse_register_by_hand() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '%.% is written by the ledger of stock: % refused', tg_table_schema, tg_table_name, tg_op using errcode = 'MD004';
end $$;
comment on function operational.refuse_register_by_hand() is 'Refuses what is written into the register of controlled products by hand, the owner''s too.';

create function operational.keep_controlled_register() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_product record;
  v_register operational.controlled_registers%rowtype;
  v_opening numeric;
begin
  -- Registers are locked in the order of products, after the lots: the order of all stock locks.
  for v_product in
    select m.branch_id, m.drug_id, sum(m.quantity) as quantity
    from moved m join reference.drugs d on d.drug_id = m.drug_id
    where d.controlled_schedule is not null
      or exists (select from operational.controlled_registers r where r.branch_id = m.branch_id and r.drug_id = m.drug_id)
    group by m.branch_id, m.drug_id order by m.drug_id, m.branch_id
  loop
    insert into operational.controlled_registers (branch_id, drug_id, last_entry_no, balance)
    values (v_product.branch_id, v_product.drug_id, 0, 0) on conflict do nothing;
    select * into strict v_register from operational.controlled_registers r
    where r.branch_id = v_product.branch_id and r.drug_id = v_product.drug_id for update;
    if v_register.last_entry_no = 0 then
      -- Whoever moved the product before it was controlled and has not ended yet is waited for at his lot.
      perform 1 from operational.inventory_lots l where l.branch_id = v_product.branch_id and l.drug_id = v_product.drug_id
      order by l.expiry_date nulls last, l.received_at, l.lot_id for update;
      select coalesce(sum(l.quantity), 0) - v_product.quantity into v_opening
      from operational.inventory_lots l where l.branch_id = v_product.branch_id and l.drug_id = v_product.drug_id;
      if v_opening <> 0 then
        v_register.last_entry_no := 1;
        v_register.balance := v_opening;
        insert into operational.controlled_register_entries (branch_id, drug_id, entry_no, quantity, balance_after)
        values (v_product.branch_id, v_product.drug_id, 1, v_opening, v_opening);
      end if;
    end if;
    insert into operational.controlled_register_entries (branch_id, drug_id, entry_no, movement_id, quantity, balance_after, user_id)
    select m.branch_id, m.drug_id, v_register.last_entry_no + row_number() over (order by m.movement_id), m.movement_id, m.quantity,
      v_register.balance + sum(m.quantity) over (order by m.movement_id), m.user_id
    from moved m where m.branch_id = v_product.branch_id and m.drug_id = v_product.drug_id order by m.movement_id;
    update operational.controlled_registers r set balance = v_register.balance + v_product.quantity,
      last_entry_no = v_register.last_entry_no + (select count(*) from moved m where m.branch_id = r.branch_id and m.drug_id = r.drug_id)
    where r.branch_id = v_product.branch_id and r.drug_id = v_product.drug_id;
  end loop;
  return null;
end $$;
comment on function operational.keep_controlled_register() is 'Writes the register of controlled products for the movements of a statement, with the next numbers and the balance.';

insert into operational.controlled_registers (branch_id, drug_id, last_entry_no, balance)
select m.branch_id, m.drug_id, 1, sum(m.quantity)
from operational.stock_movements m join reference.drugs d on d.drug_id = m.drug_id
where d.controlled_schedule is not null
group by m.branch_id, m.drug_id having sum(m.quantity) > 0;
insert into operational.controlled_register_entries (branch_id, drug_id, entry_no, quantity, balance_after)
select r.branch_id, r.drug_id, 1, r.balance, r.balance from operational.controlled_registers r;

create trigger stock_movements_register after insert on operational.stock_movements
  referencing new table as moved for each statement execute function operational.keep_controlled_register();
create trigger controlled_registers_by_hand before insert or update on operational.controlled_registers
  for each row when (pg_trigger_depth() = 0) execute function operational.refuse_register_by_hand();
create trigger controlled_registers_stay before delete on operational.controlled_registers
  for each row execute function operational.refuse_change();
create trigger controlled_registers_no_truncate before truncate on operational.controlled_registers
  for each statement execute function operational.refuse_change();
create trigger controlled_register_entries_by_hand before insert on operational.controlled_register_entries
  for each row when (pg_trigger_depth() = 0) execute function operational.refuse_register_by_hand();
create trigger controlled_register_entries_append_only before update or delete on operational.controlled_register_entries
  for each row execute function operational.refuse_change();
create trigger controlled_register_entries_no_truncate before truncate on operational.controlled_register_entries
  for each statement execute function operational.refuse_change();
call operational.attach_row_audit('controlled_register_entries', 'branch_id,drug_id,entry_no');

grant select on operational.controlled_registers, operational.controlled_register_entries to pharmacy_app, pharmacy_reporting;
alter table operational.controlled_registers enable row level security;
create policy branch_scope on operational.controlled_registers to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.controlled_registers for select to pharmacy_reporting using (true);
alter table operational.controlled_register_entries enable row level security;
create policy branch_scope on operational.controlled_register_entries to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.controlled_register_entries for select to pharmacy_reporting using (true);
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.controlled_register_entries']);
    await queryRunner.query(`
drop trigger stock_movements_register on operational.stock_movements;
drop function operational.keep_controlled_register();
drop table operational.controlled_register_entries, operational.controlled_registers;
drop function operational.refuse_register_by_hand();
`);
  }
}
