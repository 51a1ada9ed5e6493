/** A claim as it is shown. */
const CLAIM = `
select /* claims.shown */ c.claim_id as "claimId", c.claim_number as "claimNumber", c.status, c.fill_id as "fillId", f.prescription_id as "prescriptionId",
  r.rx_number as "rxNumber", f.fill_number as "fillNumber", f.status as "fillStatus", f.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr",
  trim_scale(f.quantity)::text as quantity, r.patient_id as "patientId", concat_ws(' ', t.first_name, t.last_name) as "patientName",
  nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr", c.payer_id as "payerId", y.name as "payerName", y.name_ar as "payerNameAr",
  c.plan_id as "planId", p.name as "planName", c.insurance_id as "insuranceId", c.member_number as "memberNumber", c.service_date as "serviceDate",
  c.amount_claimed::text as "amountClaimed", c.payer_share::text as "payerShare", c.patient_share::text as "patientShare", c.deductible_applied::text as "deductibleApplied",
  c.breakdown, c.reject_code as "rejectCode", c.rejection_reason as "rejectDetail", a.number as "authorisationNumber", c.previous_claim_id as "previousClaimId",
  c.submitted_at as "submittedAt", c.decided_at as "decidedAt", (now() at time zone b.time_zone)::date - (c.submitted_at at time zone b.time_zone)::date as "ageDays",
  c.paid_on as "paidOn", c.paid_reference as "paidReference", c.note, c.batch_id as "batchId",
  c.status = 'reversed' and c.reversal_told_at is null as "isReversalPending",
  (select i.sale_id from operational.sale_items i where i.fill_id = c.fill_id and i.quantity > 0) as "soldInSaleId", c.version
from operational.claims c
join operational.fills f on f.fill_id = c.fill_id
join operational.prescriptions r on r.prescription_id = f.prescription_id
join operational.patients t on t.patient_id = r.patient_id
join operational.branches b on b.branch_id = c.branch_id
join reference.drugs d on d.drug_id = f.drug_id
join operational.payers y on y.payer_id = c.payer_id
left join operational.payer_plans p on p.plan_id = c.plan_id
left join operational.prior_authorisations a on a.authorisation_id = c.authorisation_id`;

const FILTER = `
where c.branch_id = $1 and ($2::text is null or c.status = $2) and ($3::integer is null or c.payer_id = $3)
  and ($4::integer is null or r.patient_id in (select operational.patient_family($4))) and ($5::integer is null or c.fill_id = $5)
  and ($6::text is null or c.reject_code = $6)
  and ($7::integer is null or c.submitted_at < now() - make_interval(days => $7)) and ($8::integer is null or c.batch_id = $8)
  and ($9::integer is null or f.prescription_id = $9)`;

/** A page of claims, the oldest first where they wait to be corrected, else the newest. Index: claims_queue_idx. */
export const FIND_PAGE = `${CLAIM} ${FILTER}
order by case when c.status = 'rejected' and $2 = 'rejected' then c.claim_id end, c.claim_id desc
limit $10 offset $11`;

export const COUNT = `
select /* claims.count */ count(*)::integer as total
from operational.claims c join operational.fills f on f.fill_id = c.fill_id join operational.prescriptions r on r.prescription_id = f.prescription_id
${FILTER}`;

/** How many claims stand where. Index: claims_queue_idx. */
export const COUNT_BY_STATUS = `
select /* claims.countByStatus */ c.status, count(*)::integer as count from operational.claims c where c.branch_id = $1 group by c.status order by c.status`;

export const FIND_ONE = `${CLAIM} where c.claim_id = $1 and c.branch_id = $2`;

/** Claims of a fill as they are shown, in the order they were submitted. Index: claims_fill_idx. */
export const OF_FILL = `${CLAIM} where c.fill_id = $1 and c.branch_id = $2 order by c.claim_id`;

export const EVENTS = `
select /* claims.events */ e.from_status as "fromStatus", e.to_status as "toStatus", e.reason, u.full_name as "userName", e.occurred_at as "occurredAt"
from operational.claim_events e left join operational.users u using (user_id) where e.claim_id = $1 order by e.event_id`;

/** A fill under its lock: a sale or a taking back of it waits, and other claims of it. */
export const LOCK_FILL = `
select /* claims.lockFill */ f.fill_id as "fillId", f.prescription_id as "prescriptionId", f.fill_number as "fillNumber", f.drug_id as "drugId", f.status,
  f.price::text as price, trim_scale(f.quantity)::text as quantity, f.days_supply as "daysSupply", p.patient_id as "patientId",
  coalesce(f.dispensed_on, (f.filled_at at time zone b.time_zone)::date) as "serviceDate", b.currency_decimals as "currencyDecimals",
  coalesce((select sum(i.quantity) from operational.sale_items i where i.fill_id = f.fill_id), 0) > 0 as "isSold",
  exists (select from operational.sale_items i where i.fill_id = f.fill_id) as "wasSold"
from operational.fills f join operational.prescriptions p using (prescription_id) join operational.branches b on b.branch_id = f.branch_id
where f.fill_id = $1 and f.branch_id = $2 for update of f`;

export const FILL_OF = `
select /* claims.fillOf */ c.fill_id as "fillId" from operational.claims c where c.claim_id = $1 and c.branch_id = $2`;

/** Claims of a fill in the order they were submitted. */
export const IN_LINE = `
select /* claims.inLine */ c.claim_id as "claimId", c.insurance_id as "insuranceId", c.status, c.patient_share::text as "patientShare"
from operational.claims c where c.fill_id = $1 order by c.claim_id`;

export const INSERT = `
insert /* claims.insert */ into operational.claims (branch_id, fill_id, insurance_id, amount_claimed, previous_claim_id, submitted_by, note)
values ($1, $2, $3, $4, $5, $6, $7) returning claim_id as "claimId"`;

/** A submitted claim as its payer is asked. */
export const TO_ADJUDICATE = `
select /* claims.toAdjudicate */ c.claim_number as "claimNumber", c.payer_id as "payerId", c.member_number as "memberNumber", c.insurance_id as "insuranceId",
  c.amount_claimed::text as amount, trim_scale(f.quantity)::text as quantity, f.days_supply as "daysSupply", c.service_date as "serviceDate",
  f.prescription_id as "prescriptionId", f.fill_number as "fillNumber", f.drug_id as "drugId", b.currency_decimals as "currencyDecimals"
from operational.claims c join operational.fills f using (fill_id) join operational.branches b on b.branch_id = c.branch_id
where c.claim_id = $1 and c.status = 'submitted'`;

export const ANSWER = `
update /* claims.answer */ operational.claims set status = $2, payer_share = $3, patient_share = $4, reject_code = $5, rejection_reason = $6, breakdown = $7,
  rule_id = $8, authorisation_id = $9, deductible_applied = coalesce($10::numeric, 0), period_from = $11, period_deductible = $12, period_cap = $13,
  decided_at = now(), note = null, version = version + 1
where claim_id = $1 and status = 'submitted'`;

export const STATUS_OF = `select /* claims.statusOf */ status, claim_number as "claimNumber" from operational.claims where claim_id = $1`;

export const PAY = `
update /* claims.pay */ operational.claims set status = 'paid', paid_on = $2, paid_reference = $3, note = null, version = version + 1
where claim_id = $1`;

export const CLOSE = `
update /* claims.close */ operational.claims set status = $2, note = $3, version = version + 1 where claim_id = $1`;

/** Reverses what stands or waits of a fill from a claim on: those behind it were asked for what it left. */
export const REVERSE_FROM = `
update /* claims.reverseFrom */ operational.claims set status = 'reversed', note = $3, version = version + 1
where fill_id = any ($1::integer[]) and claim_id >= $2 and status in ('submitted', 'adjudicated', 'paid', 'rejected')`;

/** Reversed claims of fills whose payer has not taken note. */
export const TO_TELL = `
select /* claims.toTell */ c.claim_id as "claimId", c.claim_number as "claimNumber" from operational.claims c
where c.fill_id = any ($1::integer[]) and c.status = 'reversed' and c.reversal_told_at is null order by c.claim_id`;

export const TOLD = `
update /* claims.told */ operational.claims set reversal_told_at = now() where claim_id = $1 and reversal_told_at is null`;

/** Who bears what of fills; a fill nobody was asked for has no row. Index: claims_fill_idx. */
export const SHARES = `
select /* claims.shares */ f.fill_id as "fillId", f.price::text as price, c.claim_id as "claimId", c.claim_number as "claimNumber", y.name as "payerName",
  y.name_ar as "payerNameAr", c.status, c.payer_share::text as "payerShare", c.patient_share::text as "patientShare"
from operational.fills f
left join operational.claims c on c.fill_id = f.fill_id and c.status in ('submitted', 'adjudicated', 'paid', 'rejected')
left join operational.payers y using (payer_id)
where f.fill_id = any ($1::integer[]) and f.branch_id = $2 order by f.fill_id, c.claim_id`;

/** Changes a cover's member number to what the payer knows. */
export const CORRECT_MEMBER = `
update /* claims.correctMember */ operational.patient_insurance set member_number = $2, version = version + 1
where insurance_id = $1 and member_number <> $2`;

/** What is to be handed to a payer: answered claims of days of service, of fills that were handed over. Index: claims_export_idx. */
const exported = (name: string): string => `
select /* claims.${name} */ c.claim_id as "claimId", c.claim_number as "claimNumber", c.member_number as "memberNumber", p.code as "planCode", c.service_date as "serviceDate",
  r.rx_number as "rxNumber", f.fill_number as "fillNumber", d.name as "drugName", trim_scale(f.quantity)::text as quantity, f.days_supply as "daysSupply",
  concat_ws(' ', h.first_name, h.last_name) as "prescriberName", h.licence_number as "prescriberLicence", c.amount_claimed::text as "amountClaimed",
  c.payer_share::text as "payerShare", c.patient_share::text as "patientShare", c.status, c.batch_id as "batchId"
from operational.claims c
join operational.fills f on f.fill_id = c.fill_id
join operational.prescriptions r on r.prescription_id = f.prescription_id
join operational.prescribers h on h.prescriber_id = r.prescriber_id
join reference.drugs d on d.drug_id = f.drug_id
left join operational.payer_plans p on p.plan_id = c.plan_id
where c.branch_id = $1 and c.payer_id = $2 and c.service_date between $3 and $4 and c.status in ('adjudicated', 'paid') and f.status = 'dispensed'`;

export const EXPORT = `${exported('export')} order by c.claim_id limit $5`;

/** The same, those in no batch yet, locked so that no two batches take one. */
export const TO_BATCH = `${exported('toBatch')} and c.batch_id is null order by c.claim_id limit $5 for update of c`;

export const INSERT_BATCH = `
insert /* claims.insertBatch */ into operational.claim_batches (branch_id, payer_id, service_from, service_to, claim_count, total, content, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8) returning batch_id as "batchId"`;

export const PUT_IN_BATCH = `
update /* claims.putInBatch */ operational.claims set batch_id = $2 where claim_id = any ($1::integer[]) and batch_id is null`;

const BATCH = `
select /* claims.batches */ b.batch_id as "batchId", b.payer_id as "payerId", y.name as "payerName", b.service_from as "serviceFrom", b.service_to as "serviceTo",
  b.claim_count as "claimCount", b.total::text as total, u.full_name as "createdByName", b.created_at as "createdAt"
from operational.claim_batches b join operational.payers y using (payer_id) join operational.users u on u.user_id = b.created_by
where b.branch_id = $1`;

/** Batches, newest first. Index: claim_batches_payer_idx. */
export const BATCHES = `${BATCH} and ($2::integer is null or b.payer_id = $2) order by b.batch_id desc limit $3 offset $4`;
export const COUNT_BATCHES = `
select /* claims.countBatches */ count(*)::integer as total from operational.claim_batches b where b.branch_id = $1 and ($2::integer is null or b.payer_id = $2)`;
export const BATCH_BY_ID = `${BATCH} and b.batch_id = $2`;
export const BATCH_CONTENT = `
select /* claims.batchContent */ b.content from operational.claim_batches b where b.branch_id = $1 and b.batch_id = $2`;
