import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';

/**
 * Finding people and prescriptions among a million: a misspelt name is looked up among the distinct words of names, and
 * the people by the words found; numbers by what they begin with or contain.
 */
export class PeopleSearch1799000000100 implements MigrationInterface {
  name = 'PeopleSearch1799000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
alter table operational.patients add column name_words text[] not null generated always as (string_to_array(name_folded, ' ')) stored;
comment on column operational.patients.name_words is 'Words of all names, folded.';
create index patients_name_words_idx on operational.patients using gin (name_words);
create index patients_phone_digits_idx on operational.patients
  using gin (regexp_replace(translate(phone, '٠١٢٣٤٥٦٧٨٩', '0123456789'), '\\D', '', 'g') public.gin_trgm_ops);
create table operational.name_words ( -- Words that names of a branch's patients are made of: a misspelling is looked up here, once for all people of that name.
  branch_id integer not null references operational.branches (branch_id), -- Branch that keeps the records.
  word text not null check (word <> ''), -- The word, folded.
  primary key (branch_id, word)
);
create index name_words_trgm_idx on operational.name_words using gin (word public.gin_trgm_ops);
insert into operational.name_words (branch_id, word)
select distinct p.branch_id, w from operational.patients p, unnest(p.name_words) w where w <> '';
create function operational.keep_name_words() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into operational.name_words (branch_id, word)
  select new.branch_id, w from unnest(string_to_array(new.name_folded, ' ')) w where w <> '' group by w order by w
  on conflict do nothing;
  return null;
end $$;
comment on function operational.keep_name_words() is 'Adds the words of a new name to those of its branch.';
revoke execute on function operational.keep_name_words() from public;
create trigger patients_name_words after insert or update of name_folded, branch_id on operational.patients
  for each row execute function operational.keep_name_words();
grant select on operational.name_words to pharmacy_app;
alter table operational.name_words enable row level security;
create policy branch_scope on operational.name_words to pharmacy_app
  using (branch_id = any ((select operational.current_branches())::integer[])) with check (branch_id = any ((select operational.current_branches())::integer[]));
alter table operational.prescriptions alter column rx_number type text collate "C";
create index prescriptions_drug_newest_idx on operational.prescriptions (branch_id, drug_id, prescription_id desc);
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop index operational.prescriptions_drug_newest_idx;
alter table operational.prescriptions alter column rx_number type text collate "default";
drop trigger patients_name_words on operational.patients;
drop function operational.keep_name_words();
drop table operational.name_words;
drop index operational.patients_phone_digits_idx, operational.patients_name_words_idx;
alter table operational.patients drop column name_words;
`);
  }
}
