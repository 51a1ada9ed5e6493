import type { MigrationInterface, QueryRunner } from 'typeorm';

import { appendOnly, branchScope } from './support/branch-scope.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** Minutes in which the same wish, noted again by the same person at the same place, is one. */
const ONE_WISH_MINUTES = 10;

/** What was wanted and not in stock, and the service a branch or a product is stocked for. */
export class LostSales1799000000200 implements MigrationInterface {
  name = 'LostSales1799000000200';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.lost_sales ( -- What somebody wanted and did not get since it was not in stock; append-only, and of nobody in particular.
  lost_sale_id integer generated always as identity primary key, -- Identity.
  branch_id integer not null references operational.branches (branch_id), -- Branch.
  drug_id integer not null constraint lost_sales_drug_id_fkey references reference.drugs (drug_id), -- The product.
  quantity numeric(14, 3) not null check (quantity > 0), -- Base units wanted and not there.
  source text not null check (source in ('search', 'till', 'fill', 'manual')), -- Where it was noted: a product looked up, a sale or a fill refused, by hand.
  user_id integer not null references operational.users (user_id), -- Who noted it; set by trigger.
  recorded_at timestamptz not null default now() -- When.
);
create index lost_sales_branch_idx on operational.lost_sales (branch_id, recorded_at desc, lost_sale_id desc);
create index lost_sales_wish_idx on operational.lost_sales (drug_id, branch_id, recorded_at);
call operational.attach_row_audit('lost_sales', 'lost_sale_id');

create function operational.note_lost_sale() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  new.user_id := coalesce(operational.current_user_id(), new.user_id);
  -- Two notes of one wish in the same moment: the second waits here and finds the first.
  perform pg_advisory_xact_lock(hashtextextended(format('lost_sales %s %s %s %s', new.branch_id, new.drug_id, new.source, new.user_id), 0));
  if exists (select from operational.lost_sales l where l.branch_id = new.branch_id and l.drug_id = new.drug_id and l.source = new.source and l.user_id = new.user_id
    and l.recorded_at > new.recorded_at - interval '${ONE_WISH_MINUTES} minutes' and l.recorded_at < new.recorded_at + interval '${ONE_WISH_MINUTES} minutes') then
    return null;
  end if;
  return new;
end $$;
comment on function operational.note_lost_sale() is 'The same product noted again at the same place by the same person within ten minutes is one wish and kept once.';
create trigger lost_sales_note before insert on operational.lost_sales
  for each row execute function operational.note_lost_sale();
grant select, insert (branch_id, drug_id, quantity, source) on operational.lost_sales to pharmacy_app;
${appendOnly('lost_sales')}
${branchScope('lost_sales')}

alter table operational.branches
  add column service_level numeric(4, 3) not null default 0.95 constraint branches_service_level_check check (service_level between 0.5 and 0.999);
comment on column operational.branches.service_level is 'Share of the times between two orders that a product is to be there until the next, 0.5 to 0.999.';
alter table operational.reorder_rules
  add column service_level numeric(4, 3) constraint reorder_rules_service_level_check check (service_level between 0.5 and 0.999);
comment on column operational.reorder_rules.service_level is 'Share of the times between two orders that the product is to be there; null: as the branch has it.';
grant update (service_level) on operational.reorder_rules to pharmacy_app;
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.lost_sales']);
    await queryRunner.query(`
alter table operational.reorder_rules drop column service_level;
alter table operational.branches drop column service_level;
drop table operational.lost_sales;
drop function operational.note_lost_sale();
`);
  }
}
