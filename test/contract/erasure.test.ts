// A table that refers to a person is erased with him, or says here why nothing in it says who he is (ADR 57).
import { describe, expect, it } from 'vitest';

import { useTestDatabase } from '../support/db.js';

const NUMBER = 'a number of ours: the record behind it is about nobody';
const WORD = 'a word of ours';
const CODED = 'products, rules and findings, of nobody once the patient is';

/** Texts of such tables that no erasure blanks, and why what is left says nothing of who it was about. */
const SAYS_NOTHING: Readonly<Record<string, string>> = {
  'claim_events.from_status': WORD,
  'claim_events.to_status': WORD,
  'claims.breakdown': 'amounts',
  'claims.claim_number': NUMBER,
  'claims.paid_reference': 'of a payment of the payer, for many',
  'clinical_alerts.fingerprint': CODED,
  'clinical_alerts.identity': CODED,
  'clinical_alerts.kind': WORD,
  'clinical_alerts.management': CODED,
  'clinical_alerts.message': CODED,
  'clinical_alerts.rule_code': CODED,
  'clinical_alerts.source': CODED,
  'clinical_alerts.subjects': CODED,
  'compound_batches.batch_number': NUMBER,
  'compound_batches.discard_reason': 'of a batch',
  'customer_accounts.account_number': NUMBER,
  'erased_identities.identity': 'goes as a row when nothing is held any more',
  'fhir_resources.content_hash': 'a hash',
  'fill_scans.code': 'of a pack',
  'fill_scans.gtin': 'of a pack',
  'fill_scans.serial_number': 'of a pack',
  'fills.bin': NUMBER,
  'fills.screening': CODED,
  'held_baskets.lines': 'products',
  'near_misses.description': 'anonymous on purpose',
  'near_misses.expected_lot': 'of a lot',
  'near_misses.found_lot': 'of a lot',
  'patient_merges.confirmed': WORD,
  'pick_ups.identifiers': WORD,
  'prescription_events.from_status': WORD,
  'prescription_events.to_status': WORD,
  'prescription_transfers.other_rx_number': 'of another pharmacy',
  'prescription_transfers.pharmacist_name': 'of another pharmacy',
  'prescription_transfers.pharmacy_licence': 'of another pharmacy',
  'prescription_transfers.pharmacy_name': 'of another pharmacy',
  'prescription_transfers.pharmacy_phone': 'of another pharmacy',
  'prescriptions.dose_unit': WORD,
  'prescriptions.rx_number': NUMBER,
  'prior_authorisations.atc_prefix': CODED,
  'quotations.quotation_number': NUMBER,
  'sale_items.description': 'of a product',
  'sale_items.unit': WORD,
  'sales.sale_number': NUMBER,
  'sales.status': WORD,
  'screenings.content_sha256': 'a hash',
  'screenings.knowledge': CODED,
  'screenings.rule_ids': CODED,
  'screenings.verdict': CODED,
  'screenings.verdict_sha256': 'a hash',
  'stock_movements.reason': 'of stock',
  'stock_movements.tx_id': NUMBER,
  'work_leases.card_status': WORD,
};

const COLUMNS = `
with recursive person as (
  select 'operational.patients'::regclass as name
  union
  select k.conrelid::regclass from pg_constraint k
  where k.contype = 'f' and k.confrelid in ('operational.patients'::regclass, 'operational.prescriptions'::regclass, 'operational.fills'::regclass,
    'operational.claims'::regclass, 'operational.customer_accounts'::regclass, 'operational.patient_insurance'::regclass))
select p.name::text as "table", a.attname as "column", exists (select from pg_constraint k
    where k.conrelid = p.name and k.contype = 'c' and a.attnum = any (k.conkey) and pg_get_constraintdef(k.oid) ~ '= ANY \\(\\(?ARRAY') as "isWord",
  a.attname = any (operational.erasable_columns(replace(p.name::text, 'operational.', ''))) as "isErased",
  replace(p.name::text, 'operational.', '') in ('patient_allergies', 'patient_conditions', 'patient_medications', 'fhir_identities', 'prescription_documents') as "isDeleted"
from person p join pg_class r on r.oid = p.name and not r.relispartition join pg_attribute a on a.attrelid = p.name and a.attnum > 0 and not a.attisdropped
where format_type(a.atttypid, null) in ('text', 'jsonb', 'bytea', 'text[]') order by 1, 2`;

describe('what refers to a person', () => {
  const db = useTestDatabase();

  it('is erased with him, text by text, or says why not', async () => {
    const { rows } = await db.owner.query<{
      table: string;
      column: string;
      isWord: boolean;
      isErased: boolean;
      isDeleted: boolean;
    }>(COLUMNS);
    expect(new Set(rows.map(({ table }) => table)).size).toBeGreaterThan(25);
    const left = rows
      .filter(({ isWord, isErased, isDeleted }) => !isWord && !isErased && !isDeleted)
      .map(({ table, column }) => `${table.replace('operational.', '')}.${column}`);
    expect(left).toEqual(Object.keys(SAYS_NOTHING).sort());
  });
});
