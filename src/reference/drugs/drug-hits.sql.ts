/**
 * What a list of hits shows of these products. $1 drug ids. Indexes: drugs_pkey, drug_ingredients_position_key, the
 * primary keys of the lists: subqueries, since a join would read whole lists (the planner expects any number of ids).
 */
export const FIND_HITS = `
select /* drugs.findHits */ d.drug_id as "drugId", d.name, d.name_ar as "nameAr", d.active_raw as "activeRaw", d.strength,
  d.dosage_form as "dosageForm", d.route,
  (select c.name from reference.companies c where c.company_id = d.company_id) as company,
  (select t.name from reference.therapeutic_categories t where t.category_id = d.category_id) as category, d.price, d.base_unit as "baseUnit",
  d.units_per_pack as "unitsPerPack", d.rx_only as "rxOnly", d.status,
  coalesce(
    (select jsonb_agg(
       jsonb_build_object('ingredientId', i.ingredient_id, 'name', coalesce(i.name, di.raw_text), 'amount', di.amount::text,
         'unit', di.unit, 'perAmount', di.per_amount::text, 'perUnit', di.per_unit)
       order by di.position)
     from reference.drug_ingredients di
     left join reference.ingredients i using (ingredient_id)
     where di.drug_id = d.drug_id), '[]') as ingredients
from reference.drugs d
where d.drug_id = any ($1::integer[])`;
