/** What an erasure would do today, under every number the person is on record by; the record that answers comes first. */
export const PLAN = `
select /* erasure.plan */ p.record_class as "recordClass", p.table_name as "tableName", p.records, p.held_until as "heldUntil", p.legal_basis as "legalBasis", p.source
from operational.erasure_plan(array(select f from operational.patient_family($1) f order by f)) p`;

export const BLOCKERS = `
select /* erasure.blockers */ b.kind, b.records from operational.erasure_blockers(array(select operational.patient_family($1))) b`;

export const INSERT = `
insert /* erasure.insert */ into operational.erasure_requests (branch_id, patient_id, requested_by, requester_name, identity_proof, reason)
values ($1, $2, $3, $4, $5, $6) returning erasure_request_id as "erasureRequestId"`;

const VIEW = `e.erasure_request_id as "erasureRequestId", e.patient_id as "patientId", p.first_name || ' ' || p.last_name as "patientName",
  e.requested_by as "requestedBy", e.requester_name as "requesterName", e.identity_proof as "identityProof", e.reason, e.status, u.full_name as "recordedBy",
  e.recorded_at as "recordedAt", d.full_name as "decidedBy", e.decided_at as "decidedAt", e.decision_reason as "decisionReason", e.completed_at as "completedAt",
  coalesce((select json_agg(json_build_object('recordClass', h.record_class, 'records', h.records, 'heldUntil', h.held_until, 'legalBasis', h.legal_basis, 'source', h.source,
    'releasedAt', h.released_at) order by h.held_until, h.record_class) from operational.erasure_holds h where h.erasure_request_id = e.erasure_request_id), '[]') as holds
from operational.erasure_requests e join operational.patients p using (patient_id) join operational.users u on u.user_id = e.recorded_by
left join operational.users d on d.user_id = e.decided_by`;

export const FIND = `
select /* erasure.find */ ${VIEW} where e.branch_id = $1 and e.erasure_request_id = $2`;

/** The last first. Index: erasure_requests_list_idx. */
export const FIND_PAGE = `
select /* erasure.findPage */ ${VIEW}
where e.branch_id = $1 and ($2::text is null or e.status = $2) order by e.erasure_request_id desc limit $3 offset $4`;

export const COUNT = `
select /* erasure.count */ count(*)::integer as total from operational.erasure_requests e where e.branch_id = $1 and ($2::text is null or e.status = $2)`;

export const LOCK = `
select /* erasure.lock */ e.erasure_request_id from operational.erasure_requests e where e.branch_id = $1 and e.erasure_request_id = $2 for no key update`;

export const DECIDE = `
update /* erasure.decide */ operational.erasure_requests set status = $2, decided_by = $3, decided_at = now(), decision_reason = $4 where erasure_request_id = $1`;

export const CARRY_OUT = 'select /* erasure.carryOut */ operational.carry_out_erasure($1) as hashes';

export const RELEASE = 'select /* erasure.release */ operational.release_erasure_holds($1) as hashes';

/** Index: erasure_holds_due_idx. */
export const FIND_DUE = `
select /* erasure.findDue */ distinct h.erasure_request_id as "erasureRequestId", h.branch_id as "branchId"
from operational.erasure_holds h join operational.branches b using (branch_id)
where h.released_at is null and h.held_until < (now() at time zone b.time_zone)::date order by 1 limit $1`;

/** Who was erased, by each number he was on record by; nothing of who it was. */
export const ERASED_RECORDS = `
select /* erasure.erasedRecords */ p.patient_id as "patientId", p.branch_id as "branchId", ((extract(epoch from p.created_at) * 1000000)::bigint)::text as "createdAt",
  e.recorded_by as "recordedBy", e.decided_by as "decidedBy"
from operational.erasure_requests e cross join lateral operational.patient_family(e.patient_id) f join operational.patients p on p.patient_id = f
where e.status in ('held', 'done') order by p.patient_id`;

/** Records of a list, by number and instant, that are not erased. */
export const FIND_BACK = `
select /* erasure.findBack */ p.patient_id as "patientId" from unnest($1::integer[], $2::bigint[]) as l (patient_id, created_at)
join operational.patients p on p.patient_id = l.patient_id and (extract(epoch from p.created_at) * 1000000)::bigint = l.created_at
where p.erased_at is null`;

export const SURVIVOR = `
select /* erasure.survivor */ p.patient_id as "patientId" from operational.patients p where p.patient_id = operational.surviving_patient($1) and p.erased_at is null`;

export const FIND_PENDING = `
select /* erasure.findPending */ e.erasure_request_id as "erasureRequestId" from operational.erasure_requests e where e.patient_id = $1 and e.status = 'pending'`;

export const BRANCHES =
  'select /* erasure.branches */ branch_id as "branchId" from operational.branches order by branch_id';

export const READ_IDENTITIES = `
select /* erasure.readIdentities */ i.patient_id as "patientId", i.identity ->> 'firstName' as "firstName", i.identity ->> 'lastName' as "lastName",
  i.identity ->> 'firstNameAr' as "firstNameAr", i.identity ->> 'lastNameAr' as "lastNameAr", coalesce(i.identity ->> 'birthDate', i.identity ->> 'birthDatePartial') as "birthDate",
  i.identity ->> 'nationalId' as "nationalId", i.identity ->> 'requesterName' as "requesterName", i.identity ->> 'identityProof' as "identityProof"
from operational.read_erased_identity($1, $2) i`;

export const RULES = `
select /* erasure.rules */ r.record_class as "recordClass", r.years, r.legal_basis as "legalBasis", r.source, u.full_name as "updatedBy", r.updated_at as "updatedAt", r.version
from operational.retention_rules r left join operational.users u on u.user_id = r.updated_by order by r.record_class`;

export const UPDATE_RULE = `
update /* erasure.updateRule */ operational.retention_rules
set years = $2, legal_basis = $3, source = $4, updated_by = $5, updated_at = now(), version = version + 1 where record_class = $1 and version = $6`;
