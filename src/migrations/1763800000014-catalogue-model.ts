import type { MigrationInterface, QueryRunner } from 'typeorm';

import { LISTS } from './catalogue-model/lists.sql.js';
import { PACKS } from './catalogue-model/packs.sql.js';
import { PRICES } from './catalogue-model/prices.sql.js';
import { STATISTICS } from './catalogue-model/statistics.sql.js';
import { TRIGGERS } from './catalogue-model/triggers.sql.js';
import { commentedSql } from './support/commented-sql.js';
import { refuseToDropRows } from './support/drop-guard.js';

/**
 * The catalogue model in full: the ATC tree, salts and mixtures, external codes, packs, price history, handling flags,
 * the pharmacist's links and the statistics of the catalogue. See docs/adr/0013-catalogue-model.md.
 */
export class CatalogueModel1763800000014 implements MigrationInterface {
  name = 'CatalogueModel1763800000014';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const part of [LISTS, PACKS, PRICES, TRIGGERS, STATISTICS, RIGHTS])
      await queryRunner.query(commentedSql(part));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await refuseToDropRows(queryRunner, [
      'reference.drug_price_changes',
      'reference.scheduled_prices',
      'reference.drug_packs',
      'reference.ingredient_links',
    ]);
    await queryRunner.query(DOWN);
  }
}

const RIGHTS = `
grant select on all tables in schema reference to pharmacy_app, pharmacy_admin, pharmacy_reporting;
grant insert, update on reference.ingredient_codes, reference.ingredient_links, reference.handling_flags, reference.drug_packs,
  reference.scheduled_prices to pharmacy_admin;
grant delete on reference.ingredient_codes, reference.drug_packs to pharmacy_admin;
grant execute on function reference.apply_due_prices(date) to pharmacy_admin;
grant execute on function operational.price_day() to pharmacy_app, pharmacy_admin;
`;

const DOWN = `
drop materialized view reference.catalogue_statistics;
create or replace function reference.refresh_statistics() returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  analyze reference.drugs, reference.drug_ingredients, reference.drug_barcodes, reference.ingredients,
    reference.ingredient_synonyms, reference.companies, reference.therapeutic_categories;
end $$;
comment on function reference.refresh_statistics() is 'Tells the planner what a release changed: without it the first searches after an import are planned for an empty catalogue.';
drop trigger drugs_carry_packs on reference.drugs;
drop trigger drugs_handling_flags_insert on reference.drugs;
drop trigger drugs_handling_flags_update on reference.drugs;
drop trigger drugs_price_changes on reference.drugs;
drop trigger drugs_date_price on reference.drugs;
drop function reference.apply_due_prices(date);
drop function operational.price_day();
drop view reference.drug_prices, reference.drug_barcode_units, reference.drug_pack_sizes;
drop table reference.scheduled_prices, reference.drug_price_changes;
alter table reference.drug_barcodes drop column base_units, drop column pack_id;
drop table reference.drug_packs, reference.ingredient_links, reference.ingredient_codes, reference.handling_flags;
drop function reference.carry_default_packs(), reference.check_default_packs(), reference.check_handling_flags(),
  reference.record_price_changes(), reference.date_price();
drop index reference.drugs_atc_idx, reference.drug_ingredients_unlinked_idx, reference.ingredient_synonyms_trgm, reference.ingredients_name_trgm;
alter table reference.drugs drop column price_ceiling_source, drop column price_ceiling_effective_from, drop column source_url;
comment on column reference.drugs.price is 'Selling price of one pack in the branch currency.';
alter table reference.ingredient_synonyms drop column base_factor;
alter table reference.ingredients drop column base_factor, drop column base_ingredient_id, drop column kind;
drop trigger therapeutic_categories_place on reference.therapeutic_categories;
drop function reference.place_in_atc();
alter table reference.therapeutic_categories drop column code, drop column level, drop column kind;
comment on column reference.therapeutic_categories.atc_code is 'WHO ATC code of the class, where it is one.';
`;
