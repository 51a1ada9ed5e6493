/** Takes an offline sale in; none is answered where its identity is known. The business day is that of the sale, today at the latest. */
export const INSERT = `
insert /* offlineSales.insert */ into operational.offline_sales (branch_id, client_id, receipt_number, sold_by, sold_at, business_date, total, content)
select $1, $2, $3, $4, $5::timestamptz, least(($5::timestamptz at time zone b.time_zone)::date, (now() at time zone b.time_zone)::date), $6, $7::jsonb
from operational.branches b where b.branch_id = $1
on conflict (client_id) do nothing
returning offline_sale_id as "offlineSaleId", business_date as "businessDate"`;

/** A sale of this identity at the branch and whether its content is the same. Index: offline_sales_client_key. */
export const FIND_TWIN = `
select /* offlineSales.findTwin */ offline_sale_id as "offlineSaleId", content = $3::jsonb as "isSame"
from operational.offline_sales where client_id = $2 and branch_id = $1`;

/** Makes decisions about one offline sale queue. The first number names this kind of lock. */
export const QUEUE_FOR = 'select /* offlineSales.queueFor */ pg_advisory_xact_lock(7302, $1)';

/** The sale an attempt posted whose answer never came, or null, and then none can come of it. */
export const CLAIM_ATTEMPT = `select /* offlineSales.claimAttempt */ operational.claim_sale_attempt($1, $2) as "saleId"`;

/** How far back a replaced price still counts: a till may have been without its server so long, with a catalogue some days old. */
const REPLACED_DAYS = 7;
const SOLD_DAYS = 31;

/**
 * What the catalogue says of the prices of a sale: $1 products, $2 prices of a pack, $3 when it was sold. A price that was replaced shortly
 * before the sale or since is known. Index: drug_price_changes_drug_idx.
 */
export const JUDGE_PRICES = `
select /* offlineSales.judgePrices */ u.n::integer as "lineNo", u.drug_id as "drugId", u.price as "soldAt", d.price,
  coalesce(u.price = d.price or exists (
    select from reference.drug_price_changes c where c.drug_id = u.drug_id and c.previous_price = u.price
      and c.recorded_at >= greatest($3::timestamptz, now() - interval '${SOLD_DAYS} days') - interval '${REPLACED_DAYS} days'), false) as "isKnown"
from unnest($1::integer[], $2::numeric[]) with ordinality as u (drug_id, price, n)
left join reference.drugs d on d.drug_id = u.drug_id
order by u.n`;

export const INSERT_POST = `
insert /* offlineSales.insertPost */ into operational.offline_sale_posts (branch_id, offline_sale_id, sale_id, price_differences)
values ($1, $2, $3, $4::jsonb)`;

export const INSERT_STEP = `
insert /* offlineSales.insertStep */ into operational.offline_sale_conflicts (branch_id, offline_sale_id, step, code, params, note, cash, till_cash_movement_id)
values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8)`;

const STATUS = `
  case when p.sale_id is not null then 'posted'
    when exists (select from operational.offline_sale_conflicts c where c.offline_sale_id = o.offline_sale_id and c.step = 'rejected') then 'rejected'
    else 'conflict' end`;

const ROW = `
  o.offline_sale_id as "offlineSaleId", o.client_id as "clientId", o.receipt_number as "receiptNumber", ${STATUS} as status,
  o.sold_by as "soldBy", u.full_name as "sellerName", o.sold_at as "soldAt", o.business_date as "businessDate", o.total, o.received_at as "receivedAt",
  p.sale_id as "saleId", s.sale_number as "saleNumber",
  case when p.sale_id is null then (select c.code from operational.offline_sale_conflicts c where c.offline_sale_id = o.offline_sale_id and c.code is not null
    order by c.conflict_step_id desc limit 1) end as "conflictCode"`;

const FROM = `
from operational.offline_sales o
join operational.users u on u.user_id = o.sold_by
left join operational.offline_sale_posts p on p.offline_sale_id = o.offline_sale_id
left join operational.sales s on s.sale_id = p.sale_id`;

/** Offline sales of the branch, newest first; $2 a status, $3 one of them. Index: offline_sales_branch_idx. */
export const FIND_PAGE = `
select /* offlineSales.findPage */ ${ROW}, count(*) over ()::integer as "rowTotal" ${FROM}
where o.branch_id = $1 and ($2::text is null or ${STATUS} = $2) and ($3::integer is null or o.offline_sale_id = $3)
order by o.offline_sale_id desc limit $4 offset $5`;

/** Sales that wait for a decision, at all branches the reader may see. What is posted is left out before anything is asked of it. */
export const COUNT_CONFLICTS = `
select /* offlineSales.countConflicts */ count(*)::integer as conflicts
from operational.offline_sales o left join operational.offline_sale_posts p on p.offline_sale_id = o.offline_sale_id
where p.sale_id is null and ${STATUS} = 'conflict'`;

/** The sale as it was sent, and the differences of price found when it was posted. */
export const FIND_CONTENT = `
select /* offlineSales.findContent */ o.content, o.business_date as "businessDate", coalesce(p.price_differences, '[]'::jsonb) as "priceDifferences"
from operational.offline_sales o left join operational.offline_sale_posts p on p.offline_sale_id = o.offline_sale_id
where o.offline_sale_id = $2 and o.branch_id = $1`;

/** Names of products and what of them may be sold at the branch now. $2 products. */
export const FIND_STOCK = `
select /* offlineSales.findStock */ d.drug_id as "drugId", d.name_ar as "nameAr", d.units_per_strip as "unitsPerStrip", d.units_per_pack as "unitsPerPack",
  (select coalesce(sum(l.quantity - l.quantity_reserved), 0) from operational.inventory_lots l join operational.branches b using (branch_id)
    where l.branch_id = $1 and l.drug_id = d.drug_id and l.status = 'available' and not operational.is_expired(l.expiry_date, now(), b.time_zone)) as available
from reference.drugs d where d.drug_id = any ($2::integer[])`;

export const FIND_STEPS = `
select /* offlineSales.findSteps */ c.step, c.code, c.params, c.note, c.cash, u.full_name as "userName", c.recorded_at as "recordedAt"
from operational.offline_sale_conflicts c left join operational.users u using (user_id)
where c.offline_sale_id = $1 order by c.conflict_step_id`;

const STOCKED = `select distinct l.drug_id from operational.inventory_lots l where l.branch_id = $1`;

const CODES = `
  coalesce((select json_agg(json_build_object('gtin', b.gtin, 'unit', case b.pack_level when 'case' then 'pack' else b.pack_level end) order by b.gtin)
    from reference.drug_barcodes b where b.drug_id = d.drug_id), '[]')`;

/** What the till cannot reckon or judge by itself: a tax on top of the price, and what is limited by who buys it. */
const NEEDS_SERVER = `
  (exists (select from operational.tax_classes c join operational.branches b on b.branch_id = $1
    where c.tax_class_id = operational.tax_class_of($1, d.drug_id) and not c.prices_include_tax and operational.tax_rate(c.tax_class_id, (now() at time zone b.time_zone)::date) > 0)
  or exists (select from operational.purchase_limits l where l.branch_id = $1 and l.ended_at is null and operational.is_limited(d.drug_id, l.drug_id, l.ingredient_id)))`;

/** The products of a branch after one of them, in the order of their identities. */
export const FIND_PRODUCTS = `
select /* offlineSales.findProducts */ d.drug_id as "drugId", d.name, d.name_ar as "nameAr", d.strength, d.status, d.price, d.price_ceiling as "priceCeiling",
  d.base_unit as "baseUnit", d.units_per_strip as "unitsPerStrip", d.units_per_pack as "unitsPerPack",
  (d.rx_only or d.controlled_schedule is not null) as "needsPrescription",${NEEDS_SERVER} as "needsServer", ${CODES} as codes
from reference.drugs d join (${STOCKED}) s on s.drug_id = d.drug_id
where d.drug_id > $2 order by d.drug_id limit $3`;

/** One number for all a till is told of the products of a branch: it changes when any of it does. */
export const FIND_VERSION = `
select /* offlineSales.findVersion */ md5(coalesce(string_agg(concat_ws('|', d.drug_id, d.name, d.name_ar, d.strength, d.status, d.price, d.price_ceiling, d.base_unit,
  d.units_per_strip, d.units_per_pack, d.rx_only, d.controlled_schedule,${NEEDS_SERVER}, ${CODES}), ',' order by d.drug_id), '')) as version
from reference.drugs d join (${STOCKED}) s on s.drug_id = d.drug_id`;
