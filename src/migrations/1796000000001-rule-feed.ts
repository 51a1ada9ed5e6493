import type { MigrationInterface, QueryRunner } from 'typeorm';

import { commentedSql } from './support/commented-sql.js';

/**
 * The change feed of the clinical rules: what the rulebooks that server processes hold in memory follow. As in the feed
 * of the catalogue, a transaction's changes get their place in the order of commits when it commits. Placing takes the
 * rules lock, which every dispensing transaction shares: a rule is published before a verdict or after its dispensing,
 * never between the two.
 */
export class RuleFeed1796000000001 implements MigrationInterface {
  name = 'RuleFeed1796000000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      commentedSql(`
create table reference.rule_changes ( -- What changed in what screening judges by, in the order of commits; every rulebook follows it. Derived, so not audited.
  change_id bigint generated always as identity primary key, -- Identity; given before the commit, so it says nothing about the order.
  place bigint, -- Place in the order of commits, one for a transaction; null only inside the transaction that made the row.
  kind text not null check (kind in ('interactions', 'allergy_rules', 'contraindications', 'dosage_guidelines', 'ingredients', 'groups', 'rebuild')), -- Which table changed; rebuild: read everything anew.
  keys integer[] not null, -- Identities of the rows, of interactions only: the other tables are short and read as a whole.
  changed_at timestamptz not null default now() -- When it happened; a long feed is folded into one rebuild mark.
);
create index rule_changes_place_idx on reference.rule_changes (place);
create sequence reference.rule_place_seq;

create function reference.record_rule_change() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  most_keys constant integer := 1000;
  v_kind text := tg_argv[0];
  v_keys integer[] := '{}';
begin
  if tg_op = 'TRUNCATE' or v_kind = 'interactions' and tg_op = 'DELETE' then
    v_kind := 'rebuild';
  elsif v_kind = 'interactions' then
    select coalesce(array_agg(id), '{}') into v_keys from (select id from new_rows limit most_keys + 1) t;
    if v_keys = '{}' then
      return null;
    elsif cardinality(v_keys) > most_keys then
      v_kind := 'rebuild';
      v_keys := '{}';
    end if;
  end if;
  insert into reference.rule_changes (kind, keys) values (v_kind, v_keys);
  return null;
end $$;
comment on function reference.record_rule_change() is 'Statement trigger: notes which rules a statement changed, or that it changed too many to list. Argument: kind.';

create function reference.place_rule_changes() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  most_rows constant integer := 2000;
  v_place bigint;
begin
  if new.place is not null or not exists (select from reference.rule_changes where change_id = new.change_id and place is null) then
    return null; -- placed with the first row of its transaction
  end if;
  perform pg_advisory_xact_lock(1381321797); -- "RULE": waits for the dispensing that judged by what was, and holds off the next
  v_place := nextval('reference.rule_place_seq');
  update reference.rule_changes set place = v_place where place is null;
  if (select count(*) from reference.rule_changes) > most_rows then
    delete from reference.rule_changes where place < v_place;
    insert into reference.rule_changes (place, kind, keys) values (v_place, 'rebuild', '{}');
  end if;
  perform pg_notify('meditory_rules', v_place::text);
  return null;
end $$;
comment on function reference.place_rule_changes() is 'Runs when a transaction commits: gives its changes their place under the rules lock and wakes the listeners.';

create constraint trigger rule_changes_place after insert on reference.rule_changes
  deferrable initially deferred for each row execute function reference.place_rule_changes();

create trigger drug_interactions_rules_insert after insert on reference.drug_interactions referencing new table as new_rows for each statement execute function reference.record_rule_change('interactions');
create trigger drug_interactions_rules_update after update on reference.drug_interactions referencing new table as new_rows for each statement execute function reference.record_rule_change('interactions');
create trigger drug_interactions_rules_delete after delete on reference.drug_interactions for each statement execute function reference.record_rule_change('interactions');
create trigger drug_interactions_rules_truncate after truncate on reference.drug_interactions for each statement execute function reference.record_rule_change('interactions');
create trigger allergy_rules_rules after insert or update or delete or truncate on reference.allergy_rules for each statement execute function reference.record_rule_change('allergy_rules');
create trigger contraindications_rules after insert or update or delete or truncate on reference.contraindications for each statement execute function reference.record_rule_change('contraindications');
create trigger dosage_guidelines_rules after insert or update or delete or truncate on reference.dosage_guidelines for each statement execute function reference.record_rule_change('dosage_guidelines');
create trigger ingredients_rules after insert or delete or truncate or update of name, kind, base_ingredient_id, base_factor on reference.ingredients for each statement execute function reference.record_rule_change('ingredients');
create trigger ingredient_group_members_rules after insert or update or delete or truncate on reference.ingredient_group_members for each statement execute function reference.record_rule_change('ingredients');
create trigger ingredient_groups_rules after insert or update or delete or truncate on reference.ingredient_groups for each statement execute function reference.record_rule_change('groups');

revoke insert, update, delete on reference.rule_changes from pharmacy_admin;
grant select on reference.rule_changes to pharmacy_app, pharmacy_admin, pharmacy_reporting;

insert into reference.rule_changes (place, kind, keys) values (nextval('reference.rule_place_seq'), 'rebuild', '{}');
`),
    );
  }

  /** Drops no record of the pharmacy: the feed is derived, and whoever follows it reads everything anew. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
drop function reference.record_rule_change() cascade;
drop table reference.rule_changes;
drop function reference.place_rule_changes();
drop sequence reference.rule_place_seq;
`);
  }
}
