import { seesAllBranches } from '../support/forced-row-security.js';

/** The line of a row of the trail as its seal hashed it: the columns as COPY writes them. */
const AUDIT_LINE = `
create function operational.audit_line(l operational.audit_logs) returns bytea language sql stable
  set search_path = pg_catalog, pg_temp as $$
  select convert_to(string_agg(coalesce(replace(replace(replace(replace(replace(replace(replace(v, E'\\\\', E'\\\\\\\\'), E'\\b', E'\\\\b'), E'\\f', E'\\\\f'), E'\\n', E'\\\\n'), E'\\r', E'\\\\r'),
    E'\\t', E'\\\\t'), E'\\x0b', E'\\\\v'), E'\\\\N'), E'\\t' order by n), 'UTF8')
  from unnest(array[l.audit_log_id::text, ((extract(epoch from l.occurred_at) * 1000000)::bigint)::text, l.tx_id, l.user_id::text, l.db_user::text, l.branch_id::text, l.request_id,
    l.table_schema, l.table_name, l.row_key, l.action, l.before::text, l.after::text]) with ordinality as u (v, n)
$$;
comment on function operational.audit_line(operational.audit_logs) is 'A row of the trail as COPY writes it, which is what seals hash.';

create function operational.redacted(p_columns text[], p_row jsonb) returns jsonb language sql immutable
  set search_path = pg_catalog, pg_temp as $$
  select p_row || coalesce((select jsonb_object_agg(c, 'erased') from unnest(p_columns) c where p_row ->> c is not null), '{}')
$$;
comment on function operational.redacted(text[], jsonb) is 'A row of the trail without the values of these columns.';
`;

const ERASE = `
create function operational.erase_records(p_patients integer[], p_classes text[]) returns bytea language plpgsql
  set search_path = pg_catalog, pg_temp as $$
declare
  v_tables text[];
  v_keys text[];
  v_rx integer[];
  v_fills integer[];
  v_claims integer[];
  v_name record;
  v_hashes bytea;
begin
  select array_agg(r.table_name), array_agg(r.row_key) into v_tables, v_keys from operational.person_rows(p_patients) r where r.record_class = any (p_classes);
  v_rx := array(select k::integer from unnest(v_tables, v_keys) as u (t, k) where t = 'prescriptions');
  v_fills := array(select k::integer from unnest(v_tables, v_keys) as u (t, k) where t = 'fills');

  if 'identity' = any (p_classes) then
    -- Answers kept for a retry say who he was no more, and are answered all the same: what they did is not done twice.
    for v_name in
      select p.patient_id, ':' || to_json(n)::text as said from operational.patients p
      cross join lateral (values (p.first_name), (p.last_name), (p.first_name_ar), (p.last_name_ar), (p.first_name || ' ' || p.last_name), (p.first_name_ar || ' ' || p.last_name_ar),
        (p.birth_date::text), (p.birth_date_partial), (p.phone), (p.national_id), (p.notes)) as v (n)
      where p.patient_id = any (p_patients) and n is not null
    loop
      update operational.idempotency_keys i set response = replace(i.response, v_name.said, ':"erased"')
      where position(v_name.said in i.response) > 0 and i.response ~ ('"patientId":' || v_name.patient_id || '[,}]');
    end loop;
    -- Words of names nobody else has.
    delete from operational.name_words w using operational.patients p where p.patient_id = any (p_patients) and w.branch_id = p.branch_id and w.word = any (p.name_words)
      and not exists (select from operational.patients o where o.branch_id = w.branch_id and o.name_words @> array[w.word] and not o.patient_id = any (p_patients));
    delete from operational.fhir_entries e using operational.fhir_resources r where r.fhir_resource_id = e.fhir_resource_id and r.patient_id = any (p_patients);
    delete from operational.fhir_identities i using operational.fhir_resources r where r.fhir_resource_id = i.fhir_resource_id and r.patient_id = any (p_patients);
    update operational.patients p set first_name = 'Erased', last_name = 'Patient ' || p.patient_id, first_name_ar = null, last_name_ar = null,
      name_folded = 'erased patient ' || p.patient_id, birth_date = null, birth_date_partial = null, phone = null, national_id = null, notes = null,
      erased_at = coalesce(p.erased_at, now()), version = p.version + 1
    where p.patient_id = any (p_patients);
    update operational.customer_accounts a set name = 'Patient ' || a.patient_id, name_ar = null, name_folded = 'patient ' || a.patient_id, phone = null, status = 'blocked', credit_limit = 0, version = a.version + 1
    where a.patient_id = any (p_patients);
    update operational.quotations q set customer_name = 'erased' where q.patient_id = any (p_patients) and q.customer_name is not null;
    update operational.held_baskets h set label = null where h.patient_id = any (p_patients) and h.label is not null;
    update operational.patient_merges m set reason = 'erased', taken = '{}', undo_reason = case when m.undo_reason is not null then 'erased' end
    where m.survivor_id = any (p_patients) or m.merged_id = any (p_patients);
    update operational.erasure_requests e set requester_name = case when e.requester_name is not null then 'erased' end,
      identity_proof = case when e.identity_proof is not null then 'erased' end, reason = case when e.reason is not null then 'erased' end
    where e.patient_id = any (p_patients);
    delete from operational.prior_authorisations a using operational.patient_insurance i where i.insurance_id = a.insurance_id and i.patient_id = any (p_patients)
      and not exists (select from operational.claims c where c.insurance_id = i.insurance_id);
    delete from operational.patient_insurance i where i.patient_id = any (p_patients) and not exists (select from operational.claims c where c.insurance_id = i.insurance_id);
  end if;

  if 'clinical' = any (p_classes) then
    delete from operational.patient_allergies a where a.patient_id = any (p_patients);
    delete from operational.patient_conditions c where c.patient_id = any (p_patients);
    delete from operational.patient_medications m where m.patient_id = any (p_patients);
    update operational.patients p set weight_kg = null, weight_recorded_on = null, height_cm = null, height_recorded_on = null, egfr = null, egfr_recorded_on = null,
      creatinine_umol_l = null, creatinine_recorded_on = null, pregnant = null, lactating = null, trimester = null, due_date = null, pregnancy_recorded_on = null,
      lactation_recorded_on = null, child_pugh = null, child_pugh_recorded_on = null, deceased_on = null, sex = 'unknown', allergy_status = 'not_asked', version = p.version + 1
    where p.patient_id = any (p_patients);
  end if;

  if 'consents' = any (p_classes) then
    update operational.patient_consents c set decider_name = case when c.decider_name is not null then 'erased' end, note = case when c.note is not null then 'erased' end
    where c.patient_id = any (p_patients);
  end if;

  if 'disclosures' = any (p_classes) then
    update operational.patient_exports e set reason = 'erased' where e.patient_id = any (p_patients);
    update operational.emergency_accesses e set reason = 'erased on request', review_note = case when e.review_note is not null then 'erased' end where e.patient_id = any (p_patients);
  end if;

  if 'claims' = any (p_classes) then
    v_claims := array(select k::integer from unnest(v_tables, v_keys) as u (t, k) where t = 'claims');
    update operational.claims c set member_number = 'erased', note = case when c.note is not null then 'erased' end,
      rejection_reason = case when c.rejection_reason is not null then 'erased' end where c.claim_id = any (v_claims);
    update operational.claim_events e set reason = 'erased' where e.claim_id = any (v_claims) and e.reason is not null;
    update operational.prior_authorisations a set number = 'erased ' || a.authorisation_id from operational.patient_insurance i where i.insurance_id = a.insurance_id and i.patient_id = any (p_patients);
    update operational.patient_insurance i set member_number = 'erased', plan_name = case when i.plan_name is not null then 'erased' end, version = i.version + 1 where i.patient_id = any (p_patients);
  end if;

  if 'sales' = any (p_classes) then
    update operational.sales s set reason = 'erased' where s.patient_id = any (p_patients) and s.reason is not null;
    update operational.payments p set reference = 'erased' from operational.sales s where s.sale_id = p.sale_id and s.patient_id = any (p_patients) and p.reference is not null;
    update operational.account_entries e set reference = case when e.reference is not null then 'erased' end, reason = case when e.reason is not null then 'erased' end
    from operational.customer_accounts a where a.account_id = e.account_id and a.patient_id = any (p_patients) and (e.reference is not null or e.reason is not null);
    update operational.alert_overrides o set note = 'erased' from operational.sales s where s.sale_id = o.sale_id and s.patient_id = any (p_patients);
    update operational.screenings s set facts = '{}' where s.patient_id = any (p_patients) and s.prescription_id is null;
  end if;

  if cardinality(v_rx) > 0 then
    with paper as (delete from operational.prescription_documents d where d.prescription_id = any (v_rx) returning d.content_id)
    delete from operational.prescription_document_contents c using paper where c.content_id = paper.content_id
      and not exists (select from operational.prescription_documents d where d.content_id = c.content_id and not d.prescription_id = any (v_rx));
    update operational.prescriptions r set sig = 'erased', sig_structure = null, notes = null, version = r.version + 1 where r.prescription_id = any (v_rx);
    update operational.prescription_events e set reason = 'erased' where e.prescription_id = any (v_rx) and e.reason is not null;
    update operational.prescription_stops s set note = 'erased' where s.prescription_id = any (v_rx) and s.note is not null;
    update operational.clinical_reviews v set note = 'erased' where v.prescription_id = any (v_rx) and v.note is not null;
    update operational.screenings s set facts = '{}' where s.prescription_id = any (v_rx);
    update operational.fills f set substitution_note = case when f.substitution_note is not null then 'erased on request' end,
      partial_reason = case when f.partial_reason is not null then 'erased on request' end, version = f.version + 1
    where f.fill_id = any (v_fills) and (f.substitution_note is not null or f.partial_reason is not null);
    update operational.fill_scans c set bypass_note = 'erased on request' where c.fill_id = any (v_fills) and c.bypass_note is not null;
    update operational.work_leases w set reason = 'erased' where w.prescription_id = any (v_rx) and w.reason is not null;
    update operational.counsellings c set note = 'erased' where c.fill_id = any (v_fills) and c.note is not null;
    update operational.pick_ups u set collector_name = case when u.collector_name is not null then 'erased' end, signature = null, document_kind = null, document_number = null
    where u.fill_id = any (v_fills);
    update operational.alert_overrides o set note = 'erased' where o.fill_id = any (v_fills);
  end if;

  -- The trail last, with what was written above.
  with kept as (
      select split_part(u.t, '.', 1) as table_name, u.k as row_key, array_agg(distinct c) as columns
      from unnest(v_tables, v_keys) as u (t, k) cross join lateral unnest(operational.erasable_columns(u.t)) c group by 1, 2),
    -- Rows that were there once and are not any more.
    gone as (
      select l.audit_log_id, operational.erasable_columns(l.table_name) as columns from operational.audit_logs l
      where l.table_schema = 'operational' and (l.table_name in ('patient_allergies', 'patient_conditions', 'patient_medications') and 'clinical' = any (p_classes)
          or l.table_name = 'patient_insurance' and p_classes && array['identity', 'claims'])
        and (coalesce(l.after, l.before) ->> 'patient_id')::integer = any (p_patients)
        and (l.table_name <> 'patient_insurance' or 'claims' = any (p_classes) or not exists (select from operational.patient_insurance i where i.insurance_id::text = l.row_key))),
    due as materialized (
      select l.audit_log_id, x.columns, sha256(operational.audit_line(l)) as before
      from (select k.columns, l.audit_log_id from kept k join operational.audit_logs l on l.table_name = k.table_name and l.row_key = k.row_key and l.table_schema = 'operational'
        union select g.columns, g.audit_log_id from gone g) x
      join operational.audit_logs l using (audit_log_id)
      where (operational.redacted(x.columns, l.before), operational.redacted(x.columns, l.after)) is distinct from (l.before, l.after)),
    changed as (
      update operational.audit_logs l set before = operational.redacted(d.columns, l.before), after = operational.redacted(d.columns, l.after)
      from due d where d.audit_log_id = l.audit_log_id
      returning l.audit_log_id, d.before as hash_before, sha256(operational.audit_line(l)) as hash_after)
  select string_agg(int8send(c.audit_log_id) || c.hash_before || c.hash_after, ''::bytea order by c.audit_log_id) into v_hashes from changed c;
  return v_hashes;
end $$;
comment on function operational.erase_records(integer[], text[]) is 'Erases records of these kinds and their values in the trail; answers number, hash before and hash after of the rows of the trail. Called by the functions below alone.';
revoke all on function operational.erase_records(integer[], text[]) from public;

create function operational.carry_out_erasure(p_request integer) returns bytea language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_request operational.erasure_requests%rowtype;
  v_patients integer[];
  v_open jsonb;
  v_hashes bytea;
begin
  select * into v_request from operational.erasure_requests r
  where r.erasure_request_id = p_request and r.branch_id = any ((select operational.current_branches())::integer[]) for update;
  if not found then
    raise exception 'there is no erasure request %', p_request using errcode = 'MD474';
  end if;
  if v_request.status <> 'pending' then
    raise exception 'erasure request % is %', p_request, v_request.status using errcode = 'MD472', detail = v_request.status;
  end if;
  if operational.current_user_id() is null or v_request.recorded_by = operational.current_user_id()
    and (select b.separate_duties from operational.branches b where b.branch_id = v_request.branch_id) then
    raise exception 'erasure request % is approved by another than who wrote it down', p_request using errcode = 'MD471';
  end if;
  -- In the order of whoever fills or merges; what is entered meanwhile waits for the record, and is refused.
  v_patients := array(select f from operational.patient_family(v_request.patient_id) f order by f);
  perform r.prescription_id from operational.prescriptions r where r.patient_id = any (v_patients) order by r.prescription_id for update;
  perform p.patient_id from operational.patients p where p.patient_id = any (v_patients) order by p.patient_id for update;
  if v_patients <> array(select f from operational.patient_family(v_request.patient_id) f order by f) then
    raise exception 'patient % was merged meanwhile', v_request.patient_id using errcode = '40001';
  end if;
  perform a.account_id from operational.customer_accounts a where a.patient_id = any (v_patients) order by a.account_id for update;
  select jsonb_object_agg(o.kind, o.records) into v_open from operational.erasure_blockers(v_patients) o;
  if v_open is not null then
    raise exception 'something of patient % is still open', v_request.patient_id using errcode = 'MD473', detail = v_open::text;
  end if;

  perform set_config('app.erasing', 'on', true);
  insert into operational.erasure_holds (erasure_request_id, branch_id, record_class, records, held_until, legal_basis, source)
  select p_request, v_request.branch_id, p.record_class, sum(p.records)::integer, p.held_until, p.legal_basis, p.source
  from operational.erasure_plan(v_patients) p where p.held_until is not null group by p.record_class, p.held_until, p.legal_basis, p.source;
  if found then
    insert into operational.erased_identities (patient_id, branch_id, erasure_request_id, identity)
    select p.patient_id, p.branch_id, p_request, jsonb_strip_nulls(jsonb_build_object('firstName', p.first_name, 'lastName', p.last_name, 'firstNameAr', p.first_name_ar, 'lastNameAr', p.last_name_ar,
      'birthDate', p.birth_date, 'birthDatePartial', p.birth_date_partial, 'nationalId', p.national_id, 'sex', p.sex,
      'requesterName', v_request.requester_name, 'identityProof', v_request.identity_proof, 'reason', v_request.reason))
    from operational.patients p where p.patient_id = any (v_patients);
  end if;
  update operational.erasure_requests r set patient_id = operational.surviving_patient(v_request.patient_id), decided_by = operational.current_user_id(), decided_at = now(),
    status = case when x.is_held then 'held' else 'done' end, completed_at = case when not x.is_held then now() end
  from (select exists (select from operational.erasure_holds h where h.erasure_request_id = p_request) as is_held) x where r.erasure_request_id = p_request;
  v_hashes := operational.erase_records(v_patients, array(select 'identity' union select x.record_class from operational.retention_rules x
    where not exists (select from operational.erasure_holds h where h.erasure_request_id = p_request and h.record_class = x.record_class)));
  perform set_config('app.erasing', 'off', true);
  return v_hashes;
end $$;
comment on function operational.carry_out_erasure(integer) is 'Erases the person of a request: all that no rule holds, and notes what is held until when. Answers what was blanked in the audit trail.';

create function operational.release_erasure_holds(p_request integer) returns bytea language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
declare
  v_request operational.erasure_requests%rowtype;
  v_classes text[];
  v_hashes bytea;
begin
  select * into v_request from operational.erasure_requests r
  where r.erasure_request_id = p_request and r.status = 'held' and r.branch_id = any ((select operational.current_branches())::integer[]) for update;
  v_classes := array(select h.record_class from operational.erasure_holds h join operational.branches b using (branch_id)
    where h.erasure_request_id = v_request.erasure_request_id and h.released_at is null and h.held_until < (now() at time zone b.time_zone)::date);
  if v_classes = '{}' then
    return null;
  end if;
  perform set_config('app.erasing', 'on', true);
  v_hashes := operational.erase_records(array(select f from operational.patient_family(v_request.patient_id) f order by f), v_classes);
  update operational.erasure_holds h set released_at = now() where h.erasure_request_id = p_request and h.record_class = any (v_classes);
  if not exists (select from operational.erasure_holds h where h.erasure_request_id = p_request and h.released_at is null) then
    delete from operational.erased_identities i where i.erasure_request_id = p_request;
    update operational.erasure_requests r set status = 'done', completed_at = now() where r.erasure_request_id = p_request;
  end if;
  perform set_config('app.erasing', 'off', true);
  return v_hashes;
end $$;
comment on function operational.release_erasure_holds(integer) is 'Erases what was held back of a request and whose last day has gone by; nothing else, whenever it is called.';

create function operational.read_erased_identity(p_request integer, p_reason text) returns setof operational.erased_identities language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_current_xact_id(); -- the transaction has its number before its rows of the trail have theirs
  if operational.current_user_id() is null or length(btrim(coalesce(p_reason, ''))) < 10 then
    raise exception 'who an erased patient was is read by somebody, for a reason' using errcode = 'MD475';
  end if;
  insert into operational.audit_logs (tx_id, user_id, branch_id, request_id, table_schema, table_name, row_key, action, after)
  select operational.current_tx_id(), operational.current_user_id(), i.branch_id, nullif(current_setting('app.request_id', true), ''), 'operational', 'erased_identities', i.patient_id::text, 'read',
    jsonb_build_object('erasure_request_id', p_request, 'reason', p_reason)
  from operational.erased_identities i where i.erasure_request_id = p_request and i.branch_id = any ((select operational.current_branches())::integer[]);
  return query select i.* from operational.erased_identities i
    where i.erasure_request_id = p_request and i.branch_id = any ((select operational.current_branches())::integer[]) order by i.patient_id;
end $$;
comment on function operational.read_erased_identity(integer, text) is 'Who the erased patient of a request was, as long as something is held; each look is written down with its reason.';
revoke all on function operational.carry_out_erasure(integer), operational.release_erasure_holds(integer), operational.read_erased_identity(integer, text) from public;
grant execute on function operational.carry_out_erasure(integer), operational.release_erasure_holds(integer), operational.read_erased_identity(integer, text) to pharmacy_app;
`;

export const ERASING = `${AUDIT_LINE}${ERASE}${['carry_out_erasure(integer)', 'release_erasure_holds(integer)', 'read_erased_identity(integer, text)'].map(seesAllBranches).join('')}`;

export const DROP_ERASING = `
drop function operational.erase_records(integer[], text[]);
drop function operational.redacted(text[], jsonb), operational.audit_line(operational.audit_logs);
`;
