const COLUMNS = `
  c.counter_reservation_id as "reservationId", c.drug_id as "drugId", d.name as "drugName", d.base_unit as "baseUnit", trim_scale(c.quantity)::text as quantity,
  c.held_for as "heldFor", c.status, c.expires_at as "expiresAt", cu.full_name as "createdBy", c.created_at as "createdAt", xu.full_name as "closedBy", c.closed_at as "closedAt",
  coalesce((select jsonb_agg(jsonb_build_object('lotId', l.lot_id, 'lotNumber', l.lot_number, 'expiryDate', l.expiry_date, 'bin', l.bin, 'quantity', trim_scale(r.quantity)::text)
      order by l.expiry_date nulls last, l.received_at, l.lot_id)
    from operational.stock_reservations r join operational.inventory_lots l on l.lot_id = r.lot_id where r.counter_reservation_id = c.counter_reservation_id), '[]'::jsonb) as lots`;

const TABLES = `
from operational.counter_reservations c join reference.drugs d on d.drug_id = c.drug_id
join operational.users cu on cu.user_id = c.created_by left join operational.users xu on xu.user_id = c.closed_by`;

/** Newest first. Index: counter_reservations_branch_idx. */
export const FIND_PAGE = `
select /* stockReservations.findPage */ ${COLUMNS}, count(*) over ()::integer as "rowTotal"
${TABLES}
where c.branch_id = $1 and ($2::text is null or c.status = $2) and ($3::integer is null or c.drug_id = $3)
order by c.counter_reservation_id desc limit $4 offset $5`;

export const FIND_ONE = `
select /* stockReservations.findOne */ ${COLUMNS}
${TABLES}
where c.branch_id = $1 and c.counter_reservation_id = $2`;

export const LOCK = `
select /* stockReservations.lock */ c.status from operational.counter_reservations c where c.branch_id = $1 and c.counter_reservation_id = $2 for update`;

export const INSERT = `
insert /* stockReservations.insert */ into operational.counter_reservations (branch_id, drug_id, quantity, held_for, expires_at, created_by)
values ($1, $2, $3, $4, now() + make_interval(mins => $5), $6) returning counter_reservation_id as "reservationId"`;

export const INSERT_LOTS = `
insert /* stockReservations.insertLots */ into operational.stock_reservations (branch_id, lot_id, counter_reservation_id, quantity, expires_at)
select c.branch_id, u.lot_id, c.counter_reservation_id, u.quantity, c.expires_at
from operational.counter_reservations c, unnest($2::integer[], $3::numeric[]) with ordinality as u (lot_id, quantity, n)
where c.counter_reservation_id = $1 order by u.n`;

/** Reservations whose time is over, at most $1; those another server has in hand are left to it. Index: counter_reservations_due_idx. */
export const LOCK_DUE = `
select /* stockReservations.lockDue */ c.counter_reservation_id as "reservationId" from operational.counter_reservations c
where c.status = 'open' and c.expires_at <= now() order by c.expires_at, c.counter_reservation_id limit $1 for update skip locked`;

/** The lots of reservations, locked in the order of all stock locks. */
export const LOCK_LOTS = `
select /* stockReservations.lockLots */ l.lot_id from operational.inventory_lots l
where l.lot_id in (select r.lot_id from operational.stock_reservations r where r.counter_reservation_id = any ($1::integer[]) and r.status = 'open')
order by l.drug_id, l.expiry_date nulls last, l.received_at, l.lot_id for update`;

export const CLOSE = `
update /* stockReservations.close */ operational.counter_reservations c set status = $2, closed_by = $3, closed_at = now()
where c.counter_reservation_id = any ($1::integer[])`;

export const FREE_LOTS = `
update /* stockReservations.freeLots */ operational.stock_reservations r set status = 'released', closed_at = now()
where r.counter_reservation_id = any ($1::integer[]) and r.status = 'open'`;

export const BRANCH_IDS = `select /* stockReservations.branchIds */ b.branch_id as "branchId" from operational.branches b order by b.branch_id`;
