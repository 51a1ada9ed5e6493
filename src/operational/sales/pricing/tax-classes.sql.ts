/** Rates a class shows at most. */
const RATES_SHOWN = 20;

const CLASS_COLUMNS = `
  c.tax_class_id as "taxClassId", c.code, c.name, c.name_ar as "nameAr", c.prices_include_tax as "pricesIncludeTax", c.version,
  trim_scale(operational.tax_rate(c.tax_class_id, t.today))::text as rate,
  (select count(*)::integer from operational.drug_tax_classes d where d.tax_class_id = c.tax_class_id) as "drugCount",
  coalesce(b.tax_class_id = c.tax_class_id, false) as "isDefault",
  coalesce(coalesce(b.rx_tax_class_id, b.tax_class_id) = c.tax_class_id, false) as "isRxDefault",
  coalesce((select jsonb_agg(jsonb_build_object('validFrom', r.valid_from, 'rate', trim_scale(r.rate)::text, 'setBy', u.full_name, 'setAt', r.set_at,
      'isInEffect', r.valid_from <= t.today and not exists (select from operational.tax_rates n where n.tax_class_id = r.tax_class_id and n.valid_from > r.valid_from and n.valid_from <= t.today))
      order by r.valid_from desc)
    from (select * from operational.tax_rates x where x.tax_class_id = c.tax_class_id order by x.valid_from desc limit ${RATES_SHOWN}) r
    join operational.users u on u.user_id = r.set_by), '[]'::jsonb) as rates
from operational.tax_classes c
join operational.branches b on b.branch_id = $1
cross join lateral (select (now() at time zone b.time_zone)::date as today) t`;

/** Tax classes by code, with what the branch makes of them. */
export const FIND_PAGE = `
select /* taxClasses.page */ count(*) over ()::integer as "rowTotal", ${CLASS_COLUMNS}
order by c.code limit $2 offset $3`;

export const FIND_ONE = `
select /* taxClasses.one */ ${CLASS_COLUMNS} where c.tax_class_id = $2`;

export const INSERT = `
insert /* taxClasses.insert */ into operational.tax_classes (code, name, name_ar, prices_include_tax)
values ($1, $2, $3, $4) returning tax_class_id as "taxClassId"`;

/** No row: it has another version. */
export const UPDATE = `
update /* taxClasses.update */ operational.tax_classes set name = $3, name_ar = $4, version = version + 1
where tax_class_id = $1 and version = $2`;

/** A rate from a day on ($2); one whose day has begun is refused by the database (tax_rates_guard). */
export const SET_RATE = `
insert /* taxClasses.setRate */ into operational.tax_rates (tax_class_id, valid_from, rate, set_by)
values ($1, $2, $3, $4)
on conflict (tax_class_id, valid_from) do update set rate = excluded.rate, set_by = excluded.set_by, set_at = now()`;

export const SET_DEFAULTS = `
update /* taxClasses.setDefaults */ operational.branches set tax_class_id = $2, rx_tax_class_id = $3, version = version + 1 where branch_id = $1`;

export const SET_DRUG = `
insert /* taxClasses.setDrug */ into operational.drug_tax_classes (drug_id, tax_class_id) values ($1, $2)
on conflict (drug_id) do update set tax_class_id = excluded.tax_class_id`;

export const UNSET_DRUG = `
delete /* taxClasses.unsetDrug */ from operational.drug_tax_classes where drug_id = $1`;

/** Products with a class of their own. Index: drug_tax_classes_class_idx. */
export const FIND_DRUGS = `
select /* taxClasses.drugs */ count(*) over ()::integer as "rowTotal", d.drug_id as "drugId", d.name, d.name_ar as "nameAr"
from operational.drug_tax_classes t join reference.drugs d using (drug_id)
where t.tax_class_id = $1 order by d.name, d.drug_id limit $2 offset $3`;
