import { ACCOUNT_INVARIANTS } from './account-invariants.sql.js';
import { CLAIM_INVARIANTS } from './claim-invariants.sql.js';
import { COMPOUNDING_INVARIANTS } from './compounding-invariants.sql.js';
import { CREDIT_INVARIANTS } from './credit-invariants.sql.js';
import { ERASURE_INVARIANTS } from './erasure-invariants.sql.js';
import { HUB_INVARIANTS } from './hub-invariants.sql.js';
import type { Invariant } from './invariant.types.js';
import { LEDGER_INVARIANTS } from './ledger-invariants.sql.js';
import { MONEY_INVARIANTS } from './money-invariants.sql.js';
import { SALES_INVARIANTS } from './sales-invariants.sql.js';
import { OFFLINE_INVARIANTS } from './offline-invariants.sql.js';
import { SERIALS_INVARIANTS } from './serials-invariants.sql.js';
import { STOCK_INVARIANTS } from './stock-invariants.sql.js';
import { PRICING_INVARIANTS } from './pricing-invariants.sql.js';
import { PROCUREMENT_INVARIANTS } from './procurement-invariants.sql.js';
import { TRAIL_BEGINS } from './trail.sql.js';

const WHOLE: readonly Invariant[] = [
  {
    code: 'lot-equals-ledger',
    rule: 'A lot holds the sum of its movements and reserves the sum of its open reservations.',
    sql: `
select 'lot ' || lot_id || ': holds ' || quantity || ', ledger ' || moved || '; reserved ' || quantity_reserved || ', reservations ' || reserved as broken
from operational.stock_discrepancies order by lot_id`,
  },
  {
    code: 'ledger-never-negative',
    rule: 'The running balance of every lot is what each movement says and never below zero.',
    sql: `
select 'movement ' || movement_id || ' of lot ' || lot_id || ': balance ' || running || ', written ' || balance_after as broken
from (select movement_id, lot_id, balance_after, sum(quantity) over (partition by lot_id order by movement_id) as running
      from operational.stock_movements) m
where running < 0 or running <> balance_after order by movement_id`,
  },
  {
    code: 'sold-equals-moved',
    rule: 'Every sold or returned unit has exactly its movements.',
    sql: `
select 'sale line ' || i.sale_item_id || ': sold ' || i.quantity || ', moved ' || coalesce(m.moved, 0) as broken
from operational.sale_items i
left join lateral (
  select - sum(s.quantity) as moved from operational.stock_movements s where i.fill_id is not null and i.quantity > 0 and s.fill_id = i.fill_id
  union all
  select - sum(s.quantity) from operational.stock_movements s where (i.fill_id is null or i.quantity < 0) and s.sale_item_id = i.sale_item_id
) m on m.moved is not null
where i.quantity <> coalesce(m.moved, 0) order by i.sale_item_id`,
  },
  {
    code: 'dispensed-equals-moved',
    rule: 'A dispensed fill took exactly its quantity from stock; one that is not dispensed took none.',
    sql: `
select 'fill ' || f.fill_id || ' (' || f.status || '): quantity ' || f.quantity || ', moved ' || coalesce(m.moved, 0) as broken
from operational.fills f
left join lateral (select - sum(s.quantity) as moved from operational.stock_movements s where s.fill_id = f.fill_id) m on true
where case when f.status = 'dispensed' then f.quantity else 0 end <> coalesce(m.moved, 0) order by f.fill_id`,
  },
  {
    code: 'controlled-register-whole',
    rule: 'The register of a controlled product has no gap, its balance runs through and is never below zero, and it is the stock at the branch.',
    sql: `
select 'drug ' || e.drug_id || ' at branch ' || e.branch_id || ': entry ' || e.entry_no || ' should be ' || e.n || ', balance ' || e.balance_after || ' should be ' || e.running as broken
from (select r.branch_id, r.drug_id, r.entry_no, r.balance_after, r.quantity, m.movement_id, m.quantity as moved, m.branch_id as at_branch, m.drug_id as of_drug,
        row_number() over w as n, sum(r.quantity) over w as running
      from operational.controlled_register_entries r left join operational.stock_movements m using (movement_id)
      window w as (partition by r.branch_id, r.drug_id order by r.entry_no)) e
where e.entry_no <> e.n or e.balance_after <> e.running or e.running < 0
  or (e.movement_id is not null and (e.moved, e.at_branch, e.of_drug) is distinct from (e.quantity, e.branch_id, e.drug_id))
union all
select 'drug ' || r.drug_id || ' at branch ' || r.branch_id || ': register ' || r.balance || ' at entry ' || r.last_entry_no || ', entries ' || coalesce(e.balance, 0) || ' at ' || coalesce(e.last_no, 0) || ', stock ' || coalesce(l.quantity, 0)
from operational.controlled_registers r
left join (select branch_id, drug_id, max(entry_no) as last_no, sum(quantity) as balance from operational.controlled_register_entries group by 1, 2) e using (branch_id, drug_id)
left join (select branch_id, drug_id, sum(quantity) as quantity from operational.inventory_lots group by 1, 2) l using (branch_id, drug_id)
where r.balance <> coalesce(l.quantity, 0) or r.balance <> coalesce(e.balance, 0) or r.last_entry_no <> coalesce(e.last_no, 0)
order by 1`,
  },
  {
    code: 'controlled-signed-by-two',
    rule: 'Receipts and destructions that two people had to sign name two, and each destruction is the movement it names.',
    sql: `
select 'movement ' || m.movement_id || ': by user ' || coalesce(m.user_id::text, 'nobody') || ', witnessed by ' || coalesce(m.witness_id::text, 'nobody') as broken
from operational.stock_movements m where m.second_person and (m.user_id is null or m.witness_id is null or m.witness_id = m.user_id)
union all
select 'destruction ' || d.destruction_id || ': ' || d.quantity || ' of lot ' || d.lot_id || ', movement ' || coalesce(m.quantity::text, 'none') || ' of lot ' || coalesce(m.lot_id::text, 'none')
from operational.stock_destructions d left join operational.stock_movements m on m.movement_id = d.movement_id
where (d.status = 'destroyed') <> (m.movement_id is not null) or (m.movement_id is not null
  and (m.movement_type, m.lot_id, m.quantity, m.user_id) is distinct from ('destruction', d.lot_id, - d.quantity, d.requested_by))
order by 1`,
  },
  {
    code: 'sign-offs-whole',
    rule: 'A count of controlled stock says what the register said at its entry, a difference is explained, days are signed in order, and each entry of a signed day was counted.',
    sql: `
select 'count ' || c.count_id || ': expected ' || c.expected || ' at entry ' || c.entry_no || ', register ' || coalesce(e.balance_after::text, 'none') as broken
from operational.controlled_counts c left join operational.controlled_register_entries e using (branch_id, drug_id, entry_no)
where e.balance_after is distinct from c.expected
union all
select 'sign-off ' || s.sign_off_id || ': drug ' || s.drug_id || ' differs by ' || c.counted - c.expected || ' and is not explained'
from operational.controlled_sign_off_counts s join operational.controlled_counts c using (count_id) where c.counted <> c.expected and s.explanation is null
union all
select 'sign-off ' || s.sign_off_id || ' of ' || s.business_day || ': after that of ' || s.before
from (select sign_off_id, business_day, lag(business_day) over (partition by branch_id order by sign_off_id) as before from operational.controlled_sign_offs) s
where s.before >= s.business_day
union all
select 'sign-off ' || s.sign_off_id || ': drug ' || e.drug_id || ' to entry ' || e.last_no || ', counted at ' || coalesce(n.entry_no, 0)
from operational.controlled_sign_offs s join operational.branches b using (branch_id)
join lateral (select x.drug_id, max(x.entry_no) as last_no from operational.controlled_register_entries x
  where x.branch_id = s.branch_id and x.recorded_at < s.signed_at and (x.recorded_at at time zone b.time_zone)::date <= s.business_day group by x.drug_id) e on true
left join lateral (select max(c.entry_no) as entry_no from operational.controlled_sign_off_counts y join operational.controlled_counts c using (count_id)
  where y.branch_id = s.branch_id and y.drug_id = e.drug_id and y.sign_off_id <= s.sign_off_id) n on true
where coalesce(n.entry_no, 0) < e.last_no order by 1`,
  },
  {
    code: 'money-adds-up',
    rule: 'Lines less discounts plus tax and rounding are the total, and tenders less change are the total.',
    sql: `
select 'sale ' || s.sale_id || ': total ' || s.total || ', lines ' || coalesce(i.total, 0) + s.rounding || ', paid ' || coalesce(p.paid, 0) as broken
from operational.sales s
left join (select sale_id, sum(line_total) as total from operational.sale_items group by sale_id) i using (sale_id)
left join (select sale_id, sum(amount - change_given) as paid from operational.payments group by sale_id) p using (sale_id)
where s.total <> coalesce(i.total, 0) + s.rounding or s.total <> coalesce(p.paid, 0) order by s.sale_id`,
  },
  {
    code: 'returned-within-sold',
    rule: 'No more is returned than was sold.',
    sql: `
select 'sale line ' || o.sale_item_id || ': sold ' || o.quantity || ', returned ' || - sum(r.quantity) as broken
from operational.sale_items o join operational.sale_items r on r.original_sale_item_id = o.sale_item_id
group by o.sale_item_id, o.quantity having - sum(r.quantity) > o.quantity order by o.sale_item_id`,
  },
  {
    code: 'authority-not-exceeded',
    rule: 'Fills that stand add up to what the prescription says and never exceed quantity × (1 + refills).',
    sql: `
select 'prescription ' || p.prescription_id || ': authority ' || p.quantity * (1 + p.refills_authorized) || ', noted ' || p.quantity_filled || ', fills ' || coalesce(f.filled, 0) as broken
from operational.prescriptions p
left join (select prescription_id, sum(quantity) as filled, max(fill_number) as last_number from operational.fills
           where status not in ('reversed', 'returned_to_stock') group by prescription_id) f using (prescription_id)
where coalesce(f.filled, 0) <> p.quantity_filled or p.quantity_filled > p.quantity * (1 + p.refills_authorized)
  or f.last_number > p.refills_authorized order by p.prescription_id`,
  },
  {
    code: 'owed-is-what-is-missing',
    rule: 'What a prescription owes is what is missing of the fills begun, and no fill number has more than was prescribed for it.',
    sql: `
select 'prescription ' || p.prescription_id || ': owed ' || p.quantity_owed || ', missing ' || coalesce(f.missing, 0) as broken
from operational.prescriptions p
left join (select x.prescription_id, sum(r.quantity - x.given) as missing, min(r.quantity - x.given) as least
  from (select prescription_id, fill_number, sum(quantity) as given from operational.fills
        where status not in ('reversed', 'returned_to_stock') group by prescription_id, fill_number) x
  join operational.prescriptions r using (prescription_id) group by x.prescription_id) f using (prescription_id)
where p.quantity_owed <> coalesce(f.missing, 0) or f.least < 0 order by p.prescription_id`,
  },
  {
    code: 'history-ends-where-it-stands',
    rule: 'The history of a prescription or fill has no gap and ends at the state it is in.',
    sql: `
select 'prescription ' || h.prescription_id || coalesce(' fill ' || h.fill_id, '') || ': event ' || h.event_id || ' begins at ' || coalesce(h.from_status, 'nothing') || ' after ' || coalesce(h.before, 'nothing') as broken
from (select e.*, lag(e.to_status) over (partition by e.prescription_id, e.fill_id order by e.event_id) as before
      from operational.prescription_events e) h
where h.from_status is distinct from h.before
  and (h.before is not null or h.fill_id is not null)
union all
select 'prescription ' || x.prescription_id || coalesce(' fill ' || x.fill_id, '') || ': history ends at ' || x.to_status || ', it is ' || x.status
from (select distinct on (e.prescription_id, e.fill_id) e.prescription_id, e.fill_id, e.to_status, coalesce(f.status, p.status) as status
      from operational.prescription_events e join operational.prescriptions p using (prescription_id)
      left join operational.fills f on f.fill_id = e.fill_id
      order by e.prescription_id, e.fill_id, e.event_id desc) x
where x.to_status <> x.status order by 1`,
  },
  {
    code: 'substitution-explained',
    rule: 'A fill of another product than prescribed says of what kind and why, and none stands against the code of prescriber or law.',
    sql: `
select 'fill ' || f.fill_id || ': product ' || f.drug_id || ', prescribed ' || p.drug_id || ', ' || coalesce(f.substitution_type, 'no substitution') || ', code ' || p.daw_code as broken
from operational.fills f join operational.prescriptions p using (prescription_id)
where (f.drug_id <> p.drug_id) <> (f.substitution_type is not null) or (f.substitution_type is not null and p.daw_code in (1, 7))
order by f.fill_id`,
  },
  {
    code: 'signed-by-two',
    rule: 'Where two people had to sign a fill, two did.',
    sql: `
select 'fill ' || f.fill_id || ': filled and verified by user ' || f.filled_by as broken from operational.fills f
where f.second_person and f.verified_by = f.filled_by order by f.fill_id`,
  },
  {
    code: 'nothing-expired-left',
    rule: 'Nothing was dispensed or sold from a lot that had expired on the business day of the branch.',
    sql: `
select 'movement ' || m.movement_id || ' from lot ' || l.lot_id || ', expired ' || l.expiry_date as broken
from operational.stock_movements m join operational.inventory_lots l using (lot_id) join operational.branches b on b.branch_id = l.branch_id
where m.movement_type in ('dispense', 'sale') and (m.effective_at at time zone b.time_zone)::date > l.expiry_date order by m.movement_id`,
  },
  {
    code: 'dispensed-in-time',
    rule: 'Nothing was dispensed after the prescription expired, and every dispensed fill was verified.',
    sql: `
select 'fill ' || f.fill_id || ': dispensed on ' || f.dispensed_on || ', valid to ' || p.expires_on as broken
from operational.fills f join operational.prescriptions p using (prescription_id)
where f.status = 'dispensed' and (f.dispensed_on > p.expires_on or f.verified_by is null) order by f.fill_id`,
  },
  {
    code: 'stops-overridden',
    rule: 'Every fill that stands has an override for each alert that stopped it.',
    sql: `
select 'fill ' || f.fill_id || ': alert ' || (a ->> 'alertId') || ' was not overridden' as broken
from operational.fills f cross join lateral jsonb_array_elements(f.screening -> 'alerts') a
where f.status not in ('reversed', 'returned_to_stock') and (a ->> 'stops')::boolean
  and not exists (select from operational.alert_overrides o where o.fill_id = f.fill_id and o.alert_id = (a ->> 'alertId')::integer)
order by f.fill_id`,
  },
  {
    code: 'leases-true',
    rule: 'A card of the work board that is held lies where it was taken, and a fill that is held is of the prescription it is held under.',
    sql: `
select 'lease ' || l.lease_id || ': taken ' || l.card_status || ', now ' || coalesce(f.status, p.status) as broken
from operational.work_leases l join operational.prescriptions p using (prescription_id) left join operational.fills f using (fill_id)
where (l.ended_at is null and l.card_status <> coalesce(f.status, p.status)) or f.prescription_id <> l.prescription_id order by l.lease_id`,
  },
  {
    code: 'ledger-audited',
    rule: 'Every ledger row has an audit row of the same transaction, but of months that left the trail.',
    sql: `
select 'movement ' || m.movement_id as broken from operational.stock_movements m
where m.recorded_at >= (${TRAIL_BEGINS}) and not exists (select from operational.audit_logs a
  where a.table_name = 'stock_movements' and a.row_key = m.movement_id::text and a.action = 'insert' and a.tx_id = m.tx_id)
order by m.movement_id`,
  },
  {
    code: 'sales-audited',
    rule: 'Every sale has its audit row, but of months that left the trail.',
    sql: `
select 'sale ' || s.sale_id as broken from operational.sales s
where s.sale_date >= (${TRAIL_BEGINS}) and not exists (select from operational.audit_logs a where a.table_name = 'sales' and a.row_key = s.sale_id::text and a.action = 'insert')
order by s.sale_id`,
  },
  {
    code: 'received-equals-moved',
    rule: 'Every receipt line brought exactly its quantity into stock.',
    sql: `
select 'receipt line ' || g.goods_receipt_item_id || ': received ' || g.quantity || ', moved ' || coalesce(m.moved, 0) as broken
from operational.goods_receipt_items g
left join lateral (select sum(s.quantity) as moved from operational.stock_movements s where s.goods_receipt_item_id = g.goods_receipt_item_id) m on true
where g.quantity <> coalesce(m.moved, 0) order by g.goods_receipt_item_id`,
  },
  {
    code: 'commands-answered',
    rule: 'Every idempotency key that was used has its answer.',
    sql: `
select 'user ' || user_id || ', key of ' || created_at as broken from operational.idempotency_keys where response is null order by created_at`,
  },
  {
    code: 'shift-closed-once',
    rule: 'A closed till shift has no sale after its end, and a cashier has one open shift at a branch.',
    sql: `
select 'shift ' || s.shift_id || ': sale ' || x.sale_id || ' after it was closed' as broken
from operational.till_shifts s join operational.sales x using (shift_id) where s.closed_at < x.sale_date
union all
select 'user ' || user_id || ' has ' || count(*) || ' open shifts' from operational.till_shifts where status = 'open'
group by branch_id, user_id having count(*) > 1 order by 1`,
  },
  {
    code: 'no-session-of-disabled',
    rule: 'A disabled user has no live session.',
    sql: `
select 'session ' || s.session_id || ' of user ' || s.user_id as broken from operational.sessions s join operational.users u using (user_id)
where s.revoked_at is null and s.expires_at > now() and u.status = 'disabled' order by s.session_id`,
  },
  {
    code: 'allergy-status-true',
    rule: 'A patient with an active allergy is marked so, and "none known" stands only without one.',
    sql: `
select 'patient ' || p.patient_id || ': ' || p.allergy_status as broken from operational.patients p
where (p.allergy_status = 'recorded') <> exists (select from operational.patient_allergies a where a.patient_id = p.patient_id and a.status = 'active')
order by p.patient_id`,
  },
  {
    code: 'merges-true',
    rule: 'A record is merged into what its standing merge says, and nothing is prescribed under it.',
    sql: `
select 'patient ' || coalesce(p.patient_id, m.merged_id) || ': merged into ' || coalesce(p.merged_into::text, 'nothing') || ', standing merge into '
  || coalesce(m.survivor_id::text, 'nothing') as broken
from operational.patients p
full join (select merged_id, survivor_id from operational.patient_merges where undone_at is null) m on m.merged_id = p.patient_id
where p.merged_into is distinct from m.survivor_id
union all
select 'prescription ' || r.prescription_id || ' of merged patient ' || p.patient_id
from operational.prescriptions r join operational.patients p using (patient_id) where p.merged_into is not null order by 1`,
  },
  {
    code: 'drugs-exist',
    rule: 'No operational row points at a drug that is not in the catalogue.',
    sql: `
select x.what || ' points at missing drug ' || x.drug_id as broken
from (select 'prescription ' || prescription_id as what, drug_id from operational.prescriptions
      union all select 'fill ' || fill_id, drug_id from operational.fills
      union all select 'lot ' || lot_id, drug_id from operational.inventory_lots
      union all select 'sale line ' || sale_item_id, drug_id from operational.sale_items) x
where not exists (select from reference.drugs d where d.drug_id = x.drug_id) order by 1`,
  },
  {
    code: 'group-tree-sound',
    rule: 'The hierarchy of ingredient groups has no cycle.',
    sql: `
with recursive up as (
  select group_id, parent_group_id, array[group_id] as seen, false as cycle from reference.ingredient_groups
  union all
  select u.group_id, g.parent_group_id, u.seen || g.group_id, g.group_id = any (u.seen)
  from up u join reference.ingredient_groups g on g.group_id = u.parent_group_id where not u.cycle
)
select distinct 'group ' || group_id as broken from up where cycle order by 1`,
  },
  {
    code: 'price-history-sound',
    rule: 'The last change of a price is the price of its product, and no change takes effect before the one before it.',
    sql: `
select 'drug ' || d.drug_id || ': price ' || d.price || ', last change ' || c.price as broken
from (select distinct on (drug_id) drug_id, price from reference.drug_price_changes order by drug_id, price_change_id desc) c
join reference.drugs d using (drug_id) where d.price <> c.price
union all
select 'price change ' || price_change_id || ': from ' || effective_from || ', the one before from ' || before
from (select price_change_id, effective_from, lag(effective_from) over (partition by drug_id order by price_change_id) as before
      from reference.drug_price_changes) o
where effective_from < before order by 1`,
  },
  {
    code: 'papers-as-taken-in',
    rule: 'The paper of a prescription has the bytes that the audit trail says were taken in, and a prescription has ten that stand at the most.',
    sql: `
select 'paper content ' || c.content_id || ': ' || encode(c.sha256, 'hex') || ', taken in: ' || coalesce(l.after ->> 'sha256', 'nothing') as broken
from operational.prescription_document_contents c
left join operational.audit_logs l on l.table_name = 'prescription_document_contents' and l.row_key = c.content_id::text and l.action = 'insert'
where l.after ->> 'sha256' is distinct from encode(c.sha256, 'hex')
  and (l.audit_log_id is not null or coalesce((select d.uploaded_at >= (${TRAIL_BEGINS}) from operational.prescription_documents d where d.content_id = c.content_id), true))
union all
select 'prescription ' || d.prescription_id || ': ' || count(*) || ' papers stand' from operational.prescription_documents d
where d.prescription_id is not null and d.withdrawn_at is null group by d.prescription_id having count(*) > 10
order by 1`,
  },
  {
    code: 'packs-agree',
    rule: 'The default pack and strip of a product hold what the product says.',
    sql: `
select 'pack ' || p.pack_id || ' of drug ' || p.drug_id || ': ' || p.base_units as broken
from reference.drug_packs p join reference.drugs d using (drug_id)
where p.is_default and p.base_units is distinct from case p.level when 'pack' then d.units_per_pack else d.units_per_strip end
order by p.pack_id`,
  },
  {
    code: 'ingredient-bases-sound',
    rule: 'What stands for a salt or a merged ingredient stands for itself, so that screening finds it in one step.',
    sql: `
select 'ingredient ' || i.ingredient_id || ': base ' || b.ingredient_id || ' is ' || b.kind as broken
from reference.ingredients i join reference.ingredients b on b.ingredient_id = i.base_ingredient_id where b.kind in ('salt', 'merged')
order by 1`,
  },
  {
    code: 'imported-of-its-patient',
    rule: 'An imported FHIR resource stands behind records of its own patient alone.',
    sql: `
select 'resource ' || r.fhir_resource_id || ' of patient ' || r.patient_id || ': behind a record of patient ' || coalesce(a.patient_id, c.patient_id, m.patient_id) as broken
from operational.fhir_entries e join operational.fhir_resources r using (fhir_resource_id)
left join operational.patient_allergies a using (allergy_id)
left join operational.patient_conditions c using (condition_id)
left join operational.patient_medications m using (medication_id)
where operational.surviving_patient(r.patient_id) is distinct from operational.surviving_patient(coalesce(a.patient_id, c.patient_id, m.patient_id)) order by r.fhir_resource_id`,
  },
  ...CLAIM_INVARIANTS,
  ...PRICING_INVARIANTS,
  ...CREDIT_INVARIANTS,
  ...COMPOUNDING_INVARIANTS,
  ...LEDGER_INVARIANTS,
  ...MONEY_INVARIANTS,
  ...SALES_INVARIANTS,
  ...STOCK_INVARIANTS,
  ...ACCOUNT_INVARIANTS,
  ...PROCUREMENT_INVARIANTS,
  ...OFFLINE_INVARIANTS,
  ...SERIALS_INVARIANTS,
  ...ERASURE_INVARIANTS,
  ...HUB_INVARIANTS,
];

/**
 * The first rows that break an invariant and how many there are: a database whose ledger is gone breaks one in every row. Five are named: one
 * is enough to know, a few help to see.
 */
const firstBroken = (sql: string): string =>
  `select /* integrity.broken */ broken, count(*) over ()::integer as total from (${sql}) as found limit 5`;

export const INVARIANTS: readonly Invariant[] = WHOLE.map((invariant) => ({
  ...invariant,
  sql: firstBroken(invariant.sql),
}));
