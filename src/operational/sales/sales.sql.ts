/**
 * How the branch counts money, its business day, the seller's open shift, and identities of so many lines ($3) about to be written: a refusal
 * leaves a gap. Index: till_shifts_one_open_key.
 */
export const FIND_TILL = `
select /* sales.findTill */ b.currency_decimals as "currencyDecimals", b.cash_rounding as "cashRounding",
  (now() at time zone b.time_zone)::date as "businessDate", s.shift_id as "shiftId",
  array(select nextval('operational.sale_items_sale_item_id_seq')::integer from generate_series(1, $3::integer)) as "itemIds"
from operational.branches b
left join operational.till_shifts s on s.branch_id = b.branch_id and s.user_id = $2 and s.status = 'open'
where b.branch_id = $1`;

/**
 * Posts a sale, return or void with its lines and payments in one round trip. Lines are written in the order of their
 * fill or original line, so that two baskets with the same ones in another order cannot wait for each other.
 */
export const POST_SALE = `
with /* sales.post */ sale as (
  insert into operational.sales (branch_id, sale_type, original_sale_id, shift_id, patient_id, user_id, business_date,
    subtotal, discount_total, rounding, total, reason, tax_total, tax_in_prices)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $40, $41)
  returning sale_id, sale_number, sale_date
), lines as (
  insert into operational.sale_items (branch_id, sale_id, line_no, drug_id, fill_id, original_sale_item_id, description,
    quantity, unit, unit_quantity, pack_price, amount, discount, tax_class_id, tax_rate, tax_included, tax, line_total, disposition, sale_item_id)
  select $1, s.sale_id, u.line_no, u.drug_id, u.fill_id, u.original_sale_item_id, u.description,
    u.quantity, u.unit, u.unit_quantity, u.pack_price, u.amount, u.discount, u.tax_class_id, u.tax_rate, u.tax_included, u.tax,
    u.amount - u.discount + case when u.tax_included then 0 else u.tax end, u.disposition,
    coalesce(u.sale_item_id, nextval('operational.sale_items_sale_item_id_seq'))
  from sale s cross join unnest($13::integer[], $14::integer[], $15::integer[], $16::text[], $17::numeric[], $18::text[],
    $19::numeric[], $20::numeric[], $21::numeric[], $22::numeric[], $23::text[], $29::integer[], $30::integer[], $31::numeric[], $32::boolean[], $33::numeric[]) with ordinality
    as u (drug_id, fill_id, original_sale_item_id, description, quantity, unit, unit_quantity, pack_price, amount, discount,
      disposition, sale_item_id, tax_class_id, tax_rate, tax_included, tax, line_no)
  order by u.fill_id nulls first, u.original_sale_item_id nulls first, u.line_no
  returning sale_item_id, line_no
), paid as (
  insert into operational.payments (branch_id, sale_id, shift_id, method, amount, change_given, reference, claim_id, account_id)
  select $1, s.sale_id, $4, u.method, u.amount, u.change_given, u.reference, u.claim_id,
    case when u.method in ('account', 'deposit', 'points') then $39::integer end
  from sale s cross join unnest($24::text[], $25::numeric[], $26::numeric[], $27::text[], $28::integer[]) with ordinality
    as u (method, amount, change_given, reference, claim_id, n)
  -- What was paid ahead is spent before anything is owed.
  order by u.method = 'account', u.n
), promoted as (
  insert into operational.sale_item_promotions (sale_item_id, promotion_id, branch_id, promotion_version, quantity, amount)
  select l.sale_item_id, u.promotion_id, $1, u.version, u.quantity, u.amount
  from lines l join unnest($34::integer[], $35::integer[], $36::integer[], $37::numeric[], $38::numeric[])
    as u (sale_item_id, promotion_id, version, quantity, amount) on u.sale_item_id = l.sale_item_id
  order by u.promotion_id, l.sale_item_id
)
select s.sale_id as "saleId", s.sale_number as "saleNumber", s.sale_date as "saleDate",
  (select array_agg(l.sale_item_id order by l.line_no) from lines l) as "saleItemIds"
from sale s`;

/**
 * Makes returns and voids of one sale queue: posted sales cannot be locked by the application, which may not update
 * them. The first number names this kind of lock.
 */
export const QUEUE_FOR_SALE = 'select /* sales.queueForSale */ pg_advisory_xact_lock(7301, $1)';

export const LINK_EXCHANGE = `
insert /* sales.linkExchange */ into operational.exchanges (branch_id, return_sale_id, sale_id) values ($1, $2, $3)`;

/** Index: receipt_prints_no_key. */
export const COUNT_PRINTS = `
select /* sales.countPrints */ coalesce(max(print_no), 0)::integer as prints from operational.receipt_prints where sale_id = $1`;

export const INSERT_PRINT = `
insert /* sales.insertPrint */ into operational.receipt_prints (branch_id, sale_id) values ($1, $2) returning print_no as "printNo"`;

const SALE_COLUMNS = `
  s.sale_id as "saleId", s.sale_number as "saleNumber", s.sale_type as "saleType", s.original_sale_id as "originalSaleId",
  s.shift_id as "shiftId", s.patient_id as "patientId", s.user_id as "userId", u.full_name as "cashierName",
  s.sale_date as "saleDate", s.business_date as "businessDate", s.subtotal, s.discount_total as "discountTotal",
  s.tax_total as "taxTotal", s.tax_in_prices as "taxInPrices", s.rounding, s.total, s.reason`;

export const FIND_SALE = `
select /* sales.findSale */ ${SALE_COLUMNS}, t.status as "shiftStatus"
from operational.sales s
join operational.users u on u.user_id = s.user_id
join operational.till_shifts t on t.shift_id = s.shift_id
where s.sale_id = $1 and s.branch_id = $2`;

/** Sales of the branch, newest first. Index: sales_branch_date_idx. */
export const FIND_SALES = `
select /* sales.findPage */ ${SALE_COLUMNS}, count(*) over () as "rowTotal",
  (select count(*) from operational.sale_items i where i.sale_id = s.sale_id) as "itemCount"
from operational.sales s
join operational.users u on u.user_id = s.user_id
where s.branch_id = $1 and ($2::date is null or s.business_date = $2) and ($3::integer is null or s.patient_id in (select operational.patient_family($3)))
  and ($4::text is null or s.sale_number = $4)
order by s.sale_id desc
limit $5 offset $6`;

/** Lines of a sale with what was taken back of each. Index: sale_items_line_key, sale_items_original_idx. */
export const FIND_LINES = `
select /* sales.findLines */ i.sale_item_id as "saleItemId", i.line_no as "lineNo", i.drug_id as "drugId", i.fill_id as "fillId",
  i.original_sale_item_id as "originalSaleItemId", i.description, i.quantity, i.unit, i.unit_quantity as "unitQuantity",
  i.pack_price as "packPrice", i.amount, i.discount, i.tax_class_id as "taxClassId", c.code as "taxCode", trim_scale(i.tax_rate)::text as "taxRate",
  i.tax_included as "taxIncluded", i.tax, i.line_total as "lineTotal", i.disposition,
  coalesce((select jsonb_agg(jsonb_build_object('promotionId', p.promotion_id, 'name', p.name, 'nameAr', p.name_ar, 'amount', x.amount::text) order by p.promotion_id)
    from operational.sale_item_promotions x join operational.promotions p using (promotion_id) where x.sale_item_id = i.sale_item_id), '[]'::jsonb) as promotions,
  coalesce(r.quantity, 0) as "returnedQuantity", coalesce(r.amount, 0) as "returnedAmount",
  coalesce(r.discount, 0) as "returnedDiscount", coalesce(r.tax, 0) as "returnedTax", d.name_ar as "nameAr", d.base_unit as "baseUnit"
from operational.sale_items i
join reference.drugs d on d.drug_id = i.drug_id
left join operational.tax_classes c on c.tax_class_id = i.tax_class_id
left join lateral (
  select - sum(x.quantity) as quantity, - sum(x.amount) as amount, - sum(x.discount) as discount, - sum(x.tax) as tax
  from operational.sale_items x where x.original_sale_item_id = i.sale_item_id) r on true
where i.sale_id = $1
order by i.line_no`;

/**
 * Lots that moved for the lines of a sale, in the order they moved. A fill moved its stock when it was dispensed. The ledger is asked from then
 * on (sale_moved_since): of a sale of today it opens this month. Indexes: stock_movements_sale_item_idx, stock_movements_fill_idx.
 */
export const FIND_LOTS = `
select /* sales.findLots */ i.sale_item_id as "saleItemId", m.lot_id as "lotId", l.lot_number as "lotNumber",
  l.expiry_date as "expiryDate", abs(m.quantity) as quantity
from operational.sale_items i
join operational.stock_movements m on m.recorded_at >= operational.sale_moved_since($1) and (m.sale_item_id = i.sale_item_id
  or (i.fill_id is not null and i.quantity > 0 and m.fill_id = i.fill_id and m.movement_type = 'dispense'))
join operational.inventory_lots l on l.lot_id = m.lot_id
where i.sale_id = $1
order by m.movement_id`;

export const FIND_PAYMENTS = `
select /* sales.findPayments */ p.method, p.claim_id as "claimId", p.amount, p.change_given as change, p.reference, y.name as "payerName",
  p.account_id as "accountId", a.name as "accountName"
from operational.payments p left join operational.claims c using (claim_id) left join operational.payers y using (payer_id)
left join operational.customer_accounts a on a.account_id = p.account_id
where p.sale_id = $1
order by p.payment_id`;

/** Returns and voids of a sale. Index: sales_original_idx. */
export const FIND_REVERSALS = `
select /* sales.findReversals */ r.sale_id as "saleId", r.sale_number as "saleNumber", r.sale_type as "saleType", r.total
from operational.sales r
where r.original_sale_id = $1
order by r.sale_id`;

/** Alerts the sale was not asked about again, each with the decision that was remembered. Index: alert_overrides_sale_idx. */
export const FIND_REMEMBERED = `
select /* sales.findRemembered */ r.override_id as "overrideId", a.alert_id as "alertId", a.kind, a.severity, a.subjects, a.message, r.reason, r.note,
  u.full_name as "overriddenBy", r.overridden_at as "overriddenAt"
from operational.alert_overrides o
join operational.clinical_alerts a using (alert_id)
join operational.alert_overrides r on r.override_id = o.remembered_override_id
left join operational.users u on u.user_id = r.overridden_by
where o.sale_id = $1 order by o.override_id`;

/** What each tender of the customer paid of a sale, net of change, and what was refunded in it. What payers bore goes back to them by claim. */
export const FIND_BALANCES = `
select /* sales.findBalances */ p.method,
  coalesce(sum(p.amount - p.change_given) filter (where p.sale_id = $1), 0) as paid,
  coalesce(- sum(p.amount) filter (where p.sale_id <> $1), 0) as refunded
from operational.payments p
where (p.sale_id = $1 or p.sale_id in (select r.sale_id from operational.sales r where r.original_sale_id = $1)) and p.claim_id is null
group by p.method
order by p.method`;
