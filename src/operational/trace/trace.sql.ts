/** Events of packs, their outbox and their batches. Each list is read by branch, newest first, below a cursor or by page. */
const EVENT_COLUMNS = `
  e.trace_event_id as "traceEventId", e.kind, e.gtin, e.serial, e.lot_number as "lotNumber", e.expiry_date as "expiryDate", trim_scale(e.quantity)::text as quantity,
  trim_scale(e.remaining)::text as remaining, e.gln, e.occurred_at as "occurredAt", e.recorded_at as "recordedAt", e.is_scanned as "isScanned",
  e.corrects_event_id as "correctsEventId", x.kind as "correctsKind", x.occurred_at as "correctsOccurredAt", e.reason`;

const LISTED_COLUMNS = `${EVENT_COLUMNS},
  e.pack_serial_id as "packSerialId", p.drug_id as "drugId", d.name as "drugName", o.trace_batch_id as "traceBatchId",
  case when o.trace_event_id is null then 'accepted' when o.trace_batch_id is null then 'pending' else 'exported' end as state,
  exists (select from operational.trace_events c where c.corrects_event_id = e.trace_event_id) as "isCorrected", u.full_name as "userName"`;

const LISTED_TABLES = `
from operational.trace_events e
left join operational.trace_events x on x.trace_event_id = e.corrects_event_id
left join operational.trace_outbox o on o.trace_event_id = e.trace_event_id
left join lateral (select q.drug_id from operational.pack_serials q where q.pack_serial_id = e.pack_serial_id) p on true
left join lateral (select b.drug_id from reference.drug_barcodes b where b.gtin = e.gtin) g on true
left join reference.drugs d on d.drug_id = coalesce(p.drug_id, g.drug_id)
left join operational.users u on u.user_id = e.user_id`;

/** Index: trace_events_branch_idx. */
export const FIND_EVENTS = `
select /* trace.findEvents */ ${LISTED_COLUMNS}
${LISTED_TABLES}
where e.branch_id = $1 and ($2::text is null or $2 = case when o.trace_event_id is null then 'accepted' when o.trace_batch_id is null then 'pending' else 'exported' end)
  and ($3::text is null or e.kind = $3) and ($4::bigint is null or e.trace_event_id < $4)
order by e.trace_event_id desc limit $5`;

export const FIND_EVENT = `
select /* trace.findEvent */ ${LISTED_COLUMNS}
${LISTED_TABLES}
where e.branch_id = $1 and e.trace_event_id = $2`;

/** The first that wait, oldest first, but those left out. Index: trace_outbox_branch_idx. */
export const FIND_PENDING = `
select /* trace.findPending */ ${EVENT_COLUMNS}
from operational.trace_outbox w join operational.trace_events e using (trace_event_id)
left join operational.trace_events x on x.trace_event_id = e.corrects_event_id
where w.branch_id = $1 and w.trace_batch_id is null and e.format = $2 and e.trace_event_id <> all ($3::bigint[])
order by e.trace_event_id limit $4`;

/** Of these events, those that went out earlier: with a batch that was not rejected. Index: trace_batch_events_event_idx. */
export const GIVEN_OUT = `
select /* trace.givenOut */ distinct b.trace_event_id as "traceEventId"
from operational.trace_batch_events b join operational.trace_batches t using (trace_batch_id)
where b.trace_event_id = any ($1::bigint[]) and t.status <> 'rejected'`;

/** One batch of a branch is made at a time. The first number names this kind of lock. */
export const QUEUE = 'select /* trace.queue */ pg_advisory_xact_lock(1799191, $1)';

export const INSERT_CORRECTION = `
insert /* trace.insertCorrection */ into operational.trace_events (branch_id, kind, corrects_event_id, reason) values ($1, 'correction', $2, $3)
returning trace_event_id as "traceEventId"`;

export const INSERT_BATCH = `
insert /* trace.insertBatch */ into operational.trace_batches (branch_id, format) values ($1, $2) returning trace_batch_id as "traceBatchId"`;

export const INSERT_BATCH_EVENTS = `
insert /* trace.insertBatchEvents */ into operational.trace_batch_events (trace_batch_id, trace_event_id, branch_id)
select $1, u.id, $2 from unnest($3::bigint[]) as u (id) order by u.id`;

const BATCH_COLUMNS = `
  b.trace_batch_id as "traceBatchId", b.format, b.status, b.status_reason as "statusReason", b.created_at as "createdAt", c.full_name as "createdBy", b.closed_at as "closedAt",
  k.full_name as "closedBy", b.version, (select count(*)::integer from operational.trace_batch_events i where i.trace_batch_id = b.trace_batch_id) as "eventCount"`;

const BATCH_TABLES = `
from operational.trace_batches b
left join operational.users c on c.user_id = b.created_by
left join operational.users k on k.user_id = b.closed_by`;

export const FIND_BATCHES = `
select /* trace.findBatches */ ${BATCH_COLUMNS}, count(*) over ()::integer as "rowTotal"
${BATCH_TABLES}
where b.branch_id = $1 and ($2::text is null or b.status = $2)
order by b.trace_batch_id desc limit $3 offset $4`;

export const FIND_BATCH = `
select /* trace.findBatch */ ${BATCH_COLUMNS}
${BATCH_TABLES}
where b.branch_id = $1 and b.trace_batch_id = $2`;

export const LOCK_BATCH = `
select /* trace.lockBatch */ b.status, b.version from operational.trace_batches b where b.branch_id = $1 and b.trace_batch_id = $2 for update`;

/** Index: trace_batch_events_pkey. */
export const BATCH_EVENTS = `
select /* trace.batchEvents */ ${EVENT_COLUMNS}
from operational.trace_batch_events i join operational.trace_events e using (trace_event_id)
left join operational.trace_events x on x.trace_event_id = e.corrects_event_id
where i.trace_batch_id = $1
order by e.trace_event_id`;

export const CLOSE_BATCH = `
update /* trace.closeBatch */ operational.trace_batches set status = $2, status_reason = $3, version = version + 1 where trace_batch_id = $1`;

export const FIND_POLICY = `
select /* trace.findPolicy */ t.format, t.gln, t.demand_known as "demandKnown", t.demand_scan as "demandScan", t.deadline_hours as "deadlineHours", t.warn_hours as "warnHours",
  t.stop_when_late as "stopWhenLate", t.version
from operational.trace_policies t where t.branch_id = $1`;

export const INSERT_POLICY = `
insert /* trace.insertPolicy */ into operational.trace_policies (branch_id, format, gln, demand_known, demand_scan, deadline_hours, warn_hours, stop_when_late, changed_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (branch_id) do nothing`;

export const UPDATE_POLICY = `
update /* trace.updatePolicy */ operational.trace_policies set format = $2, gln = $3, demand_known = $4, demand_scan = $5, deadline_hours = $6, warn_hours = $7, stop_when_late = $8,
  changed_by = $9, changed_at = now(), version = version + 1
where branch_id = $1 and version = $10`;

/** What waits, by how far it is. Index: trace_outbox_branch_idx. */
export const WAITING = `
select /* trace.waiting */ min(o.occurred_at) as oldest, (count(*) filter (where o.trace_batch_id is null))::integer as pending,
  (count(*) filter (where o.trace_batch_id is not null))::integer as exported
from operational.trace_outbox o where o.branch_id = $1`;

/** Packs set aside: their serial was seen twice, or somebody doubts them. */
export const SET_ASIDE = `
select /* trace.setAside */ count(*)::integer as "setAside", (count(*) filter (where p.duplicate_of is not null))::integer as "seenTwice"
from operational.pack_serials p where p.branch_id = $1 and p.status = 'quarantined'`;

/** Transaction data of what came, by lot number ($2) or by serial ($3), newest first. Indexes: dscsa_statements_lot_idx, pack_serials_serial_idx. */
export const FIND_DSCSA = `
select /* trace.findDscsa */ s.goods_receipt_item_id as "goodsReceiptItemId", s.drug_id as "drugId", s.product_name as "productName", s.strength, s.dosage_form as "dosageForm", s.ndc,
  s.lot_number as "lotNumber", s.expiry_date as "expiryDate", trim_scale(s.quantity)::text as quantity, trim_scale(s.container_size)::text as "containerSize",
  s.transaction_date as "transactionDate", s.from_name as "fromName", s.to_name as "toName", s.document, s.statement,
  coalesce((select json_agg(json_build_object('gtin', p.gtin, 'serial', p.serial) order by p.pack_serial_id)
    from operational.pack_serials p where p.goods_receipt_item_id = s.goods_receipt_item_id), '[]') as serials
from operational.dscsa_statements s
where s.branch_id = $1 and ($2::text is null or upper(btrim(s.lot_number)) = upper(btrim($2)))
  and ($3::text is null or s.goods_receipt_item_id in (select q.goods_receipt_item_id from operational.pack_serials q where q.serial = $3 and ($4::text is null or q.gtin = $4)))
order by s.goods_receipt_item_id desc limit 100`;
