import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import type { SampleLot, StockedProduct } from './sample-stock.domain.js';

const FILL_LISTS = `
with given as (select * from jsonb_to_recordset($1::jsonb) as d(company text, company_folded text, category text, category_folded text, dosage_form text, route text)),
companies as (
  insert into reference.companies (name, name_folded)
  select distinct on (company_folded) company, company_folded from given on conflict (name_folded) do nothing),
categories as (
  insert into reference.therapeutic_categories (name, name_folded)
  select distinct on (category_folded) category, category_folded from given on conflict (name_folded) do nothing),
forms as (insert into reference.dosage_forms (name) select distinct dosage_form from given on conflict (name) do nothing)
insert /* sample.fillLists */ into reference.routes (name) select distinct route from given on conflict (name) do nothing`;

const INSERT_DRUGS = `
insert /* sample.insertDrugs */ into reference.drugs (name, name_folded, name_ar, active_raw, strength, dosage_form, route, company_id, category_id, atc_code, price,
  base_unit, units_per_strip, units_per_pack, rx_only, controlled_schedule, storage, ingredient_status, source, source_id)
select d.name, d.name_folded, d.name_ar, d.active_raw, d.strength, d.dosage_form, d.route, c.company_id, t.category_id, d.atc_code, d.price,
  d.base_unit, d.units_per_strip, d.units_per_pack, d.rx_only, d.controlled_schedule, d.storage, 'linked', 'sample', d.barcode
from jsonb_to_recordset($1::jsonb) as d(name text, name_folded text, name_ar text, active_raw text, strength text, dosage_form text, route text,
  company_folded text, category_folded text, atc_code text, price numeric, base_unit text, units_per_strip numeric, units_per_pack numeric,
  rx_only boolean, controlled_schedule text, storage text, barcode text)
join reference.companies c on c.name_folded = d.company_folded
join reference.therapeutic_categories t on t.name_folded = d.category_folded
on conflict (source, source_id) do nothing`;

const INSERT_COMPOSITION = `
insert /* sample.insertComposition */ into reference.drug_ingredients (drug_id, position, ingredient_id, raw_text, amount, unit, per_amount, per_unit)
select g.drug_id, i.position, n.ingredient_id, i.raw_text, i.amount, i.unit, i.per_amount, i.per_unit
from jsonb_to_recordset($1::jsonb) as i(barcode text, position smallint, name_folded text, raw_text text, amount numeric, unit text, per_amount numeric, per_unit text)
join reference.drugs g on g.source = 'sample' and g.source_id = i.barcode
join reference.ingredients n on n.name_folded = i.name_folded
on conflict (drug_id, position) do nothing`;

const INSERT_BARCODES = `
insert /* sample.insertBarcodes */ into reference.drug_barcodes (drug_id, code, gtin, kind)
select drug_id, source_id, lpad(source_id, 14, '0'), 'in_store' from reference.drugs where source = 'sample'
on conflict (gtin) do nothing`;

const SET_STATUS = `
update /* sample.markUnlinked */ reference.drugs d set ingredient_status = 'unlinked'
where d.source = 'sample' and not exists (select from reference.drug_ingredients i where i.drug_id = d.drug_id)`;

const INSERT_RECEIPT = `
insert /* sample.insertReceipt */ into operational.goods_receipts (branch_id, supplier_id, supplier_document)
values ($1, (select min(supplier_id) from operational.suppliers), 'Opening stock (sample)') returning goods_receipt_id as id`;

const INSERT_RECEIPT_ITEMS = `
insert /* sample.insertReceiptItems */ into operational.goods_receipt_items (branch_id, goods_receipt_id, drug_id, lot_number, expiry_date, quantity, unit_cost)
select $1, $2, l."drugId", l."lotNumber", l."expiryDate", l.quantity, l."unitCost"
from jsonb_to_recordset($3::jsonb) as l("drugId" integer, "lotNumber" text, "expiryDate" date, quantity numeric, "unitCost" numeric)`;

const INSERT_LOTS = `
insert /* sample.insertLots */ into operational.inventory_lots (branch_id, drug_id, lot_number, expiry_date, unit_cost)
select branch_id, drug_id, lot_number, expiry_date, unit_cost from operational.goods_receipt_items where goods_receipt_id = $1`;

const INSERT_MOVEMENTS = `
insert /* sample.insertMovements */ into operational.stock_movements (branch_id, lot_id, drug_id, movement_type, quantity, goods_receipt_item_id, balance_after, unit_cost)
select i.branch_id, l.lot_id, i.drug_id, 'receipt', i.quantity, i.goods_receipt_item_id, 0, 0
from operational.goods_receipt_items i
join operational.inventory_lots l on l.branch_id = i.branch_id and l.drug_id = i.drug_id and l.lot_number = i.lot_number and l.expiry_date = i.expiry_date
where i.goods_receipt_id = $1 order by i.goods_receipt_item_id`;

const INSERT_PATIENTS = `
insert /* sample.insertPatients */ into operational.patients (branch_id, first_name, last_name, first_name_ar, last_name_ar, name_folded, birth_date, sex, phone, weight_kg,
  weight_recorded_on, pregnant, pregnancy_recorded_on, lactating, lactation_recorded_on, egfr, egfr_recorded_on, allergy_status, is_sample)
select $1, p."firstName", p."lastName", p."firstNameAr", p."lastNameAr", p."nameFolded", p."birthDate", p.sex, p.phone, p."weightKg",
  case when p."weightKg" is not null then current_date end, p.pregnant, case when p.pregnant is not null then current_date end,
  p.lactating, case when p.lactating is not null then current_date end, p.egfr, case when p.egfr is not null then current_date end,
  case when p."noKnownAllergies" then 'none_known' else 'not_asked' end, true
from jsonb_to_recordset($2::jsonb) as p("firstName" text, "lastName" text, "firstNameAr" text, "lastNameAr" text, "nameFolded" text, "birthDate" date,
  sex text, phone text, "weightKg" numeric, pregnant boolean, lactating boolean, egfr numeric, "noKnownAllergies" boolean)
returning patient_id as "patientId", phone`;

const INSERT_ALLERGIES = `
insert /* sample.insertAllergies */ into operational.patient_allergies (patient_id, branch_id, ingredient_id, group_id, reaction, severity)
select a."patientId", $1, i.ingredient_id, g.group_id, a.reaction, a.severity
from jsonb_to_recordset($2::jsonb) as a("patientId" integer, "allergenKind" text, allergen text, reaction text, severity text)
left join reference.ingredients i on a."allergenKind" = 'ingredient' and i.name_folded = a.allergen
left join reference.ingredient_groups g on a."allergenKind" = 'group' and g.code = a.allergen`;

const INSERT_CONDITIONS = `
insert /* sample.insertConditions */ into operational.patient_conditions (patient_id, branch_id, icd10, name)
select c."patientId", $1, c.icd10, c.name from jsonb_to_recordset($2::jsonb) as c("patientId" integer, icd10 text, name text)`;

const INSERT_PRESCRIBERS = `
insert /* sample.insertPrescribers */ into operational.prescribers (first_name, last_name, first_name_ar, last_name_ar, name_folded, licence_number, specialty, phone, is_sample)
select p."firstName", p."lastName", p."firstNameAr", p."lastNameAr", p."nameFolded", p."licenceNumber", p.specialty, p.phone, true
from jsonb_to_recordset($1::jsonb) as p("firstName" text, "lastName" text, "firstNameAr" text, "lastNameAr" text, "nameFolded" text, "licenceNumber" text, specialty text, phone text)
on conflict (licence_number) do nothing`;

const INSERT_SUPPLIERS = `
insert /* sample.insertSuppliers */ into operational.suppliers (name, name_ar, phone, email, lead_time_days, is_sample)
select s.name, s."nameAr", s.phone, s.email, s."leadTimeDays", true
from jsonb_to_recordset($1::jsonb) as s(name text, "nameAr" text, phone text, email text, "leadTimeDays" smallint)
on conflict (name) do nothing`;

const INSERT_STAFF = `
with person as (
  insert into operational.users (username, full_name, password_hash, must_change_password, is_sample)
  values ($1, $2, $3, false, true) on conflict (username) do nothing returning user_id),
role as (insert into operational.user_roles (user_id, role_id) select p.user_id, r.role_id from person p, operational.roles r where r.name = $4)
insert /* sample.insertStaff */ into operational.user_branches (user_id, branch_id) select p.user_id, b from person p, unnest($5::integer[]) b`;

const INSERT_BRANCH = `
insert /* sample.insertBranch */ into operational.branches (code, name, name_ar, address, phone)
values ($1, $2, $3, $4, $5) on conflict (code) do update set name = excluded.name, name_ar = excluded.name_ar, address = excluded.address, phone = excluded.phone returning branch_id as id`;

const GIVE_ADMIN_BRANCHES = `
insert /* sample.giveAdminBranches */ into operational.user_branches (user_id, branch_id)
select u.user_id, b.branch_id from operational.users u cross join operational.branches b where u.username = 'admin' on conflict do nothing`;

/** Writes the sample pharmacy, set by set. */
@Injectable()
export class SampleRepository {
  async isWanted(tx: Tx): Promise<boolean> {
    const row = await tx.one<{ wanted: boolean }>(
      `select /* sample.isWanted */ not exists (select from operational.installation where sample_loaded_at is not null)
        and not exists (select from reference.drugs) and not exists (select from operational.patients)
        -- An older catalogue that waits to be taken over keeps its ids: the sample must not take them.
        and to_regclass('public.drugs') is null as wanted`,
    );
    return row.wanted;
  }

  async markLoaded(tx: Tx): Promise<void> {
    await tx.execute(
      `insert /* sample.markLoaded */ into operational.installation (sample_loaded_at) values (now())
       on conflict (singleton) do update set sample_loaded_at = excluded.sample_loaded_at`,
    );
  }

  /** Answers how many products were inserted. */
  async insertCatalogue(tx: Tx, drugs: readonly object[], composition: readonly object[]): Promise<number> {
    const given = JSON.stringify(drugs);
    await tx.execute(FILL_LISTS, [given]);
    const inserted = await tx.execute(INSERT_DRUGS, [given]);
    await tx.execute(INSERT_COMPOSITION, [JSON.stringify(composition)]);
    await tx.execute(INSERT_BARCODES);
    await tx.execute(SET_STATUS);
    await tx.execute('select /* sample.refreshStatistics */ reference.refresh_statistics()');
    return inserted;
  }

  stockedProducts(tx: Tx): Promise<StockedProduct[]> {
    return tx.query<StockedProduct>(
      `select /* sample.stockedProducts */ drug_id as "drugId", price, units_per_pack as "unitsPerPack"
       from reference.drugs where source = 'sample' order by drug_id`,
    );
  }

  async insertBranch(tx: Tx, branch: readonly [string, string, string, string, string]): Promise<number> {
    const { id } = await tx.one<{ id: number }>(INSERT_BRANCH, branch);
    await tx.execute(GIVE_ADMIN_BRANCHES);
    return id;
  }

  async insertOpeningStock(tx: Tx, branchId: number, lots: readonly SampleLot[]): Promise<void> {
    const { id } = await tx.one<{ id: number }>(INSERT_RECEIPT, [branchId]);
    await tx.execute(INSERT_RECEIPT_ITEMS, [branchId, id, JSON.stringify(lots)]);
    await tx.execute(INSERT_LOTS, [id]);
    await tx.execute(INSERT_MOVEMENTS, [id]);
  }

  async insertPeople(tx: Tx, prescribers: readonly object[], suppliers: readonly object[]): Promise<void> {
    await tx.execute(INSERT_PRESCRIBERS, [JSON.stringify(prescribers)]);
    await tx.execute(INSERT_SUPPLIERS, [JSON.stringify(suppliers)]);
  }

  insertPatients(
    tx: Tx,
    branchId: number,
    patients: readonly object[],
  ): Promise<{ patientId: number; phone: string }[]> {
    return tx.query(INSERT_PATIENTS, [branchId, JSON.stringify(patients)]);
  }

  async insertHistory(
    tx: Tx,
    branchId: number,
    allergies: readonly object[],
    conditions: readonly object[],
  ): Promise<void> {
    await tx.execute(INSERT_ALLERGIES, [branchId, JSON.stringify(allergies)]);
    await tx.execute(INSERT_CONDITIONS, [branchId, JSON.stringify(conditions)]);
  }

  async insertStaff(
    tx: Tx,
    username: string,
    fullName: string,
    hash: string,
    role: string,
    branches: readonly number[],
  ): Promise<void> {
    await tx.execute(INSERT_STAFF, [username, fullName, hash, role, branches]);
  }

  async today(tx: Tx): Promise<string> {
    return (await tx.one<{ today: string }>('select /* sample.today */ current_date as today')).today;
  }
}
