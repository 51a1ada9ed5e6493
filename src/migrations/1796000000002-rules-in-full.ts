import type { MigrationInterface, QueryRunner } from 'typeorm';

import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Clinical rules in full: for which routes and forms a rule holds, trimester, hepatic function, weight bands, doses by
 * weight, by course and by renal function. And a version of a rule is never overwritten, whoever writes.
 */
export class RulesInFull1796000000002 implements MigrationInterface {
  name = 'RulesInFull1796000000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
alter table reference.drug_interactions
  add column routes_a text[] check (cardinality(routes_a) between 1 and 20),
  add column routes_b text[] check (cardinality(routes_b) between 1 and 20);
comment on column reference.drug_interactions.routes_a is 'Routes of the first side the rule holds for: names of routes, any, systemic or local; null: systemic, and a medicine that acts where it is put is told as minor.';
comment on column reference.drug_interactions.routes_b is 'The same of the second side.';

alter table reference.contraindications
  add column evidence text not null default 'established' check (evidence in ('established', 'probable', 'suspected')),
  add column trimesters smallint[] check (cardinality(trimesters) between 1 and 3 and trimesters <@ array[1, 2, 3]::smallint[]),
  add column child_pugh_from text check (child_pugh_from in ('A', 'B', 'C')),
  add column weight_min_kg numeric(6, 2) check (weight_min_kg >= 0),
  add column weight_max_kg numeric(6, 2) check (weight_max_kg > 0),
  add column routes text[] check (cardinality(routes) between 1 and 20),
  add column forms text[] check (cardinality(forms) between 1 and 20),
  add constraint contraindications_trimester_check check (trimesters is null or kind = 'pregnancy'),
  add constraint contraindications_child_pugh_check check (child_pugh_from is null or kind = 'hepatic'),
  add constraint contraindications_weight_check check (weight_min_kg < weight_max_kg);
comment on column reference.contraindications.evidence is 'How well it is shown.';
comment on column reference.contraindications.trimesters is 'Trimesters of pregnancy concerned; null: all.';
comment on column reference.contraindications.child_pugh_from is 'Applies from this Child-Pugh class of hepatic function on.';
comment on column reference.contraindications.weight_min_kg is 'Applies from this body weight.';
comment on column reference.contraindications.weight_max_kg is 'Applies below this body weight.';
comment on column reference.contraindications.routes is 'Routes the rule holds for: names of routes, any, systemic or local; null: systemic, and a medicine that acts where it is put is told as minor.';
comment on column reference.contraindications.forms is 'Dosage forms or form families the rule holds for; null: all.';

alter table reference.dosage_guidelines
  add column form text check (length(form) between 1 and 100),
  add column indication_icd10 text check (indication_icd10 ~ '^[A-Z][0-9]{2}(\\.[0-9A-Z]{1,4})?$'),
  add column indication_name text check (length(indication_name) between 1 and 300),
  add column weight_min_kg numeric(6, 2) check (weight_min_kg >= 0),
  add column weight_max_kg numeric(6, 2) check (weight_max_kg > 0),
  add column egfr_below numeric(6, 2) check (egfr_below > 0),
  add column max_single_per_kg numeric(18, 6) check (max_single_per_kg > 0),
  add column max_course_dose numeric(18, 6) check (max_course_dose > 0),
  add column max_frequency_per_day numeric(6, 2) check (max_frequency_per_day > 0),
  add column evidence text not null default 'established' check (evidence in ('established', 'probable', 'suspected')),
  add column management text check (length(management) between 1 and 1000),
  drop constraint dosage_guidelines_limit_check,
  add constraint dosage_guidelines_limit_check check (num_nonnulls(max_single_dose, max_daily_dose, max_daily_per_kg, max_duration_days,
    max_single_per_kg, max_course_dose, max_frequency_per_day) > 0),
  add constraint dosage_guidelines_weight_check check (weight_min_kg < weight_max_kg),
  add constraint dosage_guidelines_indication_check check (indication_name is null or indication_icd10 is not null);
comment on column reference.dosage_guidelines.form is 'Dosage form or form family, null: any.';
comment on column reference.dosage_guidelines.indication_icd10 is 'The limit is for patients with this condition (the code and those below it); null: for all.';
comment on column reference.dosage_guidelines.indication_name is 'The condition in words.';
comment on column reference.dosage_guidelines.weight_min_kg is 'Applies from this body weight.';
comment on column reference.dosage_guidelines.weight_max_kg is 'Applies below this body weight.';
comment on column reference.dosage_guidelines.egfr_below is 'Renal adjustment: the limit is for patients with an eGFR below this, mL/min/1.73 m2; null: for all.';
comment on column reference.dosage_guidelines.max_single_per_kg is 'Largest single dose for each kg of body weight, in unit.';
comment on column reference.dosage_guidelines.max_course_dose is 'Largest dose of a whole course, in unit.';
comment on column reference.dosage_guidelines.max_frequency_per_day is 'Most doses in 24 hours.';
comment on column reference.dosage_guidelines.evidence is 'How well it is shown.';
comment on column reference.dosage_guidelines.management is 'What to do; null: lower the dose or confirm it with the prescriber.';

create function reference.keep_rule_versions() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  derived constant text[] := array['subject_a', 'subject_b']; -- generated: not computed yet where this runs
begin
  if tg_op = 'UPDATE' then
    -- A route that is renamed carries its name along (on update cascade, one trigger deeper): it stays the same route.
    if to_jsonb(old) - 'valid_to' - derived = to_jsonb(new) - 'valid_to' - derived and old.valid_to is null
      or pg_trigger_depth() > 1 and to_jsonb(old) - 'route' - derived = to_jsonb(new) - 'route' - derived then
      return new;
    end if;
  end if;
  raise exception 'version % of rule % is kept as it judged: close it and add the next', old.version, old.code using errcode = 'MD004';
end $$;
comment on function reference.keep_rule_versions() is 'Lets a version of a rule only end, once; it is not changed otherwise and not deleted.';
create trigger drug_interactions_keep before update or delete on reference.drug_interactions for each row execute function reference.keep_rule_versions();
create trigger allergy_rules_keep before update or delete on reference.allergy_rules for each row execute function reference.keep_rule_versions();
create trigger contraindications_keep before update or delete on reference.contraindications for each row execute function reference.keep_rule_versions();
create trigger dosage_guidelines_keep before update or delete on reference.dosage_guidelines for each row execute function reference.keep_rule_versions();
`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['reference.contraindications', 'reference.dosage_guidelines']);
    await queryRunner.query(`
drop function reference.keep_rule_versions() cascade;
alter table reference.dosage_guidelines
  drop constraint dosage_guidelines_limit_check, drop constraint dosage_guidelines_weight_check, drop constraint dosage_guidelines_indication_check,
  drop column form, drop column indication_icd10, drop column indication_name, drop column weight_min_kg, drop column weight_max_kg,
  drop column egfr_below, drop column max_single_per_kg, drop column max_course_dose, drop column max_frequency_per_day,
  drop column evidence, drop column management,
  add constraint dosage_guidelines_limit_check check (num_nonnulls(max_single_dose, max_daily_dose, max_daily_per_kg, max_duration_days) > 0);
alter table reference.contraindications
  drop constraint contraindications_trimester_check, drop constraint contraindications_child_pugh_check, drop constraint contraindications_weight_check,
  drop column evidence, drop column trimesters, drop column child_pugh_from, drop column weight_min_kg, drop column weight_max_kg,
  drop column routes, drop column forms;
alter table reference.drug_interactions drop column routes_a, drop column routes_b;
`);
  }
}
