import { asLogin } from '../support/forced-row-security.js';

/** Guards that keep rows as they were written let an erasure by, and nothing else. */
const LETS_ERASURE_BY = 'when (not operational.is_erasing()) ';

const guards = (when: string): string => `
drop trigger claims_guard on operational.claims;
create trigger claims_guard before update on operational.claims for each row ${when}execute function operational.guard_claim();
drop trigger held_baskets_guard on operational.held_baskets;
create trigger held_baskets_guard before insert or update on operational.held_baskets
  for each row ${when}execute function operational.guard_held_basket();
drop trigger emergency_accesses_guard on operational.emergency_accesses;
create trigger emergency_accesses_guard before update on operational.emergency_accesses
  for each row ${when}execute function operational.guard_emergency_review();
drop trigger prescription_documents_guard on operational.prescription_documents;
create trigger prescription_documents_guard before insert or update or delete on operational.prescription_documents
  for each row ${when}execute function operational.guard_prescription_document();
drop trigger patient_insurance_guard_merged on operational.patient_insurance;
create trigger patient_insurance_guard_merged before insert or update on operational.patient_insurance
  for each row ${when}execute function operational.guard_merged_patient();
drop trigger work_leases_guard on operational.work_leases;
create trigger work_leases_guard before update on operational.work_leases
  for each row when (old.ended_at is not null${when === '' ? '' : ' and not operational.is_erasing()'}) execute function operational.guard_ended_lease();
drop trigger patients_guard_merge on operational.patients;
create trigger patients_guard_merge before update on operational.patients
  for each row when ((old.merged_into is not null or new.merged_into is not null)${when === '' ? '' : ' and not operational.is_erasing()'}) execute function operational.guard_merge();
`;

const guardMerged = (isErased: boolean): string =>
  asLogin(`
create or replace function operational.guard_merged_patient() returns trigger language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_into integer;${
    isErased
      ? `
  v_erased timestamptz;`
      : ''
  }
begin
  -- The lock lets whoever merges${isErased ? ' or erases' : ''} go first, or makes him wait for this row and take it with him.
  select p.merged_into${isErased ? ', p.erased_at into v_into, v_erased' : ' into v_into'} from operational.patients p where p.patient_id = new.patient_id for key share;${
    isErased
      ? `
  if v_erased is not null then
    raise exception 'patient % was erased', new.patient_id using errcode = 'MD470';
  end if;`
      : ''
  }
  if v_into is not null then
    raise exception 'patient % was merged into %', new.patient_id, v_into using errcode = 'MD080';
  end if;
  return new;
end $$;`);

/** What may be changed by an erasure: in these tables these columns, and nothing in any other that is append-only. */
export const GUARDS = `
create function operational.erasable_columns(p_table text) returns text[] language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  select case p_table
    when 'patients' then '{first_name,last_name,first_name_ar,last_name_ar,name_folded,name_words,birth_date,birth_date_partial,phone,phone_digits,national_id,notes}'
    when 'patients.state' then '{weight_kg,weight_recorded_on,height_cm,height_recorded_on,egfr,egfr_recorded_on,creatinine_umol_l,creatinine_recorded_on,pregnant,lactating,trimester,due_date,pregnancy_recorded_on,lactation_recorded_on,child_pugh,child_pugh_recorded_on,deceased_on}'
    when 'patient_allergies' then '{substance_text,reaction}'
    when 'patient_conditions' then '{icd10,name,onset_date}'
    when 'patient_medications' then '{medication_text,dose,started_on,ended_on}'
    when 'patient_insurance' then '{plan_name,member_number}'
    when 'patient_consents' then '{decider_name,note}'
    when 'patient_exports' then '{reason}'
    when 'patient_merges' then '{reason,taken,undo_reason}'
    when 'emergency_accesses' then '{reason,review_note}'
    when 'prescriptions' then '{sig,sig_structure,notes}'
    when 'prescription_events' then '{reason}'
    when 'prescription_stops' then '{note}'
    when 'prescription_documents' then '{withdrawal_reason}'
    when 'clinical_reviews' then '{note}'
    when 'counsellings' then '{note}'
    when 'pick_ups' then '{collector_name,signature,document_kind,document_number}'
    when 'fills' then '{substitution_note,partial_reason}'
    when 'fill_scans' then '{bypass_note}'
    when 'work_leases' then '{reason}'
    when 'alert_overrides' then '{note}'
    when 'screenings' then '{facts}'
    when 'prior_authorisations' then '{number}'
    when 'claims' then '{member_number,rejection_reason,note}'
    when 'claim_events' then '{reason}'
    when 'sales' then '{reason}'
    when 'payments' then '{reference}'
    when 'account_entries' then '{reference,reason}'
    when 'customer_accounts' then '{name,name_ar,name_folded,phone}'
    when 'quotations' then '{customer_name}'
    when 'held_baskets' then '{label}'
    when 'erasure_requests' then '{requester_name,identity_proof,reason}'
    when 'audit_logs' then '{before,after}'
    else '{}' end::text[]
$$;
comment on function operational.erasable_columns(text) is 'Columns of a table that may say who somebody is or what he told: what an erasure blanks, in the table and in the audit trail.';

create function operational.unerased(p_table text, p_row jsonb) returns text[] language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  select coalesce(array_agg(c order by c), '{}')
  from unnest(operational.erasable_columns(p_table)) c
  where p_row ->> c is not null and p_row ->> c <> '{}'
    and p_row ->> c !~ '^(([Ee]rased |Erased )?[Pp]atient [0-9]+|[Ee]rased|erased on request|erased [0-9]+|\\["erased", "patient", "[0-9]+"\\])$'
$$;
comment on function operational.unerased(text, jsonb) is 'Columns of such a row that still say something.';

-- Only inside of a function that erases: the role is entered by nothing else that changes such rows.
create function operational.is_erasing() returns boolean language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select current_user = 'meditory_definer' and coalesce(current_setting('app.erasing', true) = 'on', false)
$$;
comment on function operational.is_erasing() is 'Whether this is an erasure at work.';
grant execute on function operational.erasable_columns(text), operational.unerased(text, jsonb), operational.is_erasing() to pharmacy_app, pharmacy_admin, pharmacy_reporting;

create or replace function operational.refuse_change() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  -- The trail is in parts by month, and a part has a name of its own.
  v_columns text[] := operational.erasable_columns(regexp_replace(tg_table_name, '^audit_logs_.*', 'audit_logs'));
begin
  if tg_level = 'ROW' and operational.is_erasing() then
    if tg_op = 'UPDATE' then
      if to_jsonb(new) - v_columns = to_jsonb(old) - v_columns then
        return new;
      end if;
    elsif tg_table_name in ('fhir_entries', 'fhir_identities') then
      return old;
    end if;
  end if;
  raise exception '%.% is append-only: % refused', tg_table_schema, tg_table_name, tg_op using errcode = 'MD004';
end $$;
comment on function operational.refuse_change() is 'Trigger of append-only tables: refuses UPDATE, DELETE and TRUNCATE, the owner''s too; an erasure blanks what may name somebody.';
${guards(LETS_ERASURE_BY)}
${guardMerged(true)}

create function operational.guard_erased_patient() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception 'patient % was erased', old.patient_id using errcode = 'MD470';
end $$;
comment on function operational.guard_erased_patient() is 'The record of somebody who was erased changes by erasure alone, and nobody is marked as erased by anything else.';
create trigger patients_guard_erased before update on operational.patients
  for each row when ((old.erased_at is not null or new.erased_at is not null) and not operational.is_erasing()) execute function operational.guard_erased_patient();

create function operational.guard_erasure_request() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  if old.status <> 'pending' or new.status not in ('refused', 'withdrawn') or new.decided_by is distinct from operational.current_user_id() then
    raise exception 'erasure request % is %', old.erasure_request_id, old.status using errcode = 'MD472', detail = old.status;
  end if;
  return new;
end $$;
comment on function operational.guard_erasure_request() is 'A request is refused or withdrawn once, by the user of the transaction; carried out by the function that erases.';
create trigger erasure_requests_guard before update on operational.erasure_requests
  for each row when (not operational.is_erasing()) execute function operational.guard_erasure_request();
`;

export const DROP_GUARDS = `
drop trigger erasure_requests_guard on operational.erasure_requests;
drop function operational.guard_erasure_request();
drop trigger patients_guard_erased on operational.patients;
drop function operational.guard_erased_patient();
${guardMerged(false)}
${guards('')}
create or replace function operational.refuse_change() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp as $$
begin
  raise exception '%.% is append-only: % refused', tg_table_schema, tg_table_name, tg_op using errcode = 'MD004';
end $$;
comment on function operational.refuse_change() is 'Trigger of append-only tables: refuses UPDATE, DELETE and TRUNCATE, the owner''s too.';
drop function operational.is_erasing();
drop function operational.unerased(text, jsonb), operational.erasable_columns(text);
`;
