/** A fill as the API shows it; its lots are those it was dispensed from, or those kept for it. */
const FILL = `
select /* fills.shown */ f.fill_id as "fillId", f.branch_id as "branchId", f.prescription_id as "prescriptionId", f.fill_number as "fillNumber",
  f.part_number as "partNumber", f.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength,
  d.base_unit as "baseUnit", trim_scale(f.quantity)::text as quantity, f.days_supply as "daysSupply", f.status, f.price::text as price,
  f.filled_by as "filledBy", fu.full_name as "filledByName", f.filled_at as "filledAt", vu.full_name as "verifiedByName",
  f.verified_at as "verifiedAt", du.full_name as "dispensedByName", f.dispensed_at as "dispensedAt", f.dispensed_on as "dispensedOn",
  f.bin, f.ready_at as "readyAt", f.promised_at as "promisedAt", f.waiting_in_store as "waitingInStore", f.version,
  f.partial_reason as "partialReason", f.daw_code as "dawCode", p.drug_id as "prescribedDrugId",
  case when f.substitution_type is not null then jsonb_build_object('type', f.substitution_type, 'reason', f.substitution_reason,
    'note', f.substitution_note) end as substitution,
  (select jsonb_build_object('identifiers', k.identifiers, 'collector', k.collector, 'collectorName', k.collector_name,
    'hasSignature', k.signature is not null, 'occurredAt', k.occurred_at) from operational.pick_ups k where k.fill_id = f.fill_id) as "pickUp",
  coalesce((
    select jsonb_agg(jsonb_build_object('outcome', c.outcome, 'note', c.note, 'userName', cu.full_name, 'occurredAt', c.occurred_at) order by c.counselling_id)
    from operational.counsellings c join operational.users cu using (user_id) where c.fill_id = f.fill_id), '[]'::jsonb) as counselling,
  p.status in ('pending', 'filled', 'completed') and p.expires_on >= (now() at time zone b.time_zone)::date as "isLive",
  (select i.sale_id from operational.sale_items i where i.fill_id = f.fill_id and i.quantity > 0) as "soldInSaleId",
  coalesce((
    select jsonb_agg(jsonb_build_object('lotId', l.lot_id, 'lotNumber', l.lot_number, 'expiryDate', l.expiry_date,
      'quantity', trim_scale(g.quantity)::text) order by l.expiry_date nulls last, l.lot_id)
    from (
      select m.lot_id, - sum(m.quantity) as quantity from operational.stock_movements m
      where m.fill_id = f.fill_id and m.movement_type = 'dispense' and m.recorded_at >= f.filled_at - interval '1 day' group by m.lot_id
      union all
      select s.lot_id, sum(s.quantity) from operational.stock_reservations s
      where s.fill_id = f.fill_id and s.status = 'open' group by s.lot_id
    ) g join operational.inventory_lots l using (lot_id)), '[]'::jsonb) as lots
from operational.fills f
join operational.prescriptions p using (prescription_id)
join operational.branches b on b.branch_id = f.branch_id
join reference.drugs d on d.drug_id = f.drug_id
left join operational.users fu on fu.user_id = f.filled_by
left join operational.users vu on vu.user_id = f.verified_by
left join operational.users du on du.user_id = f.dispensed_by`;

export const FIND_ONE = `${FILL} where f.fill_id = $1 and f.branch_id = $2`;
export const OF_PRESCRIPTION = `${FILL} where f.prescription_id = $1 order by f.fill_id`;

export const PRESCRIPTION_OF = `
select /* fills.prescriptionOf */ f.prescription_id as "prescriptionId" from operational.fills f
where f.fill_id = $1 and f.branch_id = $2`;

/** After the lock on the prescription; a sale of the fill waits for this one. */
export const LOCK = `
select /* fills.lock */ f.fill_id as "fillId", f.prescription_id as "prescriptionId", f.drug_id as "drugId", d.name as "drugName", f.status,
  f.filled_by as "filledBy", f.dispensed_on as "dispensedOn", f.fill_number as "fillNumber", f.part_number as "partNumber", f.bin
from operational.fills f join reference.drugs d using (drug_id) where f.fill_id = $1 for update of f`;

export const NEXT_ID = `select /* fills.nextId */ nextval('operational.fills_fill_id_seq') as "fillId"`;

/**
 * Verdict and release that judged it are kept with the fill. $10: unit price = pack price ÷ units in a pack. What was promised with
 * the prescription is promised of its first fill; of any other, the branch's minutes from now. $18 and $20 say whether another time
 * ($19) and waiting ($21) are given with the fill.
 */
export const INSERT = `
insert /* fills.insert */ into operational.fills (branch_id, prescription_id, fill_number, part_number, drug_id, quantity, days_supply,
  unit_price, price, filled_by, screening, daw_code, substitution_type, substitution_reason, substitution_note, partial_reason,
  promised_at, waiting_in_store, fill_id)
select $1, $2, $3, $4, $5, $6, $7, $10::numeric / $11::numeric, $8, $9,
  $12::jsonb || jsonb_build_object('releaseId', (select max(release_id) from reference.import_releases where status = 'applied')),
  $13, $14, $15, $16, $17,
  case when $18 then $19
    else coalesce(case when p.status = 'pending' then p.promised_at end, date_trunc('minute', now()) + make_interval(mins => b.promise_minutes)) end,
  case when $20 then $21 else p.status = 'pending' and p.waiting_in_store end, $22
from operational.prescriptions p join operational.branches b using (branch_id) where p.prescription_id = $2`;

/** Moves a fill on; who and when of a step are written when $3 (verified by), $4 (dispensed by), $5 (day), $6 (bin) are given. */
export const ADVANCE = `
update /* fills.advance */ operational.fills
set status = $2, version = version + 1,
  verified_by = coalesce($3, verified_by), verified_at = case when $3::integer is null then verified_at else now() end,
  dispensed_by = coalesce($4, dispensed_by), dispensed_at = case when $4::integer is null then dispensed_at else now() end,
  dispensed_on = coalesce($5::date, dispensed_on), bin = coalesce($6, bin)
where fill_id = $1`;

/** $3 and $5 say whether a time ($4) and waiting ($6) are given; no row where the version is another. */
export const UPDATE_PROMISE = `
update /* fills.updatePromise */ operational.fills
set promised_at = case when $3 then $4 else promised_at end, waiting_in_store = case when $5 then $6 else waiting_in_store end, version = version + 1
where fill_id = $1 and version = $2`;

export const WAS_SOLD = `
select /* fills.wasSold */ exists (select from operational.sale_items i where i.fill_id = $1 and i.quantity > 0) as sold`;

/**
 * Takes the dispensing back into the lots it came from, a reversing row for each movement. The rows carry the fill, so
 * that its movements add up to nothing. Order of the lots as everywhere: expiry, received, lot.
 */
export const REVERSE_MOVEMENTS = `
insert /* fills.reverseMovements */ into operational.stock_movements
  (branch_id, lot_id, drug_id, movement_type, quantity, balance_after, unit_cost, reason, fill_id, reverses_movement_id)
select m.branch_id, m.lot_id, m.drug_id, 'reversal', - m.quantity, 0, 0, $2, m.fill_id, m.movement_id
from operational.stock_movements m join operational.inventory_lots l using (lot_id)
where m.fill_id = $1 and m.movement_type = 'dispense'
order by l.expiry_date nulls last, l.received_at, l.lot_id, m.movement_id`;

const FOR_SALE_ROWS = `
  f.fill_id as "fillId", f.branch_id as "branchId", f.prescription_id as "prescriptionId", p.patient_id as "patientId",
  f.drug_id as "drugId", trim_scale(f.quantity)::text as quantity, f.price::text as price, f.status, d.name as description
from operational.fills f
join operational.prescriptions p using (prescription_id)
join reference.drugs d on d.drug_id = f.drug_id
where f.fill_id = any ($1::integer[]) order by f.fill_id`;

/** Fills a sale names, locked in one order: a reversal of one waits for the sale, and the other way round. */
export const FOR_SALE = `
select /* fills.forSale */ ${FOR_SALE_ROWS} for update of f`;

/** The same for a price that is only shown. */
export const FOR_SALE_PREVIEW = `
select /* fills.forSalePreview */ ${FOR_SALE_ROWS}`;

/** What is printed on a label. One row. */
export const LABEL = `
select /* fills.label */ f.fill_number as "fillNumber", f.part_number as "partNumber", trim_scale(f.quantity)::text as quantity, f.status,
  coalesce(f.dispensed_on, (f.filled_at at time zone b.time_zone)::date) as "dispensedOn", p.rx_number as "rxNumber", p.sig,
  p.sig_structure as "sigStructure", d.storage, coalesce(f.screening -> 'alerts', '[]'::jsonb) as alerts,
  array(select distinct x.code from (
    select d.atc_code as code union all select i.atc_code from reference.drug_ingredients l
    join reference.ingredients i using (ingredient_id) where l.drug_id = d.drug_id) x where x.code is not null) as "atcCodes",
  array(select i.name from reference.drug_ingredients l join reference.ingredients i using (ingredient_id)
    where l.drug_id = d.drug_id order by l.position) as ingredients,
  case when d.source = 'compounded' then array(select coalesce(i.name, l.raw_text) from reference.drug_ingredients l
    left join reference.ingredients i using (ingredient_id) where l.drug_id = d.drug_id order by l.position) end as "compoundedOf",
  p.refills_authorized as "refillsAuthorized", t.first_name as "firstName", t.last_name as "lastName", t.first_name_ar as "firstNameAr",
  t.last_name_ar as "lastNameAr", t.language, d.name as "drugName", d.name_ar as "drugNameAr", d.strength, d.dosage_form as "dosageForm",
  o.name_ar as "dosageFormAr", d.base_unit as "baseUnit", r.first_name || ' ' || r.last_name as "prescriberName",
  nullif(concat_ws(' ', r.first_name_ar, r.last_name_ar), '') as "prescriberNameAr", b.name as "branchName", b.name_ar as "branchNameAr",
  b.address as "branchAddress", b.phone as "branchPhone"
from operational.fills f
join operational.prescriptions p using (prescription_id)
join operational.patients t on t.patient_id = p.patient_id
join reference.drugs d on d.drug_id = f.drug_id
join operational.prescribers r using (prescriber_id)
join operational.branches b on b.branch_id = f.branch_id
left join reference.dosage_forms o on o.name = d.dosage_form
where f.fill_id = $1 and f.branch_id = $2`;
