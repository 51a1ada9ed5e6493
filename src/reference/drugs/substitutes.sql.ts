/**
 * A composition line as something equal for equal contents: the base of a salt (its amount too, where the factor is known),
 * grams and micrograms in milligrams, litres in millilitres, "250 mg in 5 ml" as 50 mg in 1 ml. Null where the amount is
 * not known.
 */
const CONTENT = `
  coalesce(i.base_ingredient_id, i.ingredient_id) || ':'
  || trim_scale(round(
    l.amount * coalesce(i.base_factor, 1)
    * case lower(l.unit) when 'g' then 1000 when 'gm' then 1000 when 'mcg' then 0.001 when 'ug' then 0.001 when 'µg' then 0.001 else 1 end
    / coalesce(l.per_amount, 1) / case lower(l.per_unit) when 'l' then 1000 else 1 end, 9))
  || case when lower(l.unit) in ('g', 'gm', 'mcg', 'ug', 'µg') then 'mg' else lower(l.unit) end
  || coalesce('/' || case lower(l.per_unit) when 'l' then 'ml' else lower(l.per_unit) end, '')`;

/** What a product contains: lines, how many are linked, how many amounts are known, contents with and without amounts. */
export const CONTENTS = `
  select count(*) as lines, count(l.ingredient_id) filter (where i.verified and i.kind <> 'mixture') as linked,
    count(*) filter (where l.amount is not null and l.unit is not null) as known,
    array_agg(${CONTENT} order by ${CONTENT}) as content,
    array_agg(coalesce(i.base_ingredient_id, i.ingredient_id) order by coalesce(i.base_ingredient_id, i.ingredient_id)) as ingredients
  from reference.drug_ingredients l left join reference.ingredients i using (ingredient_id)`;

/** A strength as written, without what says nothing: "500 MG." is "500mg". */
export const strengthText = (column: string): string =>
  `nullif(regexp_replace(lower(${column}), '[^[:alnum:].%/+]+|[.](?![0-9])', '', 'g'), '')`;

const PER_UNIT = 'round(nullif(d.price, 0) / d.units_per_pack, 6)';
const ASKED_PER_UNIT = 'round(nullif(w.price, 0) / w.units_per_pack, 6)';

/** Why a product cannot be compared with others, or by what it can. $1 drug id. */
export const FIND_COMPARABLE = `
select /* substitutes.findComparable */
  case
    when c.lines = 0 or c.linked < c.lines then 'ingredients-unlinked'
    when d.dosage_form is null or d.route is null then 'form-or-route-unknown'
    when c.known < c.lines and ${strengthText('d.strength')} is null then 'amount-unknown'
  end as "notComparable",
  case when c.known = c.lines then 'amounts' else 'strength-text' end as "comparedBy",
  case when f.form_family = 'other' then 'same-form' else 'family' end as "formRule"
from reference.drugs d
left join reference.dosage_forms f on f.name = d.dosage_form
cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
where d.drug_id = $1`;

/**
 * Active products with the same ingredients in the same amounts, the same form family and route: in stock ($2) first,
 * then cheapest for the quantity of one pack of the product asked about, unpriced ones last. Where amounts are not all
 * known the strengths as written must be equal instead. The family "other" is no family: there the form itself must be
 * the same. $1 drug id, $3 limit. Index: drug_ingredients_ingredient_idx, by the ingredient fewest products have.
 */
export const FIND_EQUIVALENTS = `
with /* substitutes.findEquivalents */ wanted as materialized (
  select d.drug_id, d.route, d.dosage_form, f.form_family, d.price, d.base_unit, d.units_per_pack, c.lines, c.lines = c.known as by_amount,
    c.content, c.ingredients, ${strengthText('d.strength')} as strength
  from reference.drugs d
  join reference.dosage_forms f on f.name = d.dosage_form
  cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
  where d.drug_id = $1
), rarest as materialized (
  select u.id from wanted w cross join unnest(w.ingredients) as u (id)
  left join reference.catalogue_statistics s on s.dimension = 'ingredient' and s.key = u.id::text
  order by coalesce(s.products, 0), u.id limit 1
), named as (
  select i.ingredient_id from reference.ingredients i, rarest r where i.ingredient_id = r.id or i.base_ingredient_id = r.id
), candidates as materialized (
  select distinct l.drug_id from reference.drug_ingredients l join named n using (ingredient_id)
)
select d.drug_id as "drugId",
  ${PER_UNIT} as "unitPrice",
  case when d.base_unit = w.base_unit then ${PER_UNIT} - ${ASKED_PER_UNIT} end as "unitPriceDifference",
  (case when d.base_unit = w.base_unit then round(nullif(d.price, 0) / d.units_per_pack * w.units_per_pack, 3) else nullif(d.price, 0) end
    - nullif(w.price, 0))::numeric(14, 3) as "priceDifference"
from wanted w
join candidates k on true
join reference.drugs d on d.drug_id = k.drug_id and d.route = w.route and d.drug_id <> w.drug_id and d.status = 'active'
join reference.dosage_forms f on f.name = d.dosage_form and f.form_family = w.form_family and (f.form_family <> 'other' or d.dosage_form = w.dosage_form)
cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
where c.lines = w.lines and c.linked = c.lines
  and case when w.by_amount then c.known = c.lines and c.content = w.content
    else c.ingredients = w.ingredients and ${strengthText('d.strength')} = w.strength end
order by not d.drug_id = any ($2::integer[]), "priceDifference" nulls last, d.drug_id
limit $3`;

/**
 * The ATC level 4 class of a product: of its own code, or of the code of its only ingredient. $1 drug id. No row where
 * none is known.
 */
export const FIND_CLASS = `
select /* substitutes.findClass */ left(a.code, 5) as "atcCode", a.origin as "atcFrom", t.name as "atcName"
from (
  select d.atc_code as code, 'product' as origin, 1 as rank from reference.drugs d where d.drug_id = $1
  union all
  select min(coalesce(b.atc_code, i.atc_code)), 'ingredient', 2
  from reference.drug_ingredients l
  left join reference.ingredients i using (ingredient_id)
  left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
  where l.drug_id = $1
  having count(*) = 1
) a
left join reference.therapeutic_categories t on t.code = left(a.code, 5) and t.kind = 'atc'
where length(a.code) >= 5
order by a.rank
limit 1`;

/**
 * Active products of one ATC level 4 class ($2) with other ingredients than the product asked about ($1): in stock ($3)
 * first, then those of the same route, then cheapest for a base unit. A product without a code of its own counts by that
 * of its only ingredient. $4 limit. Indexes: drugs_atc_idx, drug_ingredients_ingredient_idx.
 */
export const FIND_ALTERNATIVES = `
with /* substitutes.findAlternatives */ wanted as materialized (
  select d.drug_id, d.route, d.price, d.base_unit, d.units_per_pack, c.ingredients
  from reference.drugs d cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
  where d.drug_id = $1
), candidates as materialized (
  select d.drug_id from reference.drugs d where d.atc_code ~>=~ $2 and d.atc_code ~<~ ($2 || '~')
  union
  select l.drug_id
  from reference.ingredients i
  left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
  join reference.drug_ingredients l on l.ingredient_id = i.ingredient_id
  join reference.drugs d on d.drug_id = l.drug_id and d.atc_code is null
  where left(coalesce(b.atc_code, i.atc_code), 5) = $2
    and not exists (select from reference.drug_ingredients o where o.drug_id = l.drug_id and o.drug_ingredient_id <> l.drug_ingredient_id)
)
select d.drug_id as "drugId", coalesce(d.route = w.route, false) as "sameRoute", ${PER_UNIT} as "unitPrice",
  case when d.base_unit = w.base_unit then ${PER_UNIT} - ${ASKED_PER_UNIT} end as "unitPriceDifference",
  (select coalesce(array_agg(distinct n.name order by n.name), '{}') from unnest(c.ingredients) u (id) join reference.ingredients n on n.ingredient_id = u.id) as ingredients
from wanted w
join candidates k on k.drug_id <> w.drug_id
join reference.drugs d on d.drug_id = k.drug_id and d.status = 'active'
cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
where c.ingredients is distinct from w.ingredients
order by not d.drug_id = any ($3::integer[]), not coalesce(d.route = w.route, false), "unitPrice" nulls last, d.drug_id
limit $4`;

/** The ATC codes of a product ($1): its own, and those of its ingredients, a salt counting as its base. */
export const FIND_CODES = `
select /* substitutes.findCodes */ d.atc_code as own,
  coalesce((
    select array_agg(distinct coalesce(b.atc_code, i.atc_code) order by coalesce(b.atc_code, i.atc_code))
    from reference.drug_ingredients l
    join reference.ingredients i using (ingredient_id)
    left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
    where l.drug_id = d.drug_id and coalesce(b.atc_code, i.atc_code) is not null), '{}') as "ofIngredients"
from reference.drugs d
where d.drug_id = $1`;

/**
 * Active products of classes near to that of a product ($1): ATC prefixes ($2) with how near each is ($3, 0 the nearest). One
 * product of each content and route, for what screening says of one it says of all: the one in stock ($4), of the same form,
 * cheapest. In stock first, then those of the same route, then the nearest, then the cheapest. $5 only what is sold without a
 * prescription, $6 limit. A product without a code of its own counts by that of its only ingredient. Indexes: drugs_atc_idx,
 * drug_ingredients_ingredient_idx.
 */
export const FIND_NEAR = `
with /* substitutes.findNear */ wanted as materialized (
  select d.drug_id, d.route, d.dosage_form, d.price, d.base_unit, d.units_per_pack, c.ingredients
  from reference.drugs d cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
  where d.drug_id = $1
), classes as materialized (
  select c.prefix, c.nearness from unnest($2::text[], $3::integer[]) as c (prefix, nearness)
), coded as (
  select d.drug_id, d.atc_code as code, c.nearness
  from classes c join reference.drugs d on d.atc_code ~>=~ c.prefix and d.atc_code ~<~ (c.prefix || '~')
  union all
  select l.drug_id, coalesce(b.atc_code, i.atc_code), c.nearness
  from reference.ingredients i
  left join reference.ingredients b on b.ingredient_id = i.base_ingredient_id
  join classes c on starts_with(coalesce(b.atc_code, i.atc_code), c.prefix)
  join reference.drug_ingredients l on l.ingredient_id = i.ingredient_id
  join reference.drugs d on d.drug_id = l.drug_id and d.atc_code is null
  where not exists (select from reference.drug_ingredients o where o.drug_id = l.drug_id and o.drug_ingredient_id <> l.drug_ingredient_id)
), candidates as materialized (
  select drug_id, min(nearness) as nearness, min(left(code, 5)) as class from coded group by drug_id
), one_each as materialized (
  select distinct on (c.ingredients, d.route) d.drug_id, c.ingredients, k.nearness, k.class,
    d.drug_id = any ($4::integer[]) as in_stock, coalesce(d.route = w.route, false) as same_route, ${PER_UNIT} as unit_price,
    case when d.base_unit = w.base_unit then ${PER_UNIT} - ${ASKED_PER_UNIT} end as unit_price_difference
  from wanted w
  join candidates k on k.drug_id <> w.drug_id
  join reference.drugs d on d.drug_id = k.drug_id and d.status = 'active' and not ($5::boolean and (d.rx_only or d.controlled_schedule is not null))
  cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
  where c.ingredients is distinct from w.ingredients
  order by c.ingredients, d.route, not d.drug_id = any ($4::integer[]), d.dosage_form is distinct from w.dosage_form,
    ${PER_UNIT} nulls last, d.drug_id
)
select e.drug_id as "drugId", e.same_route as "sameRoute", e.in_stock as "isInStock", e.nearness, e.class as "atcCode", t.name as "atcName",
  e.unit_price as "unitPrice", e.unit_price_difference as "unitPriceDifference", coalesce(e.ingredients, '{}') as "ingredientIds",
  (select coalesce(array_agg(distinct n.name order by n.name), '{}') from unnest(e.ingredients) u (id) join reference.ingredients n on n.ingredient_id = u.id) as ingredients
from one_each e
left join reference.therapeutic_categories t on t.code = e.class and t.kind = 'atc'
order by not e.in_stock, not e.same_route, e.nearness, e.unit_price nulls last, e.drug_id
limit $6`;
