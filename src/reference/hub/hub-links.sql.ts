/** Names of ours at PostgreSQL. */
export const PUBLICATION = 'meditory_reference';
export const READER = 'meditory_hub_reader';
export const SLOT_PREFIX = 'meditory_branch_';

export const FIND_ROLE = `select /* hub.findRole */ coalesce((select role from reference.hub_links), 'alone') as role`;

/** One row. */
export const FIND_STATE = `
select /* hub.findState */ coalesce(l.role, 'alone') as role, l.hub_id::text as "hubId", l.address, l.linked_at as "linkedAt",
  (select max(greatest(r.applied_at, r.reverted_at)) from reference.import_releases r) as "releasedAt",
  b.beat_at as "heardAt", b.schema_level as "hubLevel",
  (select m.name::text from public.meditory_migrations m order by m.timestamp desc limit 1) as level,
  (select json_build_object('isEnabled', s.subenabled,
      'isRunning', exists (select from pg_stat_subscription w where w.subid = s.oid and w.relid is null and w.pid is not null),
      'errors', coalesce((select e.apply_error_count from pg_stat_subscription_stats e where e.subid = s.oid), 0))
    from pg_subscription s where s.subname = '${PUBLICATION}' and s.subdbid = (select d.oid from pg_database d where d.datname = current_database())) as subscription,
  case when l.role = 'hub' then (
    select coalesce(json_agg(json_build_object('slotName', p.slot_name, 'isActive', p.active, 'isLost', coalesce(p.wal_status = 'lost', false),
      'lagBytes', (pg_current_wal_lsn() - p.confirmed_flush_lsn)::float8) order by p.slot_name), '[]')
    from pg_replication_slots p where p.slot_name like '${SLOT_PREFIX.replaceAll('_', '\\_')}%' and p.database = current_database()
  ) else '[]' end as subscribers,
  clock_timestamp() as now
from (select) one
left join reference.hub_links l on true
left join reference.hub_beats b on b.hub_id = l.hub_id`;

/** The hub gives a sign of life. $1: its last migration. */
export const BEAT = `update /* hub.beat */ reference.hub_beats set beat_at = clock_timestamp(), schema_level = $1`;

/** When the last release arrived that was not tidied up after, as text that loses nothing; no row: none. */
export const FIND_UNTIDIED = `
select /* hub.findUntidied */ r.until::text as until
from reference.hub_links l cross join (select max(greatest(applied_at, reverted_at)) as until from reference.import_releases) r
where l.role = 'branch' and r.until is distinct from l.tidied_until`;

/** $1: as found before. */
export const NOTE_TIDIED = `update /* hub.noteTidied */ reference.hub_links set tidied_until = $1::timestamptz`;
