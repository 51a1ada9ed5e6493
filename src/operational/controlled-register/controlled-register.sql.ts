/**
 * Entries by product and number, after a cursor ($5 product, $6 number). $2 product, $3 and $4 days at the branch, $7 whether
 * patients are named, $8 kind. Indexes: controlled_register_entries_pkey, stock_movements_pkey.
 */
export const FIND_ENTRIES = `
select /* controlledRegister.findEntries */ e.drug_id as "drugId", d.name as "drugName", d.controlled_schedule as schedule,
  e.entry_no as "entryNo", e.recorded_at as "recordedAt", (e.recorded_at at time zone b.time_zone)::date as day,
  coalesce(m.movement_type, 'opening') as kind, trim_scale(e.quantity)::text as quantity, trim_scale(e.balance_after)::text as "balanceAfter",
  l.lot_number as "lotNumber", l.expiry_date as "expiryDate", m.reason, p.rx_number as "rxNumber",
  case when $7 then t.first_name || ' ' || t.last_name end as "patientName", case when $7 then t.patient_id end as "patientId",
  case when $7 then coalesce(k.collector_name, case when k.collector = 'patient' then t.first_name || ' ' || t.last_name end) end as "collectorName",
  case when $7 then k.document_kind || ' ' || k.document_number end as "collectorDocument",
  r.first_name || ' ' || r.last_name as "prescriberName", r.licence_number as "prescriberLicence",
  s.name as "supplierName", g.supplier_document as "supplierDocument", u.full_name as "userName", w.full_name as "witnessName",
  m.movement_id as "movementId", c.entry_no as "correctsEntryNo"
from operational.controlled_register_entries e
join operational.branches b on b.branch_id = e.branch_id
join reference.drugs d on d.drug_id = e.drug_id
left join operational.stock_movements m on m.movement_id = e.movement_id
left join operational.inventory_lots l on l.lot_id = m.lot_id
left join operational.fills f on f.fill_id = m.fill_id
left join operational.prescriptions p on p.prescription_id = f.prescription_id
left join operational.patients t on t.patient_id = p.patient_id
left join operational.prescribers r on r.prescriber_id = p.prescriber_id
left join operational.pick_ups k on k.fill_id = m.fill_id and m.movement_type = 'dispense'
left join operational.goods_receipt_items i on i.goods_receipt_item_id = m.goods_receipt_item_id
left join operational.goods_receipts g on g.goods_receipt_id = i.goods_receipt_id
left join operational.suppliers s on s.supplier_id = g.supplier_id
left join operational.users u on u.user_id = e.user_id
left join operational.users w on w.user_id = m.witness_id
left join operational.controlled_register_entries c on c.movement_id = coalesce(m.corrects_movement_id, m.reverses_movement_id)
where e.branch_id = $1 and ($2::integer is null or e.drug_id = $2)
  and ($3::date is null or (e.recorded_at at time zone b.time_zone)::date >= $3)
  and ($4::date is null or (e.recorded_at at time zone b.time_zone)::date <= $4)
  and ($5::integer is null or (e.drug_id, e.entry_no) > ($5, $6::integer))
  and ($8::text is null or coalesce(m.movement_type, 'opening') = $8)
order by e.drug_id, e.entry_no limit $9`;
