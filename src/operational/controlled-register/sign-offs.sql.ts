/** Business day and what is open before it. Days are bounded: the oldest say enough. */
export const OVERDUE_DAYS = `
select /* signOffs.overdueDays */ o.business_day as day, count(*)::integer as products
from operational.open_register_days($1) o where o.business_day < $2::date
group by o.business_day order by o.business_day limit 60`;

export const LAST = `
select /* signOffs.last */ max(s.business_day) as "lastDay", max(s.business_day) filter (where s.scope = 'all') as "lastAllDay"
from operational.controlled_sign_offs s where s.branch_id = $1`;

/**
 * What is to be counted to sign a day off: what has open entries up to it, or everything ($3), with the last count taken since. What
 * the register expects is not in it. Index: controlled_counts_latest_idx.
 */
export const TO_COUNT = `
select /* signOffs.toCount */ r.drug_id as "drugId", d.name as "drugName", d.name_ar as "drugNameAr", d.strength, d.base_unit as "baseUnit",
  d.controlled_schedule as schedule, c.count_id as "countId", trim_scale(c.counted)::text as counted, c.counted_at as "countedAt",
  coalesce(c.counted <> c.expected, false) as differs, c.entry_no < o.entry_no as "isStale",
  (select count(*)::integer from operational.controlled_counts n where n.branch_id = r.branch_id and n.drug_id = r.drug_id
    and n.count_id > coalesce(signed.count_id, 0)) as attempts,
  coalesce((select jsonb_agg(jsonb_build_object('lotNumber', l.lot_number, 'expiryDate', l.expiry_date, 'status', l.status) order by l.expiry_date nulls last, l.lot_id)
    from operational.inventory_lots l where l.branch_id = r.branch_id and l.drug_id = r.drug_id and l.quantity > 0), '[]'::jsonb) as lots
from operational.controlled_registers r
join reference.drugs d on d.drug_id = r.drug_id
left join lateral (
  select max(s.count_id) as count_id from operational.controlled_sign_off_counts s where s.branch_id = r.branch_id and s.drug_id = r.drug_id) signed on true
left join lateral (
  select max(x.entry_no) as entry_no from operational.open_register_days($1) x where x.drug_id = r.drug_id and x.business_day <= $2::date) o on true
left join lateral (
  select n.* from operational.controlled_counts n where n.branch_id = r.branch_id and n.drug_id = r.drug_id
    and n.count_id > coalesce(signed.count_id, 0) order by n.count_id desc limit 1) c on true
where r.branch_id = $1 and r.last_entry_no > 0 and (o.entry_no is not null or $3)
order by d.name, r.drug_id limit 1000`;

/** The trigger writes what is expected, and who counted. */
export const INSERT_COUNT = `
insert /* signOffs.insertCount */ into operational.controlled_counts (branch_id, drug_id, counted, entry_no, expected, counted_by)
values ($1, $2, $3, 0, 0, $4)
returning count_id as "countId", drug_id as "drugId", trim_scale(counted)::text as counted, counted <> expected as differs`;

export const INSERT = `
insert /* signOffs.insert */ into operational.controlled_sign_offs (branch_id, business_day, scope, note, signed_by)
values ($1, $2, $3, $4, $5) returning sign_off_id as "signOffId"`;

export const INSERT_COUNTS = `
insert /* signOffs.insertCounts */ into operational.controlled_sign_off_counts (sign_off_id, branch_id, drug_id, count_id, explanation)
select $1, $2, u.drug_id, u.count_id, u.explanation
from unnest($3::integer[], $4::integer[], $5::text[]) as u (drug_id, count_id, explanation)`;

const SHOWN = `
  s.sign_off_id as "signOffId", s.business_day as "businessDay", s.scope, s.note, u.full_name as "signedBy", s.signed_at as "signedAt",
  coalesce((select jsonb_agg(jsonb_build_object('drugId', x.drug_id, 'drugName', d.name, 'counted', trim_scale(c.counted)::text,
      'expected', trim_scale(c.expected)::text, 'difference', trim_scale(c.counted - c.expected)::text, 'explanation', x.explanation,
      'entryNo', c.entry_no, 'countedBy', cu.full_name, 'countedAt', c.counted_at) order by d.name, x.drug_id)
    from operational.controlled_sign_off_counts x join operational.controlled_counts c using (count_id)
    join reference.drugs d on d.drug_id = x.drug_id join operational.users cu on cu.user_id = c.counted_by
    where x.sign_off_id = s.sign_off_id), '[]'::jsonb) as counts`;

export const FIND_PAGE = `
select /* signOffs.findPage */ ${SHOWN}, count(*) over () as "rowTotal"
from operational.controlled_sign_offs s join operational.users u on u.user_id = s.signed_by
where s.branch_id = $1 order by s.business_day desc limit $2 offset $3`;

export const FIND_ONE = `
select /* signOffs.findOne */ ${SHOWN}
from operational.controlled_sign_offs s join operational.users u on u.user_id = s.signed_by
where s.branch_id = $1 and s.sign_off_id = $2`;
