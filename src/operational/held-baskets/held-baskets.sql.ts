const ROW = `
  h.held_basket_id as "heldBasketId", h.label, h.patient_id as "patientId", p.first_name || ' ' || p.last_name as "patientName",
  jsonb_array_length(h.lines) as "lineCount", h.total::text as total, h.status, u.full_name as "heldBy", h.held_at as "heldAt", h.expires_at as "expiresAt"`;

const FROM = `
from operational.held_baskets h
join operational.users u on u.user_id = h.held_by
left join operational.patients p on p.patient_id = h.patient_id`;

/** Baskets that wait at the branch, the newest first. Index: held_baskets_open_idx; at most 50 rows. */
export const FIND_PAGE = `
select /* heldBaskets.page */ ${ROW}, count(*) over ()::integer as "rowTotal" ${FROM}
where h.branch_id = $1 and h.status = 'held' and h.expires_at > now()
order by h.held_basket_id desc limit $2 offset $3`;

export const FIND_ONE = `
select /* heldBaskets.find */ ${ROW}, h.lines,
  (select array_agg(coalesce(d.name, f.name, '') order by l.n)
   from jsonb_array_elements(h.lines) with ordinality as l (line, n)
   left join reference.drugs d on d.drug_id = (l.line ->> 'drugId')::integer
   left join lateral (select fd.name from operational.fills x join reference.drugs fd on fd.drug_id = x.drug_id
     where x.fill_id = (l.line ->> 'fillId')::integer and x.branch_id = h.branch_id) f on true) as names ${FROM}
where h.branch_id = $1 and h.held_basket_id = $2`;

export const INSERT = `
insert /* heldBaskets.insert */ into operational.held_baskets (branch_id, label, patient_id, lines, total)
values ($1, $2, $3, $4::jsonb, $5) returning held_basket_id as "heldBasketId"`;

/** One of several tills that want it gets it: the others find it gone. */
export const MOVE = `
update /* heldBaskets.move */ operational.held_baskets set status = $4
where branch_id = $1 and held_basket_id = $2 and status = $3 and expires_at > now()`;
