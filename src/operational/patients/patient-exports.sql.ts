/** Everything held about one person, by the numbers he is or was on record under ($1). Rests on the *_patient indexes. */

export const FAMILY = `
select /* patientExports.family */ f.patient_id as "patientId" from operational.patient_family($1) as f (patient_id) order by 1`;

export const PRESCRIPTIONS = `
select /* patientExports.prescriptions */ r.rx_number as "rxNumber", d.name as "drugName", n.first_name || ' ' || n.last_name as "prescriberName",
  r.prescribed_date as "prescribedDate", r.expires_on as "expiresOn", trim_scale(r.quantity)::text as quantity, r.days_supply as "daysSupply",
  r.sig, r.refills_authorized as "refillsAuthorized", r.status, r.notes
from operational.prescriptions r
join reference.drugs d using (drug_id)
join operational.prescribers n using (prescriber_id)
where r.patient_id = any ($1::integer[]) order by r.prescription_id`;

/** The paper itself is handed out from the prescription; here stands what there is, withdrawn ones too. */
export const PAPERS = `
select /* patientExports.papers */ r.rx_number as "rxNumber", d.document_id as "documentId", c.media_type as "mediaType", c.byte_size as "byteSize",
  encode(c.sha256, 'hex') as sha256, d.uploaded_at as "uploadedAt", d.withdrawn_at as "withdrawnAt", d.withdrawal_reason as "withdrawalReason"
from operational.prescriptions r
join operational.prescription_documents d using (prescription_id)
join operational.prescription_document_contents c using (content_id)
where r.patient_id = any ($1::integer[]) order by d.document_id`;

export const FILLS = `
select /* patientExports.fills */ r.rx_number as "rxNumber", f.fill_number as "fillNumber", f.part_number as "partNumber", d.name as "drugName",
  trim_scale(f.quantity)::text as quantity, f.days_supply as "daysSupply", f.price::text as price, f.status, f.dispensed_on as "dispensedOn",
  c.outcome as counselling, c.note as "counsellingNote", p.collector, p.collector_name as "collectorName", p.identifiers
from operational.prescriptions r
join operational.fills f using (prescription_id)
join reference.drugs d on d.drug_id = f.drug_id
left join lateral (select * from operational.counsellings x where x.fill_id = f.fill_id order by x.counselling_id desc limit 1) c on true
left join operational.pick_ups p on p.fill_id = f.fill_id
where r.patient_id = any ($1::integer[]) order by f.fill_id`;

export const CLAIMS = `
select /* patientExports.claims */ c.claim_number as "claimNumber", r.rx_number as "rxNumber", y.name as "payerName", c.member_number as "memberNumber",
  c.service_date as "serviceDate", c.amount_claimed::text as "amountClaimed", c.payer_share::text as "payerShare", c.patient_share::text as "patientShare",
  c.status, c.reject_code as "rejectCode", c.submitted_at as "submittedAt"
from operational.prescriptions r
join operational.fills f using (prescription_id)
join operational.claims c on c.fill_id = f.fill_id
join operational.payers y on y.payer_id = c.payer_id
where r.patient_id = any ($1::integer[]) order by c.claim_id`;

export const SALES = `
select /* patientExports.sales */ s.sale_number as "saleNumber", s.sale_type as "saleType", s.business_date as "soldOn", i.description,
  trim_scale(i.unit_quantity)::text as quantity, i.unit, i.line_total::text as "lineTotal"
from operational.sales s join operational.sale_items i using (sale_id)
where s.patient_id = any ($1::integer[]) order by s.sale_id, i.line_no`;

/** Accounts that are his, and what changed what he owes. */
export const ACCOUNTS = `
select /* patientExports.accounts */ a.account_number as "accountNumber", e.business_date as "enteredOn", e.kind, s.sale_number as "saleNumber",
  e.amount::text as amount, e.balance_after::text as "balanceAfter", e.method, e.reason
from operational.customer_accounts a join operational.account_entries e using (account_id)
left join operational.sales s on s.sale_id = e.sale_id
where a.patient_id = any ($1::integer[]) order by e.entry_id`;

/** What he collected and spent of points. */
export const POINTS = `
select /* patientExports.points */ a.account_number as "accountNumber", e.business_date as "enteredOn", e.kind, s.sale_number as "saleNumber",
  e.points, e.balance_after as "balanceAfter", e.expires_on as "expiresOn"
from operational.customer_accounts a join operational.points_entries e using (account_id)
left join operational.sales s on s.sale_id = e.sale_id
where a.patient_id = any ($1::integer[]) order by e.points_entry_id`;

export const ALERTS = `
select /* patientExports.alerts */ a.kind, a.severity, a.message, a.source, a.raised_at as "raisedAt", o.reason as "overrideReason",
  o.note as "overrideNote", o.overridden_at as "overriddenAt"
from operational.clinical_alerts a left join operational.alert_overrides o using (alert_id)
where a.patient_id = any ($1::integer[]) order by a.alert_id, o.override_id`;

export const CONSENTS = `
select /* patientExports.consents */ c.kind, c.decision, c.method, c.decided_by as "decidedBy", c.decider_name as "deciderName", c.note,
  c.recorded_at as "recordedAt"
from operational.patient_consents c where c.patient_id = any ($1::integer[]) order by c.consent_id`;

export const INSERT = `
insert /* patientExports.insert */ into operational.patient_exports (branch_id, patient_id, format, reason, exported_by)
values ($1, $2, $3, $4, $5) returning export_id as "exportId", exported_at as "exportedAt"`;

/**
 * Who opened the person's record or one of his prescriptions, the last first: numbers of records ($1), before an entry ($2), at most
 * $3. Rests on audit_logs_row_idx.
 */
export const VIEWS = `
select /* patientExports.views */ l.audit_log_id as "auditLogId", l.occurred_at as "viewedAt", l.user_id as "userId", u.username,
  u.full_name as "fullName", k.what, k.id, l.request_id as "requestId"
from (
  select 'record' as what, 'patients' as table_name, x as id from unnest($1::integer[]) x
  union all
  select 'prescription', 'prescriptions', r.prescription_id from operational.prescriptions r where r.patient_id = any ($1::integer[])) k
join operational.audit_logs l on l.table_name = k.table_name and l.row_key = k.id::text and l.action = 'read' and l.after is null
left join operational.users u using (user_id)
where $2::bigint is null or l.audit_log_id < $2
order by l.audit_log_id desc limit $3`;
