import type { Invariant } from './invariant.types.js';

/** Who was erased, under every number he was on record by. */
const ERASED = `
erased as materialized (
  select e.erasure_request_id, array(select f from operational.patient_family(e.patient_id) f order by f) as people
  from operational.erasure_requests e where e.status in ('held', 'done'))`;

/** What must be true of people who asked to be erased. */
export const ERASURE_INVARIANTS: readonly Invariant[] = [
  {
    code: 'erased-stay-erased',
    rule: 'No row about an erased patient says who he was or what he told, but for the records that are held back.',
    sql: `
with ${ERASED}
select r.table_name || ' ' || r.row_key || ' of erased patient ' || e.people[1] || ': '
  || case when cardinality(u.columns) > 0 then array_to_string(u.columns, ', ') else 'is there' end as broken
from erased e cross join lateral operational.person_rows(e.people) r
cross join lateral (select operational.unerased(r.table_name, r.content) as columns) u
where (cardinality(u.columns) > 0
    or r.table_name in ('patient_allergies', 'patient_conditions', 'patient_medications', 'fhir_identities', 'prescription_documents'))
  and not exists (select from operational.erasure_holds h
    where h.erasure_request_id = e.erasure_request_id and h.record_class = r.record_class and h.released_at is null)
union all
select 'patient ' || p.patient_id || ': erased by no request that was carried out'
from operational.patients p where p.erased_at is not null and not exists (select from erased e where p.patient_id = any (e.people))
order by 1`,
  },
  {
    code: 'erased-trail-blank',
    rule: 'The audit trail does not say who an erased patient was.',
    sql: `
with ${ERASED}
select 'audit row ' || l.audit_log_id || ' of erased patient ' || p.patient_id as broken
from erased e cross join lateral unnest(e.people) as p (patient_id)
join operational.audit_logs l on l.table_name = 'patients' and l.row_key = p.patient_id::text and l.table_schema = 'operational'
where operational.unerased('patients', l.before) <> '{}' or operational.unerased('patients', l.after) <> '{}' order by l.audit_log_id`,
  },
  {
    code: 'holds-end',
    rule: 'What is held back of an erased patient has a last day and is erased when it has gone by.',
    sql: `
select 'erasure request ' || h.erasure_request_id || ': ' || h.record_class || ' is held since ' || h.held_until as broken
from operational.erasure_holds h where h.released_at is null and h.held_until < current_date - 7
union all
select 'erasure request ' || e.erasure_request_id || ' is ' || e.status || ': ' || x.holds || ' kinds of records are held'
from operational.erasure_requests e cross join lateral (
  select count(*) as holds from operational.erasure_holds h where h.erasure_request_id = e.erasure_request_id and h.released_at is null) x
where (e.status = 'held') <> (x.holds > 0)
order by 1`,
  },
];
