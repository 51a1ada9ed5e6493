const SUMMARY = `
  f.formula_id as "formulaId", f.drug_id as "drugId", f.status, f.version, v.name, v.name_ar as "nameAr", v.dosage_form as "dosageForm",
  v.base_unit as "baseUnit", trim_scale(v.yield_quantity)::text as "yieldQuantity", v.preparation_type as "preparationType",
  v.beyond_use_days as "beyondUseDays", v.storage, v.requires_check as "requiresCheck", v.hazardous, d.price::text as price,
  d.ingredient_status as "ingredientStatus", d.controlled_schedule as "controlledSchedule",
  (select count(*)::integer from operational.compound_formula_items i where i.formula_id = f.formula_id and i.version = f.version) as "itemCount"`;

const TABLES = `
from operational.compound_formulas f
join operational.compound_formula_versions v using (formula_id, version)
join reference.drugs d on d.drug_id = f.drug_id`;

/** Formulas by name. $1 pattern over names, $2 status, $3 product. */
export const FIND_PAGE = `
select /* compoundFormulas.findPage */ ${SUMMARY}, count(*) over ()::integer as "rowTotal"
${TABLES}
where ($1::text is null or v.name ilike $1 or v.name_ar ilike $1) and ($2::text is null or f.status = $2) and ($3::integer is null or f.drug_id = $3)
order by v.name, f.formula_id
limit $4 offset $5`;

export const FIND_ONE = `
select /* compoundFormulas.findOne */ ${SUMMARY}, v.route, v.method, trim_scale(v.tolerance_percent)::text as "tolerancePercent",
  jsonb_build_object('kind', v.price_rule, 'price', v.fixed_price::text, 'markup', trim_scale(v.markup)::text, 'fee', v.fee::text) as "priceRule",
  (select jsonb_build_object('maxDays', l.max_days, 'refrigerated', l.refrigerated, 'source', l.source)
   from operational.beyond_use_limits l where l.preparation_type = v.preparation_type) as "beyondUseLimit",
  (select jsonb_agg(jsonb_build_object('position', i.position, 'drugId', i.drug_id, 'drugName', p.name, 'drugNameAr', p.name_ar, 'baseUnit', i.base_unit,
      'quantity', trim_scale(i.quantity)::text, 'ingredientStatus', p.ingredient_status, 'controlledSchedule', p.controlled_schedule,
      'isCurrent', p.status = 'active' and p.base_unit = i.base_unit, 'isCompounded', p.source = 'compounded') order by i.position)
   from operational.compound_formula_items i join reference.drugs p on p.drug_id = i.drug_id
   where i.formula_id = f.formula_id and i.version = f.version) as items,
  u.full_name as "createdByName", f.created_at as "createdAt", f.updated_at as "updatedAt"
${TABLES}
left join operational.users u on u.user_id = f.created_by
where f.formula_id = $1`;

export const LIMITS = `
select /* compoundFormulas.limits */ l.preparation_type as "preparationType", l.max_days as "maxDays", l.refrigerated, l.source
from operational.beyond_use_limits l order by l.max_days`;

export const FIND_PRODUCTS = `
select /* compoundFormulas.findProducts */ d.drug_id as "drugId", d.status from reference.drugs d where d.drug_id = any ($1::integer[])`;

export const INSERT = `
insert /* compoundFormulas.insert */ into operational.compound_formulas (drug_id, created_by) values ($1, $2) returning formula_id as "formulaId"`;

/** No row where the version is another by now. */
export const ADVANCE = `
update /* compoundFormulas.advance */ operational.compound_formulas set version = version + 1, status = $3, updated_at = now()
where formula_id = $1 and version = $2 returning version`;

export const INSERT_VERSION = `
insert /* compoundFormulas.insertVersion */ into operational.compound_formula_versions (formula_id, version, name, name_ar, dosage_form, route, base_unit,
  yield_quantity, preparation_type, beyond_use_days, storage, method, price_rule, fixed_price, markup, fee, requires_check, hazardous, tolerance_percent, created_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`;

/** All in one statement: the composition of the preparation is written out of them behind it. */
export const INSERT_ITEMS = `
insert /* compoundFormulas.insertItems */ into operational.compound_formula_items (formula_id, version, position, drug_id, quantity)
select $1, $2, u.position, u.drug_id, u.quantity from unnest($3::integer[], $4::numeric[]) with ordinality as u (drug_id, quantity, position)`;

/**
 * What the branch would give of products ($2) in quantities ($3), first expiry first, as plan_fefo does; locks nothing. Index:
 * inventory_lots_fefo_idx.
 */
export const FIND_FEFO = `
with wanted as (
  select u.drug_id, u.quantity, u.position from unnest($2::integer[], $3::numeric[]) with ordinality as u (drug_id, quantity, position)
), offered as (
  select l.lot_id, l.drug_id, l.lot_number, l.expiry_date, l.received_at, l.unit_cost, l.quantity - l.quantity_reserved as free,
    sum(l.quantity - l.quantity_reserved) over (partition by l.drug_id order by l.expiry_date nulls last, l.received_at, l.lot_id) as to_quantity
  from operational.inventory_lots l join operational.branches b using (branch_id)
  where l.branch_id = $1 and l.drug_id = any ($2::integer[]) and l.status = 'available' and l.quantity > l.quantity_reserved
    and (l.expiry_date is null or l.expiry_date >= (now() at time zone b.time_zone)::date)
)
select /* compoundFormulas.findFefo */ w.position::integer as position, w.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", trim_scale(w.quantity)::text as needed,
  (select trim_scale(coalesce(sum(o.free), 0))::text from offered o where o.drug_id = w.drug_id) as available,
  (select trim_scale(l.unit_cost)::text from operational.inventory_lots l where l.branch_id = $1 and l.drug_id = w.drug_id
   order by l.received_at desc, l.lot_id desc limit 1) as "lastCost",
  coalesce((select jsonb_agg(jsonb_build_object('lotId', o.lot_id, 'lotNumber', o.lot_number, 'expiryDate', o.expiry_date,
      'quantity', trim_scale(least(w.quantity, o.to_quantity) - (o.to_quantity - o.free))::text, 'unitCost', trim_scale(o.unit_cost)::text)
      order by o.expiry_date nulls last, o.received_at, o.lot_id)
    from offered o where o.drug_id = w.drug_id and o.to_quantity - o.free < w.quantity), '[]'::jsonb) as lots
from wanted w join reference.drugs d on d.drug_id = w.drug_id
order by w.position`;
