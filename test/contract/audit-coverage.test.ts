// Every table is audited or says why not, and every answer that names a patient says which, so that the audit trail has who saw him.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/platform/package-root.js';
import { useTestDatabase } from '../support/db.js';

const DERIVED = 'made from other tables, which are audited, and made again from them';
const LOG = 'append-only: a log of its own, written with the row it tells of, which is audited';
const STAGED = 'a release on its way in: the release is audited, and what it changes when it is applied';

/** Tables without an audit trigger, each with the reason. */
const NOT_AUDITED: Readonly<Record<string, string>> = {
  'operational.account_open_items': DERIVED,
  'operational.audit_logs': 'the trail itself; its chain proves it',
  'operational.audit_seals': 'the chain itself; its MACs and anchors prove it',
  'operational.cds_cards': LOG,
  'operational.claim_events': LOG,
  'operational.compound_batch_numbers': 'a counter',
  'operational.controlled_registers': DERIVED,
  'operational.demand_histories': DERIVED,
  'operational.fhir_entries': LOG,
  'operational.fhir_identities': LOG,
  'operational.idempotency_keys': 'first answers to commands, which are audited; kept for a day',
  'operational.identity_secret': 'one key, written by its migration; nobody reads or changes it',
  'operational.name_words': DERIVED,
  'operational.near_misses': 'append-only and anonymous on purpose: the trail would have who reported',
  'operational.mfa_challenges':
    'what a security key is asked to sign, for five minutes; what came of it is in sessions and mfa_factors',
  'operational.patient_merge_moves': LOG,
  'operational.print_job_bytes': 'bytes on their way to a printer; what was printed is in receipt_prints',
  'operational.print_jobs': 'what a printer did; what was printed is in receipt_prints',
  'operational.purchase_order_events': LOG,
  'operational.rate_limits': 'counters of the sign-in throttle, without names',
  'operational.sales_closed_days': DERIVED,
  'operational.sales_closed_months': DERIVED,
  'operational.sales_day_counters': DERIVED,
  'operational.sales_day_prescribers': DERIVED,
  'operational.sales_day_products': DERIVED,
  'operational.sales_day_tenders': DERIVED,
  'operational.sales_month_products': DERIVED,
  'operational.screenings': LOG,
  'operational.stock_closed_months': DERIVED,
  'operational.stock_month_totals': DERIVED,
  'operational.stock_movement_keys': DERIVED,
  'operational.stock_report_refreshes': DERIVED,
  'operational.supplier_invoice_events': LOG,
  'operational.supplier_return_events': LOG,
  'operational.trace_outbox': DERIVED,
  'reference.catalogue_changes': DERIVED,
  'reference.drug_edits': DERIVED,
  'reference.drug_price_changes': LOG,
  'reference.drug_staging': STAGED,
  'reference.hub_beats': 'a sign of life every ten seconds',
  'reference.import_files': STAGED,
  'reference.import_progress': 'how far a release at work has come',
  'reference.import_rejects': STAGED,
  'reference.legacy_rows': STAGED,
  'reference.release_changes': STAGED,
  'reference.release_images': STAGED,
  'reference.rule_changes': DERIVED,
  'reference.rule_release_changes': STAGED,
  'reference.staged_barcodes': STAGED,
  'reference.staged_ingredients': STAGED,
  'reference.staged_names': STAGED,
  'reference.staged_packs': STAGED,
  'reference.staged_rules': STAGED,
  'reference.staged_targets': STAGED,
};

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}
interface Document {
  paths: Record<string, { get?: { responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> } }>;
  components: { schemas: Record<string, Schema> };
} // prettier-ignore

describe('the audit trail', () => {
  const db = useTestDatabase();

  it('has every table, or the reason why it has not', async () => {
    const { rows } = await db.owner.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('operational', 'reference') and c.relkind in ('r', 'p') and not c.relispartition
         and not exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid
           and p.prosrc ~ 'audit_logs' and p.proname <> 'refuse_change' and (t.tgtype & 4) > 0 and not t.tgisinternal)
       order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(NOT_AUDITED).sort());
  });

  it('learns of each answer that has the name of a patient which one it is', () => {
    const document = JSON.parse(
      readFileSync(join(packageRoot(), 'docs', 'generated', 'openapi.json'), 'utf8'),
    ) as Document;
    const namesIn = (schema: Schema | undefined, seen: readonly string[] = []): Set<string> => {
      if (!schema) return new Set();
      const name = schema.$ref?.split('/').at(-1);
      if (name !== undefined)
        return seen.includes(name) ? new Set() : namesIn(document.components.schemas[name], [...seen, name]);
      const own = Object.keys(schema.properties ?? {});
      const inner = [
        ...Object.values(schema.properties ?? {}),
        ...(schema.items ? [schema.items] : []),
        ...(schema.anyOf ?? []),
        ...(schema.oneOf ?? []),
        ...(schema.allOf ?? []),
      ].flatMap((part) => [...namesIn(part, seen)]);
      return new Set([...own, ...inner]);
    };
    const silent: string[] = [];
    let found = 0;
    for (const [path, { get }] of Object.entries(document.paths))
      for (const answer of Object.values(get?.responses ?? {}))
        for (const { schema } of Object.values(answer.content ?? {})) {
          const names = namesIn(schema);
          if (!names.has('patientName')) continue;
          found += 1;
          if (!names.has('patientId')) silent.push(path);
        }
    expect(silent).toEqual([]);
    expect(found).toBeGreaterThan(8);
  });
});
