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
  /** Search text folded, and as typed for the Rx number. */
  readonly folded?: string;
  readonly rxPrefix?: string;
}

/**
 * Page and count of the work queue, newest first. The text depends only on which filters are given, so each shape is
 * planned once: by status on prescriptions_branch_status_idx, by patient on idx_prescriptions_patient.
 */
export function listQueries(filter: PrescriptionFilter): { find: string; count: string; values: unknown[] } {
  const values: unknown[] = [filter.branchId];
  const next = (value: unknown): string => `$${values.push(value)}`;
  let where = 'where p.branch_id = $1';
  if (filter.status === 'expired')
    where += ` and p.status not in ('completed', 'cancelled', 'transferred') and p.expires_on < (now() at time zone b.time_zone)::date`;
  else if (filter.status !== undefined) where += ` and p.status = ${next(filter.status)}`;
  if (filter.patientId !== undefined) where += ` and p.patient_id = ${next(filter.patientId)}`;
  if (filter.folded !== undefined) {
    const folded = next(filter.folded);
    const contains = `'%' || ${folded} || '%'`;
    where += ` and (starts_with(p.rx_number, ${next(filter.rxPrefix ?? '')}) or (${folded} <> '' and (
      ${folded} operator(public.<%) t.name_folded or t.name_folded like ${contains} or d.name_folded like ${contains})))`;
  }
  const [limit, offset] = [`$${values.length + 1}`, `$${values.length + 2}`];
  return {
    find: `select /* prescriptions.findPage */ ${ROW} ${JOINED} ${REFILLS_BEGUN} ${where} order by p.prescription_id desc limit ${limit} offset ${offset}`,
    count: `select /* prescriptions.count */ count(*) as total ${JOINED} ${where}`,
    values,
  };
}

export const FIND_ONE = `
select /* prescriptions.findOne */ ${ROW}, p.daw_code as "dawCode", p.notes, p.version, p.sig_structure as "sigStructure",
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
