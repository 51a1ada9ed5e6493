import { CONTENTS, strengthText } from './substitutes.sql.js';

/**
 * Whether two products ($1, $2) have the same contents, by the rules the list of equivalents goes by: ingredients and
 * amounts (or strengths as written where an amount is not known), form family, route. `unknown` where something that
 * would decide is not known. No row where one of them does not exist. Index: drug_ingredients of each product.
 */
export const COMPARE = `
with /* productComparison.compare */ two as (
  select d.drug_id, d.route, d.dosage_form, f.form_family, c.lines, c.linked, c.known, c.content, c.ingredients,
    ${strengthText('d.strength')} as strength
  from reference.drugs d
  left join reference.dosage_forms f on f.name = d.dosage_form
  cross join lateral (${CONTENTS} where l.drug_id = d.drug_id) c
  where d.drug_id in ($1, $2)
)
select case
    when a.lines = 0 or a.linked < a.lines or b.lines = 0 or b.linked < b.lines then 'unknown'
    when a.ingredients <> b.ingredients then 'other'
    when a.form_family is null or b.form_family is null or a.route is null or b.route is null then 'unknown'
    when a.route <> b.route or a.form_family <> b.form_family or (a.form_family = 'other' and a.dosage_form <> b.dosage_form) then 'other'
    when a.known = a.lines and b.known = b.lines then case when a.content = b.content then 'same' else 'other' end
    when a.strength = b.strength then 'same'
    else 'unknown' end as contents
from two a join two b on b.drug_id = $2
where a.drug_id = $1`;
