/** Products as selling needs them. $1 drug ids. Index: drugs_pkey. */
export const FIND_SELLABLE = `
select /* drugs.findSellable */ drug_id as "drugId", name, name_ar as "nameAr", strength, dosage_form as "dosageForm", status,
  price, price_ceiling as "priceCeiling", base_unit as "baseUnit", units_per_strip as "unitsPerStrip",
  units_per_pack as "unitsPerPack", rx_only as "rxOnly", controlled_schedule as "controlledSchedule"
from reference.drugs
where drug_id = any ($1::integer[])`;

/** Why a product cannot be compared with others, or null. $1 drug id. */
export const FIND_NOT_COMPARABLE = `
select /* drugs.findNotComparable */
  case
    when not exists (select from reference.drug_ingredients i where i.drug_id = d.drug_id)
      or exists (select from reference.drug_ingredients i where i.drug_id = d.drug_id and i.ingredient_id is null)
      then 'ingredients-unlinked'
    when exists (select from reference.drug_ingredients i where i.drug_id = d.drug_id and (i.amount is null or i.unit is null)) then 'amount-unknown'
    when d.dosage_form is null or d.route is null then 'form-or-route-unknown'
  end as reason
from reference.drugs d
where d.drug_id = $1`;

/**
 * A composition line as something equal for equal contents: grams and micrograms in milligrams, litres in millilitres,
 * "250 mg in 5 ml" as 50 mg in 1 ml.
 */
const CONTENT = `
  i.ingredient_id || ':'
  || trim_scale(round(
    i.amount * case lower(i.unit) when 'g' then 1000 when 'gm' then 1000 when 'mcg' then 0.001 when 'ug' then 0.001 when 'µg' then 0.001 else 1 end
    / coalesce(i.per_amount, 1) / case lower(i.per_unit) when 'l' then 1000 else 1 end, 9))
  || case when lower(i.unit) in ('g', 'gm', 'mcg', 'ug', 'µg') then 'mg' else lower(i.unit) end
  || coalesce('/' || case lower(i.per_unit) when 'l' then 'ml' else lower(i.per_unit) end, '')`;

/**
 * Active products with the same ingredients in the same amounts, the same form family and route. $1 drug id.
 * The family "other" is no family: there the form itself must be the same. The price difference is for the quantity
 * of one pack of the product asked about. Index: drug_ingredients_ingredient_idx.
 */
export const FIND_EQUIVALENTS = `
with /* drugs.findEquivalents */ wanted as (
  select d.drug_id, d.route, d.dosage_form, f.form_family, d.price, d.base_unit, d.units_per_pack,
    (select array_agg(${CONTENT} order by ${CONTENT}) from reference.drug_ingredients i where i.drug_id = d.drug_id) as content,
    (select min(i.ingredient_id) from reference.drug_ingredients i where i.drug_id = d.drug_id) as ingredient_id
  from reference.drugs d
  join reference.dosage_forms f on f.name = d.dosage_form
  where d.drug_id = $1
)
select d.drug_id as "drugId",
  (case
    when d.base_unit = w.base_unit then round(d.price / d.units_per_pack * w.units_per_pack, 3)
    else d.price
  end - w.price)::numeric(14, 3) as "priceDifference"
from wanted w
join reference.drugs d on d.route = w.route and d.drug_id <> w.drug_id and d.status = 'active'
join reference.dosage_forms f on f.name = d.dosage_form
where d.drug_id in (select i.drug_id from reference.drug_ingredients i where i.ingredient_id = w.ingredient_id)
  and f.form_family = w.form_family
  and (f.form_family <> 'other' or d.dosage_form = w.dosage_form)
  and (select array_agg(${CONTENT} order by ${CONTENT}) from reference.drug_ingredients i where i.drug_id = d.drug_id) = w.content
order by "priceDifference", d.drug_id
limit 200`;
