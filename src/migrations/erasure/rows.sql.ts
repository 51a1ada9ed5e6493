/**
 * Every row that is about a person, by kind of record. One list: what a preview counts, what is erased and when, what is blanked in the audit
 * trail, and what the doctor looks through.
 */
export const ROWS = `
create function operational.person_rows(p_patients integer[]) returns table (record_class text, table_name text, row_key text, recorded_on date, content jsonb)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  with rx as materialized (
      select r.*, case when d.controlled_schedule is not null or exists (select from operational.fills f join reference.drugs g on g.drug_id = f.drug_id
        where f.prescription_id = r.prescription_id and g.controlled_schedule is not null) then 'controlled' else 'dispensing' end as kind
      from operational.prescriptions r join reference.drugs d on d.drug_id = r.drug_id where r.patient_id = any (p_patients)),
    fill as materialized (select f.*, rx.kind from operational.fills f join rx using (prescription_id)),
    sale as materialized (select s.* from operational.sales s where s.patient_id = any (p_patients)),
    cover as materialized (select i.*, exists (select from operational.claims c where c.insurance_id = i.insurance_id) as is_claimed
      from operational.patient_insurance i where i.patient_id = any (p_patients)),
    account as materialized (select a.* from operational.customer_accounts a where a.patient_id = any (p_patients))
  select 'identity', 'patients', p.patient_id::text, p.created_at::date, to_jsonb(p) from operational.patients p where p.patient_id = any (p_patients)
  union all select 'clinical', 'patients.state', p.patient_id::text, p.created_at::date, to_jsonb(p) from operational.patients p where p.patient_id = any (p_patients)
    and exists (select from unnest(operational.erasable_columns('patients.state')) c where to_jsonb(p) ->> c is not null)
  union all select 'clinical', 'patient_allergies', a.allergy_id::text, a.recorded_at::date, to_jsonb(a) from operational.patient_allergies a where a.patient_id = any (p_patients)
  union all select 'clinical', 'patient_conditions', c.condition_id::text, c.recorded_at::date, to_jsonb(c) from operational.patient_conditions c where c.patient_id = any (p_patients)
  union all select 'clinical', 'patient_medications', m.medication_id::text, m.recorded_at::date, to_jsonb(m) from operational.patient_medications m where m.patient_id = any (p_patients)
  union all select case when i.is_claimed then 'claims' else 'identity' end, 'patient_insurance', i.insurance_id::text, null, to_jsonb(i) - 'is_claimed' from cover i
  union all select case when i.is_claimed then 'claims' else 'identity' end, 'prior_authorisations', a.authorisation_id::text, a.recorded_at::date, to_jsonb(a)
    from operational.prior_authorisations a join cover i using (insurance_id)
  union all select 'claims', 'claims', c.claim_id::text, greatest(c.service_date, c.paid_on), to_jsonb(c) from operational.claims c join fill f using (fill_id)
  union all select 'claims', 'claim_events', e.event_id::text, e.occurred_at::date, to_jsonb(e) from operational.claim_events e join operational.claims c using (claim_id) join fill f using (fill_id)
  union all select 'consents', 'patient_consents', c.consent_id::text, c.recorded_at::date, to_jsonb(c) from operational.patient_consents c where c.patient_id = any (p_patients)
  union all select 'disclosures', 'patient_exports', e.export_id::text, e.exported_at::date, to_jsonb(e) from operational.patient_exports e where e.patient_id = any (p_patients)
  union all select 'disclosures', 'emergency_accesses', e.emergency_access_id::text, e.opened_at::date, to_jsonb(e) from operational.emergency_accesses e where e.patient_id = any (p_patients)
  union all select 'identity', 'patient_merges', m.merge_id::text, m.merged_at::date, to_jsonb(m) from operational.patient_merges m where m.survivor_id = any (p_patients) or m.merged_id = any (p_patients)
  union all select 'identity', 'fhir_identities', i.fhir_resource_id::text, null, to_jsonb(i) from operational.fhir_identities i join operational.fhir_resources r using (fhir_resource_id) where r.patient_id = any (p_patients)
  union all select r.kind, 'prescriptions', r.prescription_id::text, greatest(r.prescribed_date, r.created_at::date), to_jsonb(r) - 'kind' from rx r
  union all select r.kind, 'prescription_events', e.event_id::text, e.occurred_at::date, to_jsonb(e) from operational.prescription_events e join rx r using (prescription_id)
  union all select r.kind, 'prescription_stops', s.stop_id::text, s.stopped_on, to_jsonb(s) from operational.prescription_stops s join rx r using (prescription_id)
  union all select r.kind, 'prescription_documents', d.document_id::text, d.uploaded_at::date, to_jsonb(d) from operational.prescription_documents d join rx r using (prescription_id)
  union all select r.kind, 'clinical_reviews', v.review_id::text, v.reviewed_at::date, to_jsonb(v) from operational.clinical_reviews v join rx r using (prescription_id)
  union all select f.kind, 'fills', f.fill_id::text, greatest(f.dispensed_on, f.filled_at::date), to_jsonb(f) - 'kind' from fill f
  union all select f.kind, 'counsellings', c.counselling_id::text, c.occurred_at::date, to_jsonb(c) from operational.counsellings c join fill f using (fill_id)
  union all select f.kind, 'fill_scans', c.scan_id::text, c.scanned_at::date, to_jsonb(c) from operational.fill_scans c join fill f using (fill_id) where c.bypass_note is not null
  union all select r.kind, 'work_leases', w.lease_id::text, w.taken_at::date, to_jsonb(w) from operational.work_leases w join rx r using (prescription_id) where w.reason is not null
  union all select f.kind, 'pick_ups', u.pick_up_id::text, u.occurred_at::date, to_jsonb(u) from operational.pick_ups u join fill f using (fill_id)
  union all select f.kind, 'alert_overrides', o.override_id::text, o.overridden_at::date, to_jsonb(o) from operational.alert_overrides o join fill f using (fill_id)
  union all select coalesce(r.kind, 'sales'), 'screenings', s.screening_id::text, s.screened_at::date, jsonb_build_object('facts', s.facts) from operational.screenings s
    left join rx r using (prescription_id) where s.patient_id = any (p_patients)
  union all select 'sales', 'sales', s.sale_id::text, s.business_date, to_jsonb(s) from sale s
  union all select 'sales', 'payments', p.payment_id::text, s.business_date, to_jsonb(p) from operational.payments p join sale s using (sale_id) where p.reference is not null
  union all select 'sales', 'alert_overrides', o.override_id::text, o.overridden_at::date, to_jsonb(o) from operational.alert_overrides o join sale s using (sale_id)
  union all select 'sales', 'account_entries', e.entry_id::text, e.business_date, to_jsonb(e) from operational.account_entries e join account a using (account_id)
  union all select 'identity', 'customer_accounts', a.account_id::text, a.opened_at::date, to_jsonb(a) from account a
  union all select 'identity', 'quotations', q.quotation_id::text, q.quoted_at::date, to_jsonb(q) from operational.quotations q where q.patient_id = any (p_patients)
  union all select 'identity', 'held_baskets', h.held_basket_id::text, h.held_at::date, to_jsonb(h) from operational.held_baskets h where h.patient_id = any (p_patients)
  union all select 'identity', 'erasure_requests', e.erasure_request_id::text, e.recorded_at::date, to_jsonb(e) from operational.erasure_requests e where e.patient_id = any (p_patients)
$$;
comment on function operational.person_rows(integer[]) is 'Every row about a person on record under these numbers, with the kind of record it is: identity is erased at once, the others when their rule says.';

create function operational.erasure_plan(p_patients integer[]) returns table (record_class text, table_name text, records integer, held_until date, legal_basis text, source text)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  with found as materialized (
      select r.record_class, r.table_name, count(*)::integer as records, max(r.recorded_on) as last_on from operational.person_rows(p_patients) r group by 1, 2),
    -- What treatment was decided by is documented as long as there was treatment, and after the last of it.
    treated as (select max(f.last_on) as last_on from found f where f.record_class in ('dispensing', 'controlled')),
    held as (
      select f.record_class, x.years, (greatest(max(f.last_on), case when f.record_class = 'clinical' then t.last_on end) + make_interval(years => x.years))::date as until, x.legal_basis, x.source
      from found f join operational.retention_rules x using (record_class) cross join treated t
      where x.years > 0 and (f.record_class <> 'clinical' or t.last_on is not null)
      group by f.record_class, x.years, x.legal_basis, x.source, t.last_on)
  select f.record_class, f.table_name, f.records, h.until, h.legal_basis, h.source
  from found f left join (held join (select (now() at time zone b.time_zone)::date as today from operational.branches b join operational.patients p using (branch_id) where p.patient_id = p_patients[1]) d
    on held.until >= d.today) h on h.record_class = f.record_class
  order by h.until nulls first, f.record_class, f.table_name
$$;
comment on function operational.erasure_plan(integer[]) is 'What an erasure would do today: what goes at once, and what is held until which day by what rule.';

create function operational.erasure_blockers(p_patients integer[]) returns table (kind text, records integer)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select x.kind, x.records::integer from (
    select 'prescriptions' as kind, count(*) as records from operational.prescriptions r join operational.branches b using (branch_id)
      where r.patient_id = any (p_patients) and r.status in ('draft', 'pending', 'filled', 'on_hold') and r.expires_on >= (now() at time zone b.time_zone)::date
    union all select 'fills', count(*) from operational.fills f join operational.prescriptions r using (prescription_id)
      where r.patient_id = any (p_patients) and f.status in ('in_progress', 'verified', 'ready')
    union all select 'claims', count(*) from operational.claims c join operational.fills f using (fill_id) join operational.prescriptions r using (prescription_id)
      where r.patient_id = any (p_patients) and c.status in ('submitted', 'adjudicated', 'rejected')
    union all select 'balance', count(*) from operational.customer_accounts a where a.patient_id = any (p_patients) and a.balance <> 0
    union all select 'baskets', count(*) from operational.held_baskets h where h.patient_id = any (p_patients) and h.status = 'held' and h.expires_at > now()
    union all select 'emergency', count(*) from operational.emergency_accesses e where e.patient_id = any (p_patients) and e.outcome is null
  ) x where x.records > 0 order by x.kind
$$;
comment on function operational.erasure_blockers(integer[]) is 'What of a person is still open, so that he cannot be erased yet.';
grant execute on function operational.person_rows(integer[]), operational.erasure_plan(integer[]), operational.erasure_blockers(integer[]) to pharmacy_app;
`;

export const DROP_ROWS = `
drop function operational.erasure_blockers(integer[]);
drop function operational.erasure_plan(integer[]);
drop function operational.person_rows(integer[]);
`;
