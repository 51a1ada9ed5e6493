const INVOICE = `
select /* invoices.shown */ i.supplier_invoice_id as "supplierInvoiceId", i.supplier_id as "supplierId", s.name as "supplierName", i.kind, i.number,
  i.purchase_order_id as "purchaseOrderId", o.order_number as "orderNumber", i.credits_invoice_id as "creditsInvoiceId", i.invoice_date as "invoiceDate",
  i.due_date as "dueDate", i.net_total::text as "netTotal", i.tax_total::text as "taxTotal", i.total::text as total, operational.open_of_invoice(i.supplier_invoice_id)::text as open,
  i.status, i.status_reason as "statusReason", i.differences, i.needs_approval as "needsApproval", e.full_name as "enteredBy", i.entered_at as "enteredAt",
  a.full_name as "approvedBy", i.approved_at as "approvedAt", i.version
from operational.supplier_invoices i
join operational.suppliers s using (supplier_id)
left join operational.purchase_orders o using (purchase_order_id)
left join operational.users e on e.user_id = i.entered_by
left join operational.users a on a.user_id = i.approved_by`;

const FILTER = `
where i.branch_id = $1 and ($2::text is null or i.status = $2) and ($3::text is null or i.kind = $3) and ($4::integer is null or i.supplier_id = $4)
  and ($5::integer is null or i.purchase_order_id = $5) and ($6::text is null or i.number ilike $6)
  and (not $7::boolean or i.status not in ('approved', 'void') or (i.status = 'approved' and i.kind = 'invoice' and operational.open_of_invoice(i.supplier_invoice_id) <> 0))`;

/** Newest first. Index: supplier_invoices_branch_idx. */
export const FIND_PAGE = `${INVOICE} ${FILTER} order by i.supplier_invoice_id desc limit $8 offset $9`;

/** What somebody has to look at first: what differs, then what is disputed, to be matched, to be approved, to be paid; of each the one due first. */
export const FIND_FOR_ATTENTION = `${INVOICE} ${FILTER}
order by array_position(array['differing', 'disputed', 'entered', 'matched', 'approved', 'void'], i.status), i.due_date, i.supplier_invoice_id limit $8 offset $9`;

export const COUNT = `select /* invoices.count */ count(*)::integer as total from operational.supplier_invoices i ${FILTER}`;

export const FIND_ONE = `${INVOICE} where i.branch_id = $1 and i.supplier_invoice_id = $2`;

export const LINES = `
select /* invoices.lines */ x.line_no as "lineNo", x.purchase_order_item_id as "purchaseOrderItemId", x.drug_id as "drugId", d.name as "drugName", x.description,
  trim_scale(x.quantity)::text as quantity, x.net::text as net, x.tax::text as tax, trim_scale(l.quantity_ordered)::text as "quantityOrdered",
  trim_scale(l.quantity_received)::text as "quantityReceived"
from operational.supplier_invoice_items x left join reference.drugs d using (drug_id) left join operational.purchase_order_items l using (purchase_order_item_id)
where x.supplier_invoice_id = $1 order by x.line_no`;

export const PAYMENTS = `
select /* invoices.payments */ p.paid_on as "paidOn", p.amount::text as amount, p.reference, u.full_name as "recordedBy"
from operational.supplier_payments p left join operational.users u on u.user_id = p.recorded_by
where p.supplier_invoice_id = $1 order by p.supplier_payment_id limit 200`;

export const EVENTS = `
select /* invoices.events */ e.from_status as "fromStatus", e.to_status as "toStatus", e.reason, u.full_name as "userName", e.occurred_at as "occurredAt"
from operational.supplier_invoice_events e left join operational.users u using (user_id)
where e.supplier_invoice_id = $1 order by e.event_id desc limit 200`;

export const LOCK = `
select /* invoices.lock */ i.supplier_invoice_id as "supplierInvoiceId", i.status, i.kind, i.needs_approval as "needsApproval", i.entered_by as "enteredById"
from operational.supplier_invoices i where i.branch_id = $1 and i.supplier_invoice_id = $2 for update`;

/** What a match looks at: each line beside what was ordered, what came, and what other invoices that stand charge of it. */
export const TO_MATCH = `
select /* invoices.toMatch */ x.line_no as "lineNo", x.drug_id as "drugId", trim_scale(x.quantity)::text as quantity, x.net::text as net, x.tax::text as tax,
  case when l.purchase_order_item_id is not null then json_build_object('purchaseOrderItemId', l.purchase_order_item_id, 'net', l.net::text, 'taxRate', l.tax_rate::text,
    'quantityOrdered', l.quantity_ordered::text, 'quantityReceived', l.quantity_received::text, 'chargedBefore', coalesce(c.charged, 0)::text) end as ordered
from operational.supplier_invoice_items x left join operational.purchase_order_items l using (purchase_order_item_id)
left join lateral (select sum(case v.kind when 'invoice' then y.quantity else - y.quantity end) as charged
  from operational.supplier_invoice_items y join operational.supplier_invoices v using (supplier_invoice_id)
  where y.purchase_order_item_id = x.purchase_order_item_id and v.status <> 'void' and (v.kind = 'invoice' or v.status = 'approved')
    and v.supplier_invoice_id <> x.supplier_invoice_id) c on true
where x.supplier_invoice_id = $1 order by x.line_no`;

export const TERMS = `
select /* invoices.terms */ b.invoice_price_tolerance::text as tolerance, b.currency_decimals as decimals, coalesce(o.landed_cost, 0)::text as "landedCost"
from operational.supplier_invoices i join operational.branches b using (branch_id) left join operational.purchase_orders o using (purchase_order_id)
where i.supplier_invoice_id = $1`;

/** Products of order lines, and days the supplier gives. */
export const ORDER_LINES = `
select /* invoices.orderLines */ l.purchase_order_item_id as "purchaseOrderItemId", l.drug_id as "drugId"
from operational.purchase_order_items l where l.branch_id = $1 and l.purchase_order_item_id = any ($2::integer[])`;

export const SUPPLIER = `select /* invoices.supplier */ s.payment_days as "paymentDays" from operational.suppliers s where s.supplier_id = $1`;

export const INSERT = `
insert /* invoices.insert */ into operational.supplier_invoices
  (branch_id, supplier_id, kind, number, purchase_order_id, credits_invoice_id, invoice_date, due_date, net_total, tax_total, total)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning supplier_invoice_id as "supplierInvoiceId"`;

export const INSERT_LINES = `
insert /* invoices.insertLines */ into operational.supplier_invoice_items
  (branch_id, supplier_invoice_id, line_no, purchase_order_item_id, drug_id, description, quantity, net, tax)
select $1, $2, u.n, u.item, u.drug, u.description, u.quantity, u.net, u.tax
from unnest($3::integer[], $4::integer[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[]) with ordinality as u (item, drug, description, quantity, net, tax, n)`;

export const STEP = `
update /* invoices.step */ operational.supplier_invoices set status = $2, status_reason = $3, differences = coalesce($4::jsonb, differences), version = version + 1
where supplier_invoice_id = $1`;

export const INSERT_PAYMENT = `
insert /* invoices.insertPayment */ into operational.supplier_payments (branch_id, supplier_invoice_id, paid_on, amount, reference) values ($1, $2, $3, $4, $5)`;

/** What was open of each approved invoice at the end of a day, and credit notes of none. */
const OPEN_AT = `
select i.supplier_id, s.name, case when i.kind = 'credit_note' or o.open < 0 then 'credits' when i.due_date >= $2::date then 'not_due'
    when $2::date - i.due_date <= 30 then '30' when $2::date - i.due_date <= 60 then '60' when $2::date - i.due_date <= 90 then '90' else 'over' end as age,
  case when i.kind = 'credit_note' then - i.total else o.open end as open
from operational.supplier_invoices i join operational.suppliers s using (supplier_id) join operational.branches b using (branch_id)
cross join lateral (select i.total
  - coalesce((select sum(p.amount) from operational.supplier_payments p where p.supplier_invoice_id = i.supplier_invoice_id and p.paid_on <= $2::date), 0)
  - coalesce((select sum(c.total) from operational.supplier_invoices c where c.credits_invoice_id = i.supplier_invoice_id and c.status = 'approved'
      and (c.approved_at at time zone b.time_zone)::date <= $2::date), 0) as open) o
where i.branch_id = $1 and i.status = 'approved' and (i.approved_at at time zone b.time_zone)::date <= $2::date
  and i.credits_invoice_id is null and (i.kind = 'credit_note' or o.open <> 0)`;

const AGES = `
  coalesce(sum(x.open) filter (where x.age = 'not_due'), 0)::text as "notDue", coalesce(sum(x.open) filter (where x.age = '30'), 0)::text as "days1to30",
  coalesce(sum(x.open) filter (where x.age = '60'), 0)::text as "days31to60", coalesce(sum(x.open) filter (where x.age = '90'), 0)::text as "days61to90",
  coalesce(sum(x.open) filter (where x.age = 'over'), 0)::text as "daysOver90", coalesce(sum(x.open) filter (where x.age = 'credits'), 0)::text as credits,
  coalesce(sum(x.open), 0)::text as total`;

export const PAYABLES = `
select /* invoices.payables */ x.supplier_id as "supplierId", x.name as "supplierName", count(*)::integer as invoices, count(*) over ()::integer as "rowTotal", ${AGES}
from (${OPEN_AT}) x group by x.supplier_id, x.name order by sum(x.open) desc, x.supplier_id limit $3 offset $4`;

export const PAYABLES_TOTALS = `select /* invoices.payablesTotals */ ${AGES} from (${OPEN_AT}) x`;

/** An order beside which an invoice is entered, with what other invoices that stand charge of it that is no goods. */
export const ORDER_TO_CHARGE = `
select /* invoices.orderToCharge */ o.purchase_order_id as "purchaseOrderId", o.order_number as "orderNumber", o.supplier_id as "supplierId", s.name as "supplierName",
  s.payment_days as "paymentDays", o.landed_cost::text as "landedCost", b.currency_decimals as decimals,
  coalesce((select sum(case v.kind when 'invoice' then y.net else - y.net end) from operational.supplier_invoice_items y
    join operational.supplier_invoices v using (supplier_invoice_id)
    where v.purchase_order_id = o.purchase_order_id and y.drug_id is null and v.status <> 'void' and (v.kind = 'invoice' or v.status = 'approved')), 0)::text as "chargesBefore"
from operational.purchase_orders o join operational.suppliers s using (supplier_id) join operational.branches b using (branch_id)
where o.branch_id = $1 and o.purchase_order_id = $2`;

/** Its lines, with what came and what was charged of each. */
export const LINES_TO_CHARGE = `
select /* invoices.linesToCharge */ l.purchase_order_item_id as "purchaseOrderItemId", l.line_no as "lineNo", l.drug_id as "drugId", d.name as "drugName",
  d.base_unit as "baseUnit", l.net::text as "orderedNet", l.tax_rate::text as "taxRate", trim_scale(l.quantity_ordered)::text as "quantityOrdered",
  trim_scale(l.quantity_received)::text as "quantityReceived", trim_scale(coalesce(c.charged, 0))::text as "quantityCharged"
from operational.purchase_order_items l join reference.drugs d using (drug_id)
left join lateral (select sum(case v.kind when 'invoice' then y.quantity else - y.quantity end) as charged
  from operational.supplier_invoice_items y join operational.supplier_invoices v using (supplier_invoice_id)
  where y.purchase_order_item_id = l.purchase_order_item_id and v.status <> 'void' and (v.kind = 'invoice' or v.status = 'approved')) c on true
where l.branch_id = $1 and l.purchase_order_id = $2 order by l.line_no`;
