import type { MigrationInterface, QueryRunner } from 'typeorm';

import { COMPOSITION } from './compounding/composition.sql.js';
import { FORMULAS } from './compounding/formulas.sql.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * Formulas of compounded preparations. The preparation is a product of the catalogue: its composition is written by the
 * database out of its ingredients and follows them. See docs/adr/0029-compounding.md.
 */
export class CompoundFormulas1799000000110 implements MigrationInterface {
  name = 'CompoundFormulas1799000000110';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [FORMULAS, COMPOSITION, RIGHTS]) await queryRunner.query(commentedSql(part));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, ['operational.compound_formulas']);
    await queryRunner.query(`
delete from operational.role_permissions where permission_id in (select permission_id from operational.permissions where name = 'Compound');
delete from operational.permissions where name = 'Compound';
drop trigger drug_ingredients_compose_insert on reference.drug_ingredients;
drop trigger drug_ingredients_compose_update on reference.drug_ingredients;
drop trigger drug_ingredients_compose_delete on reference.drug_ingredients;
drop trigger drugs_compose_update on reference.drugs;
drop trigger drugs_preparation_insert on reference.drugs;
drop trigger drugs_preparation_update on reference.drugs;
alter table reference.drugs drop constraint drugs_compounded_check;
drop function operational.composition_of(integer);
alter table operational.compound_formulas drop constraint compound_formulas_version_fkey;
drop table operational.compound_formula_items, operational.compound_formula_versions, operational.compound_formulas, operational.beyond_use_limits;
drop function operational.follow_products();
drop function operational.follow_composition();
drop function operational.compose_items();
drop function operational.compose_preparation(integer);
drop function operational.check_preparation();
drop function operational.guard_formula_item();
drop function operational.guard_formula_version();
`);
  }
}

const RIGHTS = `
grant select on operational.beyond_use_limits, operational.compound_formulas, operational.compound_formula_versions, operational.compound_formula_items
  to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update (status, version, updated_at) on operational.compound_formulas to pharmacy_admin;
grant insert on operational.compound_formula_versions, operational.compound_formula_items to pharmacy_admin;
grant execute on function operational.composition_of(integer) to pharmacy_app, pharmacy_admin;

insert into operational.permissions (name, description)
select 'Compound', 'Compound preparations: weigh, make and discard batches'
where exists (select from operational.role_permissions)
on conflict (name) do nothing;
insert into operational.role_permissions (role_id, permission_id)
select distinct rp.role_id, v.permission_id
from operational.role_permissions rp join operational.permissions p using (permission_id)
join operational.permissions v on v.name = 'Compound' and p.name in ('VerifyPrescription', 'DispensePrescription')
on conflict do nothing;
`;
