/**
 * Keeps a near miss. Where the branch does not name people ($13 false) neither who nor which fill is kept, and of the
 * moment only the hour.
 */
export const INSERT = `
insert /* nearMisses.insert */ into operational.near_misses
  (branch_id, kind, stage, source, expected_drug_id, found_drug_id, expected_lot, found_lot, cause, description, fill_id, user_id, occurred_at)
select $1, $2, $3, $4, $5, $6, left($7, 500), left($8, 100), $9, $10, case when $13 then $11::integer end, case when $13 then $12::integer end,
  case when $13 then now() else date_trunc('hour', now(), 'UTC') end
returning near_miss_id as "nearMissId"`;

/** A page, newest first, by keyset. Index: near_misses_branch_idx. */
export const FIND_PAGE = `
select /* nearMisses.findPage */ n.near_miss_id as "nearMissId", n.kind, n.stage, n.source, n.expected_drug_id as "expectedDrugId",
  e.name as "expectedDrugName", n.found_drug_id as "foundDrugId", f.name as "foundDrugName", n.expected_lot as "expectedLot",
  n.found_lot as "foundLot", n.cause, n.description, case when $7 then n.fill_id end as "fillId",
  case when $7 then u.full_name end as "userName", n.occurred_at as "occurredAt"
from operational.near_misses n
left join reference.drugs e on e.drug_id = n.expected_drug_id
left join reference.drugs f on f.drug_id = n.found_drug_id
left join operational.users u on u.user_id = n.user_id
join operational.branches b on b.branch_id = n.branch_id
where n.branch_id = $1 and ($2::text is null or n.kind = $2) and ($3::text is null or n.stage = $3)
  and ($4::date is null or (n.occurred_at at time zone b.time_zone)::date >= $4)
  and ($5::date is null or (n.occurred_at at time zone b.time_zone)::date <= $5)
  and ($6::integer is null or n.near_miss_id < $6)
order by n.near_miss_id desc limit $8`;

const OF_THE_TIME = `
from operational.near_misses n join operational.branches b using (branch_id)`;

const BETWEEN = `
where n.branch_id = $1 and (n.occurred_at at time zone b.time_zone)::date between $2 and $3`;

export const BY_KIND = `
select /* nearMisses.byKind */ n.kind, n.stage, n.source, count(*)::integer as count ${OF_THE_TIME} ${BETWEEN}
group by n.kind, n.stage, n.source order by count desc, n.kind, n.stage, n.source`;

/** Products taken for each other, either way round. */
export const BY_PAIR = `
select /* nearMisses.byPair */ n.expected_drug_id as "expectedDrugId", e.name as "expectedDrugName", n.found_drug_id as "foundDrugId",
  f.name as "foundDrugName", count(*)::integer as count
${OF_THE_TIME}
join reference.drugs e on e.drug_id = n.expected_drug_id
join reference.drugs f on f.drug_id = n.found_drug_id
${BETWEEN} and n.expected_drug_id <> n.found_drug_id
group by n.expected_drug_id, e.name, n.found_drug_id, f.name order by count desc, e.name, f.name limit 200`;

/** Hours of the branch's day. */
export const BY_HOUR = `
select /* nearMisses.byHour */ extract(hour from n.occurred_at at time zone b.time_zone)::integer as hour, count(*)::integer as count
${OF_THE_TIME} ${BETWEEN} group by 1 order by 1`;

/** Months of the branch's calendar, '2026-11'. */
export const BY_MONTH = `
select /* nearMisses.byMonth */ to_char(n.occurred_at at time zone b.time_zone, 'YYYY-MM') as month, n.kind, count(*)::integer as count
${OF_THE_TIME} ${BETWEEN} group by 1, 2 order by 1, 2`;

/** Scans that matched, and those bypassed by reason: what near misses are to be seen against. */
export const SCANS = `
select /* nearMisses.scans */ coalesce(s.bypass_reason, 'matched') as result, count(*)::integer as count
from operational.fill_scans s join operational.branches b using (branch_id)
where s.branch_id = $1 and (s.scanned_at at time zone b.time_zone)::date between $2 and $3
group by 1 order by 1`;
