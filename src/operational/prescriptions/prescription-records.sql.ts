export const INSERT_REVIEW = `
insert /* prescriptionRecords.insertReview */ into operational.clinical_reviews
  (branch_id, prescription_id, fill_number, alert_ids, note, reviewed_by)
values ($1, $2, $3, $4, $5, $6)`;

export const REVIEWS = `
select /* prescriptionRecords.reviews */ r.fill_number as "fillNumber", r.note, r.alert_ids as "alertIds", u.full_name as "reviewedBy",
  r.reviewed_at as "reviewedAt"
from operational.clinical_reviews r join operational.users u on u.user_id = r.reviewed_by
where r.prescription_id = $1 order by r.fill_number`;

export const WAS_REVIEWED = `
select /* prescriptionRecords.wasReviewed */ exists (
  select from operational.clinical_reviews r where r.prescription_id = $1 and r.fill_number = $2) as reviewed`;

export const INSERT_TRANSFER = `
insert /* prescriptionRecords.insertTransfer */ into operational.prescription_transfers
  (branch_id, prescription_id, direction, pharmacy_name, pharmacy_phone, pharmacy_licence, pharmacist_name, other_rx_number,
   fills_remaining, quantity_remaining, last_filled_on, last_days_supply, user_id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

export const INSERT_STOP = `
insert /* prescriptionRecords.insertStop */ into operational.prescription_stops (branch_id, prescription_id, stopped_on, note, recorded_by)
values ($1, $2, $3, $4, $5)`;

export const STOP = `
select /* prescriptionRecords.stop */ s.stopped_on as "stoppedOn", s.note, u.full_name as "userName", s.recorded_at as "recordedAt"
from operational.prescription_stops s join operational.users u on u.user_id = s.recorded_by
where s.prescription_id = $1`;

export const TRANSFERS = `
select /* prescriptionRecords.transfers */ t.direction, t.pharmacy_name as "pharmacyName", t.pharmacy_phone as "pharmacyPhone",
  t.pharmacy_licence as "pharmacyLicence", t.pharmacist_name as "pharmacistName", t.other_rx_number as "otherRxNumber",
  t.fills_remaining as "fillsRemaining", trim_scale(t.quantity_remaining)::text as "quantityRemaining",
  t.last_filled_on as "lastFilledOn", t.last_days_supply as "lastDaysSupply", u.full_name as "userName",
  t.transferred_at as "transferredAt"
from operational.prescription_transfers t join operational.users u using (user_id)
where t.prescription_id = $1 order by t.transfer_id`;
