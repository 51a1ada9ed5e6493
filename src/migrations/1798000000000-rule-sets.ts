import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

const TABLES = ['drug_interactions', 'allergy_rules', 'contraindications', 'dosage_guidelines'] as const;

/** Rules the program loaded itself are of the starter set, with all their versions. What a version says is not changed. */
const belongsToSet = (table: string): string => `
alter table reference.${table} add column rule_set text check (rule_set ~ '^[a-z][a-z0-9-]{0,39}$');
comment on column reference.${table}.rule_set is 'Set the rule belongs to: starter, or the source it was imported from; null: a rule of the pharmacy''s own.';
alter table reference.${table} disable trigger user;
update reference.${table} r set rule_set = 'starter'
where exists (select from reference.${table} f
  join operational.audit_logs l on l.table_schema = 'reference' and l.table_name = '${table}' and l.row_key = f.id::text
  where f.code = r.code and f.version = 1 and l.action = 'insert' and l.user_id is null and l.request_id = 'system');
alter table reference.${table} enable trigger user;
create index ${table}_rule_set_idx on reference.${table} (rule_set) where valid_to is null;
`;

/** Staging tables of releases; the one of rules among them. */
const clearStaging = (more: string): string => `
create or replace function reference.clear_staging() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  -- Below it deleting is quicker than new files, and a truncate is not worth its lock.
  few_bytes constant bigint := 8 * 1024 * 1024;
  v_waits boolean := exists (select from reference.import_releases where status in ('reading', 'staged', 'applying'));
  v_table regclass;
begin
  foreach v_table in array array['reference.drug_staging', 'reference.staged_ingredients', 'reference.staged_barcodes', 'reference.staged_packs',
    'reference.staged_names', 'reference.staged_targets'${more}, 'reference.import_progress']::regclass[]
  loop
    if not v_waits and pg_relation_size(v_table) > few_bytes then
      execute format('truncate %s', v_table);
    else
      execute format('delete from %s s where not exists (select from reference.import_releases r where r.release_id = s.release_id and r.status in (''reading'', ''staged'', ''applying''))', v_table);
    end if;
  end loop;
end $$;`;

const DOWN = `
drop function reference.count_staged_rules(), reference.rules_hash(), reference.rule_subject_name(integer, integer, integer);
${clearStaging('')}
drop table reference.rule_release_changes, reference.staged_rules;
alter table reference.import_releases drop column rule_kind;
drop trigger drug_interactions_own_pairs on reference.drug_interactions;
drop function reference.keep_own_pairs();
drop index reference.drug_interactions_current_pair_key;
create unique index drug_interactions_current_pair_key on reference.drug_interactions (subject_a, subject_b) where valid_to is null;
`;

const withoutSet = (table: string): string => `alter table reference.${table} drop column rule_set`;

/**
 * Rules come in sets: the starter set, a set for each source that files are imported from, and the pharmacy's own (none).
 * A release of rules is one of the releases there are, for one set and one kind of rule. See docs/adr/0021-rule-sets.md.
 */
export class RuleSets1798000000000 implements MigrationInterface {
  name = 'RuleSets1798000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.query(belongsToSet(table));
    await queryRunner.query(
      commentedSql(`
drop index reference.drug_interactions_current_pair_key;
create unique index drug_interactions_current_pair_key on reference.drug_interactions (subject_a, subject_b, coalesce(rule_set, '')) where valid_to is null;

create function reference.keep_own_pairs() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_count bigint;
begin
  -- Executed, so that it is planned for the rows of this statement: a plan kept from one row looks 200,000 pairs up one by one.
  execute 'select count(*) from new_rows n join reference.drug_interactions o on o.subject_a = n.subject_a and o.subject_b = n.subject_b
    where n.valid_to is null and o.valid_to is null and (n.rule_set is null) <> (o.rule_set is null)' into v_count;
  if v_count > 0 then
    raise exception 'two rules for one pair, one of them the pharmacy''s own' using errcode = 'unique_violation', constraint = 'drug_interactions_current_pair_key';
  end if;
  return null;
end $$;
comment on function reference.keep_own_pairs() is 'Where the pharmacy has a rule of its own for a pair, no set has a current one, and the other way round.';
create trigger drug_interactions_own_pairs after insert on reference.drug_interactions referencing new table as new_rows
  for each statement execute function reference.keep_own_pairs();

alter table reference.import_releases add column rule_kind text check (rule_kind in ('interactions', 'allergies', 'contraindications', 'dosage'));
comment on column reference.import_releases.rule_kind is 'Kind of clinical rules a release brings; null: it is one of the catalogue.';

create unlogged table reference.staged_rules ( -- Rules of a release on their way in; emptied when it is applied or dropped. Without keys: it is written by COPY and joined as a whole.
  release_id integer not null, -- Release it belongs to.
  row_no integer not null, -- Number within the release, from 1.
  file_index integer not null, -- File the row is in.
  line_number integer not null, -- Line there.
  code text not null, -- Code the rule has or will have.
  identity text not null, -- What the rule is about: two rows with one identity are one rule.
  written text not null, -- The subjects as written, folded.
  label text not null, -- The subjects by their names, for people.
  rule jsonb not null -- Columns of the rule.
);

create table reference.rule_release_changes ( -- What a release of rules changes (staged) or changed (applied), a row for each rule; how it is taken back.
  change_id bigint generated always as identity primary key, -- Identity.
  release_id integer not null references reference.import_releases (release_id) on delete cascade, -- Release.
  change text not null check (change in ('new', 'changed', 'closed')), -- What happens to the rule.
  code text not null, -- Code of the rule.
  label text not null, -- The subjects by their names, for people.
  old_id integer, -- Version that was in force; null: the rule is new.
  new_id integer, -- Version the release brought, once it was applied.
  severity_before text, -- How grave it was.
  severity_after text, -- How grave it is now.
  fields jsonb not null default '{}', -- Changed columns: {column: [before, after]}.
  file_index integer, -- File of the row.
  line_number integer, -- Line there.
  constraint rule_release_changes_old_check check ((old_id is null) = (change = 'new'))
);
create index rule_release_changes_release_idx on reference.rule_release_changes (release_id, change, change_id);
create index rule_release_changes_code_idx on reference.rule_release_changes (release_id, code);

create function reference.rule_subject_name(p_drug integer, p_ingredient integer, p_group integer) returns text language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce((select name from reference.drugs where drug_id = p_drug), (select name from reference.ingredients where ingredient_id = p_ingredient),
    (select name from reference.ingredient_groups where group_id = p_group), '')
$$;
comment on function reference.rule_subject_name(integer, integer, integer) is 'Name of what a rule is about.';

create function reference.rules_hash() returns text language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select md5(concat_ws('|',
    (select md5(string_agg((to_jsonb(t) - array['id', 'version', 'valid_from'])::text, '|' order by code)) from reference.drug_interactions t where valid_to is null),
    (select md5(string_agg((to_jsonb(t) - array['id', 'version', 'valid_from'])::text, '|' order by code)) from reference.allergy_rules t where valid_to is null),
    (select md5(string_agg((to_jsonb(t) - array['id', 'version', 'valid_from'])::text, '|' order by code)) from reference.contraindications t where valid_to is null),
    (select md5(string_agg((to_jsonb(t) - array['id', 'version', 'valid_from'])::text, '|' order by code)) from reference.dosage_guidelines t where valid_to is null)))
$$;
comment on function reference.rules_hash() is 'Hash of everything the rules in force say; version numbers and moments left out, since those only go forward.';

create function reference.count_staged_rules() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  analyze reference.staged_rules, reference.rule_release_changes;
end $$;
comment on function reference.count_staged_rules() is 'Tells the planner how many rules are staged and change.';
${clearStaging(", 'reference.staged_rules'")}

grant select on reference.staged_rules, reference.rule_release_changes to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update, delete on reference.staged_rules, reference.rule_release_changes to pharmacy_admin;
grant execute on function reference.count_staged_rules(), reference.rules_hash(), reference.rule_subject_name(integer, integer, integer) to pharmacy_admin;
`),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['reference.rule_release_changes']);
    await queryRunner.query(DOWN);
    for (const table of TABLES) await queryRunner.query(withoutSet(table));
  }
}
