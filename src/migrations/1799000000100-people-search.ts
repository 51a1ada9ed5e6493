import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';

/**
 * Finding people and prescriptions among a million. A misspelt name is looked up among the distinct words of names, and
 * people by the words found. Row-level security lets no index be used by an operator that might leak a row (LIKE, <%, &&,
 * sums of dates): what searches by them is a function that checks the branch itself, or a column that holds the sum.
 */
export class PeopleSearch1799000000100 implements MigrationInterface {
  name = 'PeopleSearch1799000000100';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
alter table operational.patients
  add column name_words text[] not null generated always as (string_to_array(name_folded, ' ')) stored,
  add column phone_digits text generated always as (regexp_replace(translate(phone, '٠١٢٣٤٥٦٧٨٩', '0123456789'), '\\D', '', 'g')) stored;
comment on column operational.patients.name_words is 'Words of all names, folded.';
comment on column operational.patients.phone_digits is 'Digits of the phone number, however it was written.';
create index patients_name_words_idx on operational.patients using gin (name_words);
create index patients_by_name_idx on operational.patients (branch_id, name_folded, patient_id) where merged_into is null;
create index patients_phone_digits_idx on operational.patients using gin (phone_digits public.gin_trgm_ops);
create table operational.name_words ( -- Words that names of a branch's patients are made of: a misspelling is looked up here, once for all people of that name.
  branch_id integer not null references operational.branches (branch_id), -- Branch that keeps the records.
  word text not null check (word <> ''), -- The word, folded.
  primary key (branch_id, word)
);
create index name_words_trgm_idx on operational.name_words using gin (word public.gin_trgm_ops);
insert into operational.name_words (branch_id, word)
select distinct p.branch_id, w from operational.patients p, unnest(p.name_words) w where w <> '';
alter table operational.name_words enable row level security;

create function operational.keep_name_words() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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

-- Near each word of the search: the word itself, words it begins, words it is in, words that look like it (pg_trgm). The
-- containment is not for speed: where LC_CTYPE is C, pg_trgm sees no Arabic letters.
create function operational.patients_named(p_branch integer, p_words text[], p_limit integer, p_offset integer)
returns table (patient_id integer, place bigint, counted bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
as $$
declare
  v_near text[];
  v_best text[];
  v_conditions text := '';
  v_order text := '0';
  v_word text;
begin
  if p_branch <> all (coalesce(operational.current_branches(), '{}')) or cardinality(p_words) not between 1 and 6 then return; end if;
  perform set_config('pg_trgm.word_similarity_threshold', '0.45', true);
  foreach v_word in array p_words loop
    select array_agg(n.word), array_agg(n.word) filter (where n.nearness >= n.best - 0.05) into v_near, v_best
    from (
      select l.word, l.nearness, max(l.nearness) over () as best
      from (
        select w.word, case when w.word = v_word then 2 when starts_with(w.word, v_word) then 1 else public.word_similarity(v_word, w.word) end as nearness
        from operational.name_words w
        where w.branch_id = p_branch and (v_word operator(public.<%) w.word or w.word like '%' || v_word || '%')
        order by nearness desc, w.word limit 60) l) n;
    if v_near is null then return; end if;
    v_conditions := v_conditions || format(' and p.name_words && %L::text[]', v_near);
    v_order := v_order || format(' + (p.name_words && %L::text[])::integer', v_best);
  end loop;
  return query execute format(
    'select m.patient_id, row_number() over (order by m.begins desc, m.nearness desc, m.name_folded, m.patient_id), count(*) over ()
     from (select p.patient_id, p.name_folded, starts_with(p.name_folded, $2) as begins, %s as nearness
       from operational.patients p where p.branch_id = $1 and p.merged_into is null%s) m
     order by 2 limit $3 offset $4', v_order, v_conditions)
  using p_branch, array_to_string(p_words, ' '), p_limit, p_offset;
end $$;
comment on function operational.patients_named(integer, text[], integer, integer) is 'Patients of a branch of this transaction whose names hold a word near each one asked for (folded, one to six), the nearest first, and how many there are.';

create function operational.patients_numbered(p_branch integer, p_digits text, p_limit integer)
returns table (patient_id integer)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
  select p.patient_id from operational.patients p
  where p.branch_id = p_branch and p_branch = any (operational.current_branches()) and p.merged_into is null
    and (p.national_id = p_digits or p.phone_digits like '%' || p_digits || '%')
  limit p_limit
$$;
comment on function operational.patients_numbered(integer, text, integer) is 'Patients of a branch of this transaction with this national number, or these digits in their phone number.';
revoke execute on function operational.patients_named(integer, text[], integer, integer), operational.patients_numbered(integer, text, integer) from public;
grant execute on function operational.patients_named(integer, text[], integer, integer), operational.patients_numbered(integer, text, integer) to pharmacy_app;

-- A person has one record, seldom two: told otherwise, the planner reads whole tables for the thousand it expects.
alter function operational.patient_family(integer) rows 1;
alter table operational.prescriptions alter column rx_number type text collate "C";
create index prescriptions_drug_newest_idx on operational.prescriptions (branch_id, drug_id, prescription_id desc);
alter table operational.fills add column runs_out_on date generated always as (dispensed_on + days_supply::integer) stored;
comment on column operational.fills.runs_out_on is 'First day without the medicine, where it is taken as directed; null: not handed over.';
drop index operational.fills_runs_out_idx;
create index fills_runs_out_idx on operational.fills (branch_id, runs_out_on, prescription_id) where status = 'dispensed';
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop index operational.fills_runs_out_idx;
alter table operational.fills drop column runs_out_on;
create index fills_runs_out_idx on operational.fills (branch_id, (dispensed_on + days_supply), prescription_id) where status = 'dispensed';
drop index operational.prescriptions_drug_newest_idx;
alter table operational.prescriptions alter column rx_number type text collate "default";
alter function operational.patient_family(integer) rows 1000;
drop function operational.patients_named(integer, text[], integer, integer), operational.patients_numbered(integer, text, integer);
drop trigger patients_name_words on operational.patients;
drop function operational.keep_name_words();
drop table operational.name_words;
drop index operational.patients_by_name_idx, operational.patients_phone_digits_idx, operational.patients_name_words_idx;
alter table operational.patients drop column name_words, drop column phone_digits;
`);
  }
}
