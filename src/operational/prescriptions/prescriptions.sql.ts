import { COUNT_LIMIT } from '../../platform/http/schemas.js';

/** A prescription as lists show it: one row of each join by primary key, fills by fills_number_key. */
const ROW = `
  p.prescription_id as "prescriptionId", p.rx_number as "rxNumber", p.patient_id as "patientId",
  t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
  p.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength, d.base_unit as "baseUnit",
  p.prescriber_id as "prescriberId", r.first_name || ' ' || r.last_name as "prescriberName",
  trim_scale(p.quantity)::text as quantity, p.days_supply as "daysSupply", p.sig, p.refills_authorized as "refillsAuthorized",
  greatest(0, p.refills_authorized - f.refills)::integer as "refillsRemaining",
  trim_scale(p.quantity * (1 + p.refills_authorized) - p.quantity_filled)::text as "quantityRemaining",
  trim_scale(p.quantity_owed)::text as "quantityOwed",
  p.prescribed_date as "prescribedDate", p.expires_on as "expiresOn", p.status,
  p.status not in ('completed', 'cancelled', 'transferred') and p.expires_on < (now() at time zone b.time_zone)::date as "isExpired",
  p.created_at as "createdAt"`;

const JOINED = `
from operational.prescriptions p
join operational.branches b using (branch_id)
join operational.patients t using (patient_id)
join reference.drugs d using (drug_id)
join operational.prescribers r using (prescriber_id)`;

const REFILLS_BEGUN = `
cross join lateral (
  select count(distinct x.fill_number) as refills
  from operational.fills x
  where x.prescription_id = p.prescription_id and x.fill_number > 0 and x.status not in ('reversed', 'returned_to_stock')) f`;

/** What a list is narrowed by. */
export interface PrescriptionFilter {
  readonly branchId: number;
  readonly status?: string;
  readonly patientId?: number;
  /** Open ones of patients who have died. */
  readonly ofDeceased?: boolean;
}

const OPEN_AND_PAST = `p.status not in ('completed', 'cancelled', 'transferred')
  and p.expires_on < (select (now() at time zone b.time_zone)::date from operational.branches b where b.branch_id = $1)`;

/** Conditions of a filter on `p`; their values follow those given, of which $1 is the branch. */
function conditions({ status, patientId, ofDeceased }: PrescriptionFilter, values: unknown[]): string {
  const next = (value: unknown): string => `$${values.push(value)}`;
  let where = 'p.branch_id = $1';
  if (status === 'expired') where += ` and ${OPEN_AND_PAST}`;
  else if (status !== undefined) where += ` and p.status = ${next(status)}`;
  if (patientId !== undefined) where += ` and p.patient_id = ${next(patientId)}`;
  if (ofDeceased === true)
    where += ` and p.status in ('draft', 'pending', 'filled', 'on_hold')
  and p.patient_id in (select t.patient_id from operational.patients t where t.branch_id = $1 and t.is_deceased)`;
  return where;
}

/**
 * Page and count (up to one more than COUNT_LIMIT) of the work queue, newest first. The text depends only on which filters
 * are given, so each shape is planned once: by status on prescriptions_branch_status_idx, by patient on
 * idx_prescriptions_patient. The page is chosen before anything is joined to it.
 */
export function listQueries(filter: PrescriptionFilter): { find: string; count: string; values: unknown[] } {
  const values: unknown[] = [filter.branchId];
  const where = conditions(filter, values);
  const [limit, offset] = [`$${values.length + 1}`, `$${values.length + 2}`];
  return {
    find: `
with page as materialized (
  select p.prescription_id from operational.prescriptions p where ${where} order by p.prescription_id desc limit ${limit} offset ${offset})
select /* prescriptions.findPage */ ${ROW} ${JOINED} ${REFILLS_BEGUN}
where p.prescription_id in (select prescription_id from page) order by p.prescription_id desc`,
    count: `
select /* prescriptions.count */ count(*)::integer as total
from (select from operational.prescriptions p where ${where} limit ${COUNT_LIMIT + 1}) c`,
    values,
  };
}

/** What is looked for in a list, besides what it is narrowed by. */
export interface PrescriptionSearch {
  /** What a number begins with, in capitals. */
  readonly number: string;
  /** People the text may name. */
  readonly patientIds: readonly number[];
  /** The text folded, as names of products are; '': none is looked for. */
  readonly folded: string;
}

/** Products whose names hold the text, and prescriptions looked at of one person: as many as anybody turns pages for. */
const PRODUCTS = 30;
const OF_A_PERSON = 200;

/**
 * Numbers of the prescriptions a text may mean, newest first, up to one more than COUNT_LIMIT: by what their number begins
 * with, of the people and of the products it may name. Each part is read in the order of an index and no further, so the
 * cost does not grow with the prescriptions there are: prescriptions_rx_number_key, idx_prescriptions_patient,
 * prescriptions_drug_newest_idx.
 */
export function searchQuery(
  filter: PrescriptionFilter,
  { number, patientIds, folded }: PrescriptionSearch,
): { text: string; values: unknown[] } {
  const values: unknown[] = [filter.branchId, number, patientIds, folded];
  const where = conditions(filter, values);
  const newest = (more: string, limit: number): string => `
    select p.prescription_id from operational.prescriptions p where ${where} and ${more} order by p.prescription_id desc limit ${limit}`;
  return {
    text: `
select /* prescriptions.search */ x.prescription_id as "prescriptionId" from (
  (${newest(`$2 <> '' and p.rx_number >= $2 and p.rx_number < $2 || chr(1114111)`, COUNT_LIMIT + 1)})
  union
  select n.prescription_id from unnest($3::integer[]) as t (patient_id) cross join lateral (${newest('p.patient_id = t.patient_id', OF_A_PERSON)}) n
  union
  select n.prescription_id from (
    select d.drug_id from reference.drugs d where $4 <> '' and d.name_folded like '%' || $4 || '%' order by d.drug_id limit ${PRODUCTS}) d
  cross join lateral (${newest('p.drug_id = d.drug_id', COUNT_LIMIT + 1)}) n
) x order by x.prescription_id desc limit ${COUNT_LIMIT + 1}`,
    values,
  };
}

export const FIND_SOME = `
select /* prescriptions.findSome */ ${ROW} ${JOINED} ${REFILLS_BEGUN}
where p.prescription_id = any ($1::integer[]) order by p.prescription_id desc`;

export const FIND_ONE = `
select /* prescriptions.findOne */ ${ROW}, p.daw_code as "dawCode", p.notes, p.version, p.promised_at as "promisedAt", p.waiting_in_store as "waitingInStore", p.sig_structure as "sigStructure",
  trim_scale(p.dose_amount)::text as "doseAmount", p.dose_unit as "doseUnit", trim_scale(p.frequency_per_day)::text as "frequencyPerDay"
${JOINED} ${REFILLS_BEGUN}
where p.prescription_id = $1 and p.branch_id = $2`;

/** The lock every command on a prescription and its fills queues on: prescription, then lots, then sale. */
export const LOCK = `
select /* prescriptions.lock */ p.prescription_id as "prescriptionId", p.patient_id as "patientId", p.drug_id as "drugId",
  p.quantity::text as quantity, p.days_supply as "daysSupply", p.refills_authorized as "refillsAuthorized",
  p.prescribed_date as "prescribedDate", p.expires_on as "expiresOn", p.status, p.daw_code as "dawCode", t.last_filled_on as "lastFilledElsewhere",
  t.last_days_supply as "lastDaysElsewhere", trim_scale(p.dose_amount)::text as "doseAmount",
  p.dose_unit as "doseUnit", trim_scale(p.frequency_per_day)::text as "frequencyPerDay"
from operational.prescriptions p
left join operational.prescription_transfers t on t.prescription_id = p.prescription_id and t.direction = 'in'
where p.prescription_id = $1 and p.branch_id = $2 for update of p`;

/** Fills of a prescription for the refill arithmetic, in the order made. */
export const EARLIER_FILLS = `
select /* prescriptions.earlierFills */ f.fill_number as "fillNumber", f.part_number as "partNumber", f.quantity::text as quantity,
  f.days_supply as "daysSupply", f.status, coalesce(f.dispensed_on, (f.filled_at at time zone b.time_zone)::date) as "suppliedOn",
  f.drug_id as "drugId", f.substitution_type as "type", f.substitution_reason as reason, f.substitution_note as note
from operational.fills f join operational.branches b using (branch_id)
where f.prescription_id = $1 order by f.fill_id`;

export const SET_STATUS = `
update /* prescriptions.setStatus */ operational.prescriptions
set status = $2, updated_at = now(), version = version + 1 where prescription_id = $1`;

/** $3 and $5 say whether a time ($4) and waiting ($6) are given; no row where the version is another. */
export const UPDATE_PROMISE = `
update /* prescriptions.updatePromise */ operational.prescriptions
set promised_at = case when $3 then $4 else promised_at end, waiting_in_store = case when $5 then $6 else waiting_in_store end,
  updated_at = now(), version = version + 1
where prescription_id = $1 and version = $2`;

/** One row for each step taken, in order. */
export const INSERT_EVENTS = `
insert /* prescriptions.insertEvents */ into operational.prescription_events
  (branch_id, prescription_id, fill_id, from_status, to_status, reason, user_id)
select $1, $2, $3, s.from_status, s.to_status, $6, $7
from unnest($4::text[], $5::text[]) with ordinality as s (from_status, to_status, n) order by s.n`;

export const HISTORY = `
select /* prescriptions.history */ e.event_id as "eventId", e.fill_id as "fillId", e.from_status as "fromStatus", e.to_status as "toStatus",
  e.reason, u.full_name as "userName", e.occurred_at as "occurredAt"
from operational.prescription_events e left join operational.users u using (user_id)
where e.prescription_id = $1 order by e.event_id`;

/** Overrides given for fills; of one that was remembered, who decided first and when. */
export const OVERRIDES = `
select /* prescriptions.overrides */ o.alert_id as "alertId", o.fill_id as "fillId", o.reason, o.note, u.full_name as "overriddenBy",
  o.overridden_at as "overriddenAt", r.override_id is not null as "isRemembered",
  case when r.override_id is not null then json_build_object('overriddenBy', ru.full_name, 'overriddenAt', r.overridden_at) end as "rememberedFrom"
from operational.alert_overrides o
join operational.clinical_alerts a using (alert_id)
left join operational.users u on u.user_id = o.overridden_by
left join operational.alert_overrides r on r.override_id = o.remembered_override_id
left join operational.users ru on ru.user_id = r.overridden_by
where a.prescription_id = $1 order by o.override_id`;

/** Alerts of the prescription that were not asked about again, each with the decision that was remembered. */
export const REMEMBERED_OVERRIDES = `
select /* prescriptions.rememberedOverrides */ o.fill_id as "fillId", r.override_id as "overrideId", a.alert_id as "alertId", a.kind, a.severity,
  a.subjects, a.message, r.reason, r.note, u.full_name as "overriddenBy", r.overridden_at as "overriddenAt"
from operational.alert_overrides o
join operational.clinical_alerts a using (alert_id)
join operational.alert_overrides r on r.override_id = o.remembered_override_id
left join operational.users u on u.user_id = r.overridden_by
where a.prescription_id = $1 order by o.override_id`;

export const LOG_READ = `
select /* prescriptions.logRead */ operational.log_read('prescriptions', p.prescription_id::text, p.branch_id)
from operational.prescriptions p where p.prescription_id = $1`;

/** What could not be judged when the last fill was made. */
export const LAST_NOT_CHECKED = `
select /* prescriptions.lastNotChecked */ coalesce(f.screening -> 'notChecked', '[]'::jsonb) as "notChecked"
from operational.fills f where f.prescription_id = $1 order by f.fill_id desc limit 1`;
