// Everything the specification names exists under that name: tables, indexes, entities, modules, service methods.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createApplication } from '../../src/application.js';
import { FillingService } from '../../src/operational/prescriptions/filling.service.js';
import { PrescriptionsService } from '../../src/operational/prescriptions/prescriptions.service.js';
import { createLogger } from '../../src/platform/log/logger.js';
import { packageRoot } from '../../src/platform/package-root.js';
import { DrugsService } from '../../src/reference/drugs/drugs.service.js';
import { useTestDatabase } from '../support/db.js';

const REFERENCE = `drugs ingredients ingredient_synonyms ingredient_groups dosage_forms routes therapeutic_categories companies
  drug_interactions allergy_rules contraindications dosage_guidelines drug_ingredients drug_barcodes import_releases
  ingredient_codes ingredient_links handling_flags drug_packs drug_price_changes scheduled_prices drug_prices`;
const OPERATIONAL = `users roles permissions patients patient_allergies patient_insurance prescriptions inventory_lots sales sale_items
  suppliers purchase_orders purchase_order_items audit_logs branches sessions patient_conditions prescribers fills clinical_alerts
  alert_overrides stock_movements stock_reservations payments till_shifts goods_receipts claims idempotency_keys`;

const INDEXES: readonly (readonly [name: string, definition: RegExp])[] = [
  ['idx_drugs_name_gin', /on reference\.drugs using gin \(to_tsvector\('english'::regconfig, name\)\)/i],
  [
    'idx_drugs_active_gin',
    /on reference\.drugs using gin \(to_tsvector\('english'::regconfig, coalesce\(active_raw/i,
  ],
  ['idx_drugs_lookup', /on reference\.drugs using btree \(drug_id, name, price, dosage_form, route\)/i],
  ['idx_drugs_available', /on reference\.drugs using btree \(drug_id\) where \(price > /i],
  ['idx_interactions_drug_a', /on reference\.drug_interactions using btree \(drug_a_id\)/i],
  ['idx_interactions_drug_b', /on reference\.drug_interactions using btree \(drug_b_id\)/i],
  ['idx_interactions_both', /on reference\.drug_interactions using btree \(drug_a_id, drug_b_id\)/i],
  ['idx_prescriptions_patient', /on operational\.prescriptions using btree \(patient_id\)/i],
  ['idx_prescriptions_drug', /on operational\.prescriptions using btree \(drug_id\)/i],
  ['idx_prescriptions_date', /on operational\.prescriptions using btree \(prescribed_date desc\)/i],
  [
    'idx_prescriptions_active',
    /on operational\.prescriptions using btree \(status\) where .*pending.*filled/i,
  ],
  ['idx_inventory_drug_expiry', /on operational\.inventory_lots using btree \(drug_id, expiry_date\)/i],
  ['idx_sales_date', /on operational\.sales using btree \(sale_date desc\)/i],
  ['idx_sales_patient', /on operational\.sales using btree \(patient_id\)/i],
];

const FOLDERS = `src/reference/drugs src/reference/clinical/interactions src/reference/clinical/contraindications
  src/reference/clinical/allergies src/reference/reference-data/dosage-forms src/reference/reference-data/routes
  src/reference/reference-data/companies src/reference/reference-data/ingredients src/reference/reference-data/ingredient-groups
  src/reference/reference-data/therapeutic-categories src/reference/reference-data/handling-flags src/operational/auth src/operational/prescriptions src/operational/patients
  src/operational/inventory src/operational/sales src/operational/procurement`;

const FILES = `src/reference/drugs/drugs.module.ts src/reference/drugs/drugs.controller.ts src/reference/drugs/drugs.service.ts
  src/reference/drugs/entities/drug.entity.ts src/reference/reference.module.ts src/operational/operational.module.ts src/app.module.ts`;

const words = (text: string): string[] => text.trim().split(/\s+/);

describe('the specification', () => {
  const db = useTestDatabase();
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await createApplication(db.app, 2, createLogger('silent'));
    await app.init();
  });
  afterAll(() => app.close());

  it('finds its tables in their schemas', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('reference', 'operational')",
    );
    const there = new Set(rows.map((row) => row.name));
    const wanted = [
      ...words(REFERENCE).map((t) => `reference.${t}`),
      ...words(OPERATIONAL).map((t) => `operational.${t}`),
    ];
    expect(wanted.filter((name) => !there.has(name))).toEqual([]);
  });

  it.each(INDEXES)('finds its index %s', async (name, definition) => {
    const { rows } = await db.owner.query<{ indexdef: string }>(
      'select indexdef from pg_indexes where indexname = $1',
      [name],
    );
    expect(rows[0]?.indexdef).toMatch(definition);
  });

  it('finds its materialized view, refreshed without blocking readers', async () => {
    const { rows } = await db.owner.query<{ matviewname: string; unique: boolean }>(
      `select m.matviewname, exists (select from pg_indexes i where i.schemaname = m.schemaname and i.tablename = m.matviewname and i.indexdef ilike 'create unique%') as unique
       from pg_matviews m where m.schemaname = 'reference'`,
    );
    expect(rows).toContainEqual({ matviewname: 'catalogue_statistics', unique: true });
    await db.owner.query('select reference.refresh_statistics()');
  });

  it('finds its modules and files', () => {
    expect(
      [...words(FOLDERS), ...words(FILES)].filter((path) => !existsSync(join(packageRoot(), path))),
    ).toEqual([]);
  });

  it('finds its service methods', () => {
    const methods = [
      [DrugsService, ['findAll', 'findOne', 'search', 'create', 'update']],
      // `create` without validation is left out on purpose: no prescription enters unscreened.
      [PrescriptionsService, ['createWithValidation', 'cancel']],
      [FillingService, ['fill', 'refill']],
    ] as const;
    for (const [service, names] of methods)
      for (const name of names)
        expect(typeof (service.prototype as unknown as Record<string, unknown>)[name], name).toBe('function');
  });

  it('finds its entities mapped to columns that exist, with the same nullability', async () => {
    const entities = app.get(DataSource).entityMetadatas;
    const mapped = new Set(entities.map((entity) => entity.tablePath));
    const spec = [
      'reference.drugs',
      'reference.dosage_forms',
      'reference.routes',
      'reference.companies',
      'reference.therapeutic_categories',
      'reference.ingredients',
      'reference.ingredient_groups',
      'reference.drug_ingredients',
      'reference.drug_barcodes',
      'reference.drug_packs',
      'reference.handling_flags',
      'reference.drug_interactions',
      'operational.prescriptions',
      'operational.patients',
      'operational.inventory_lots',
    ];
    expect(spec.filter((table) => !mapped.has(table))).toEqual([]);
    const { rows } = await db.owner.query<{ key: string; nullable: boolean }>(
      `select table_schema || '.' || table_name || '.' || column_name as key, is_nullable = 'YES' as nullable
       from information_schema.columns where table_schema in ('reference', 'operational')`,
    );
    const nullable = new Map(rows.map((row) => [row.key, row.nullable]));
    const wrong = entities.flatMap((entity) =>
      entity.columns
        .map((column) => ({
          key: `${entity.tablePath}.${column.databaseName}`,
          isNullable: column.isNullable,
        }))
        .filter((column) => nullable.get(column.key) !== column.isNullable)
        .map((column) => column.key),
    );
    expect(wrong).toEqual([]);
  });
});
