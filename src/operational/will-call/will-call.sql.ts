export const BINS = `
select /* willCall.bins */ w.bin_id as "binId", w.code, w.hold_reason as "holdReason", w.note, w.active, w.version,
  (select count(*)::integer from operational.fills f where f.branch_id = w.branch_id and f.status = 'ready' and f.bin = w.code) as fills
from operational.will_call_bins w where w.branch_id = $1 and ($2::integer is null or w.bin_id = $2)
order by w.code limit 500`;

export const INSERT_BIN = `
insert /* willCall.insertBin */ into operational.will_call_bins (branch_id, code, hold_reason, note)
values ($1, $2, $3, $4) returning bin_id as "binId"`;

/** Changes what is given ($5, $7 say whether reason and note are); no row where the version is another. */
export const UPDATE_BIN = `
update /* willCall.updateBin */ operational.will_call_bins
set hold_reason = case when $5 then $4 else hold_reason end, note = case when $7 then $6 else note end,
  active = coalesce($8, active), version = version + 1
where bin_id = $1 and branch_id = $2 and version = $3`;

/** The bins a fill may be put into: those in use. Few rows. */
export const BINS_IN_USE = `
select /* willCall.binsInUse */ w.code, w.hold_reason as "holdReason"
from operational.will_call_bins w where w.branch_id = $1 and w.active`;

/** Fills that wait, the longest first, by keyset. Index: fills_will_call_idx. */
export const FIND_PAGE = `
select /* willCall.findPage */ f.fill_id as "fillId", f.prescription_id as "prescriptionId", p.rx_number as "rxNumber", p.patient_id as "patientId",
  t.first_name || ' ' || t.last_name as "patientName", nullif(concat_ws(' ', t.first_name_ar, t.last_name_ar), '') as "patientNameAr",
  f.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength, trim_scale(f.quantity)::text as quantity,
  d.base_unit as "baseUnit", f.price::text as price, f.bin, w.hold_reason as "holdReason", f.ready_at as "readyAt",
  b.today - (f.ready_at at time zone b.time_zone)::date as "daysWaiting", p.expires_on as "expiresOn"
from operational.fills f
join operational.prescriptions p using (prescription_id)
join operational.patients t on t.patient_id = p.patient_id
join reference.drugs d on d.drug_id = f.drug_id
left join operational.will_call_bins w on w.branch_id = f.branch_id and w.code = f.bin
cross join (select x.time_zone, (now() at time zone x.time_zone)::date as today from operational.branches x where x.branch_id = $1) b
where f.branch_id = $1 and f.status = 'ready'
  and ($2::integer is null or f.ready_at < (b.today - $2 + 1)::timestamp at time zone b.time_zone)
  and ($3::text is null or f.bin = $3)
  and ($4::boolean is null or (w.hold_reason is not null) = $4)
  and ($5::integer is null or p.patient_id = $5)
  and ($6::text is null or starts_with(p.rx_number, upper($6)) or ($7 <> '' and strpos(t.name_folded, $7) > 0))
  and ($8::integer is null or (f.ready_at, f.fill_id) > (select c.ready_at, c.fill_id from operational.fills c where c.fill_id = $8))
order by f.ready_at, f.fill_id
limit $9`;

/** How much waits how long. Index: fills_will_call_idx. */
export const AGES = `
select /* willCall.ages */ g.from_days as "fromDays", count(f.fill_id)::integer as fills
from (values (0, 2), (3, 6), (7, 13), (14, 100000)) as g (from_days, to_days)
left join (
  select f.fill_id, (now() at time zone b.time_zone)::date - (f.ready_at at time zone b.time_zone)::date as days
  from operational.fills f join operational.branches b using (branch_id)
  where f.branch_id = $1 and f.status = 'ready') f on f.days between g.from_days and g.to_days
group by g.from_days order by g.from_days`;
