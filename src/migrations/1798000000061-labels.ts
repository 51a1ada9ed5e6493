import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/** What a branch's labels look like, and every label that was printed: the first is the original, all others are copies. */
export class Labels1798000000061 implements MigrationInterface {
  name = 'Labels1798000000061';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table operational.label_templates ( -- How the labels of a branch look; none: as the product does it.
  branch_id integer primary key references operational.branches (branch_id), -- The branch.
  size text not null check (size in ('70x35', '80mm', 'A4')), -- Paper.
  languages text not null check (languages in ('patient', 'ar', 'en', 'both')), -- Language: the patient's, one for all, or both.
  lines text[] not null check (lines <@ array['cautions', 'barcode', 'prescriber', 'lots', 'address', 'storage'] and cardinality(lines) <= 6 and array_position(lines, null) is null), -- What stands on it beside what must.
  header text check (length(header) between 1 and 120), -- Said above, as the branch wrote it.
  footer text check (length(footer) between 1 and 120), -- Said below.
  version integer not null check (version >= 1) -- Rises by one with each edit.
);

create table operational.label_prints ( -- Labels printed: who, when, on which paper; append-only.
  print_id bigint generated always as identity primary key, -- Identity; rises with time but may have gaps.
  branch_id integer not null, -- Branch of the fill.
  fill_id integer not null, -- The fill.
  is_copy boolean not null, -- True: marked COPY, as every one after the first.
  size text not null check (size in ('70x35', '80mm', 'A4')), -- Paper.
  language text not null check (language in ('ar', 'en')), -- Language it was printed in.
  printed_by integer not null references operational.users (user_id), -- Who.
  printed_at timestamptz not null default now(), -- When.
  constraint label_prints_fill_fkey foreign key (fill_id, branch_id) references operational.fills (fill_id, branch_id)
);
create unique index label_prints_original_key on operational.label_prints (fill_id) where not is_copy;
create index label_prints_fill_idx on operational.label_prints (fill_id, print_id);

create trigger label_prints_append_only before update or delete on operational.label_prints
  for each row execute function operational.refuse_change();
create trigger label_prints_no_truncate before truncate on operational.label_prints
  for each statement execute function operational.refuse_change();
call operational.attach_row_audit('label_templates', 'branch_id');
call operational.attach_row_audit('label_prints', 'print_id');

grant select, insert, update on operational.label_templates to pharmacy_app;
grant select, insert on operational.label_prints to pharmacy_app;
grant select on operational.label_templates, operational.label_prints to pharmacy_reporting;
alter table operational.label_templates enable row level security;
alter table operational.label_prints enable row level security;
create policy branch_scope on operational.label_templates to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy branch_scope on operational.label_prints to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
create policy reporting_reads on operational.label_templates for select to pharmacy_reporting using (true);
create policy reporting_reads on operational.label_prints for select to pharmacy_reporting using (true);
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.label_prints']);
    await queryRunner.query('drop table operational.label_prints, operational.label_templates');
  }
}
