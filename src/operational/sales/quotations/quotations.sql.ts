const ROW = `
  q.quotation_id as "quotationId", q.quotation_number as "quotationNumber", q.patient_id as "patientId", q.customer_name as "customerName", q.total::text as total,
  q.valid_until as "validUntil", u.full_name as "quotedBy", q.quoted_at as "quotedAt", x.sale_id as "saleId",
  case when x.sale_id is not null then 'sold' when q.valid_until < (now() at time zone b.time_zone)::date then 'expired' else 'valid' end as status`;

const FROM = `
from operational.quotations q
join operational.branches b using (branch_id)
join operational.users u on u.user_id = q.quoted_by
left join operational.quotation_sales x using (quotation_id)`;

/** The newest first. Indexes: quotations_branch_idx, quotations_number_key. */
export const FIND_PAGE = `
select /* quotations.page */ ${ROW}, count(*) over ()::integer as "rowTotal" ${FROM}
where q.branch_id = $1 and ($2::text is null or q.quotation_number = upper($2))
order by q.quotation_id desc limit $3 offset $4`;

export const FIND = `select /* quotations.find */ ${ROW} ${FROM} where q.branch_id = $1 and q.quotation_id = $2`;

export const FIND_LINES = `
select /* quotations.lines */ i.line_no::integer as "lineNo", i.drug_id as "drugId", i.description, i.unit, trim_scale(i.quantity)::text as quantity,
  trim_scale(i.unit_quantity)::text as "unitQuantity", i.pack_price::text as "packPrice", i.amount::text as amount, i.discount::text as discount,
  i.line_total::text as "lineTotal", d.price_ceiling::text as "priceCeiling", d.name_ar as "nameAr", d.base_unit as "baseUnit"
from operational.quotation_items i join reference.drugs d using (drug_id)
where i.quotation_id = $1 order by i.line_no`;

export const INSERT = `
with /* quotations.insert */ made as (
  insert into operational.quotations (branch_id, patient_id, customer_name, total) values ($1, $2, $3, $4) returning quotation_id, branch_id
), lines as (
  insert into operational.quotation_items (quotation_id, branch_id, line_no, drug_id, description, quantity, unit, unit_quantity, pack_price, amount, discount, line_total)
  select m.quotation_id, m.branch_id, u.line_no, u.drug_id, u.description, u.quantity, u.unit, u.unit_quantity, u.pack_price, u.amount, u.discount, u.amount - u.discount
  from made m cross join unnest($5::integer[], $6::text[], $7::numeric[], $8::text[], $9::numeric[], $10::numeric[], $11::numeric[], $12::numeric[]) with ordinality
    as u (drug_id, description, quantity, unit, unit_quantity, pack_price, amount, discount, line_no)
)
select quotation_id as "quotationId" from made`;

export const LINK_SALE = `
insert /* quotations.linkSale */ into operational.quotation_sales (quotation_id, branch_id, sale_id) values ($2, $1, $3)`;
