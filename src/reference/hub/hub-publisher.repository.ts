import { randomBytes, randomUUID } from 'node:crypto';

import type pg from 'pg';

import { PUBLICATION, READER, SLOT_PREFIX } from './hub-links.sql.js';
import { runAll, type Standing } from './hub-session.repository.js';

/** What was published, and how branches log in. */
interface Published {
  readonly hubId: string;
  readonly tables: number;
  /** Shown once; null: the login keeps the one it had. */
  readonly password: string | null;
}

const OBSTACLES = `
select /* hub.obstacles */ exists (select from operational.compound_formulas) or exists (select from reference.drugs where source = 'compounded') as "hasFormulas",
  exists (select from operational.patients) as "hasPatients", exists (select from pg_roles where rolname = $1) as "hasReader",
  (select count(*)::int from reference.published_tables()) as tables`;

/** $1 login of branches, $2 its password or null where it keeps it. */
const READER_COMMANDS = `
select /* hub.readerCommands */ format('create role %I login replication nosuperuser nocreatedb nocreaterole noinherit connection limit 100', $1::text) as command
where not exists (select from pg_roles where rolname = $1::text)
union all
select format('alter role %I password %L', $1::text, $2::text) where $2::text is not null`;

/**
 * $1 publication, $2 login of branches. A list of columns only where a table has some that stay: elsewhere a new column is published by itself.
 */
const PUBLISH_COMMANDS = `
with told as (
  select string_agg(format('%s%s', p, case when cardinality(reference.published_columns(p)) < (select count(*) from pg_attribute a
      where a.attrelid = p and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')
    then (select format(' (%s)', string_agg(quote_ident(u), ', ')) from unnest(reference.published_columns(p)) u) else '' end), ', ') as list,
    string_agg(p::text, ', ') as names
  from reference.published_tables() p
)
select /* hub.publishCommands */ unnest(array[
  format('grant connect on database %I to %I', current_database(), $2::text),
  format('grant usage on schema reference to %I', $2::text),
  format('grant select on %s, public.meditory_migrations to %I', names, $2::text),
  case when exists (select from pg_publication where pubname = $1::text) then format('alter publication %I set table %s', $1::text, list)
    else format('create publication %I for table %s with (publish = ''insert, update, delete'')', $1::text, list) end]) as command
from told`;

const NAME_HUB = `insert /* hub.name */ into reference.hub_links (role, hub_id) values ('hub', $1) on conflict do nothing`;
const FIRST_BEAT = `
insert /* hub.firstBeat */ into reference.hub_beats (hub_id, beat_at, schema_level) values ($1, clock_timestamp(), $2)
on conflict (hub_id) do update set beat_at = excluded.beat_at, schema_level = excluded.schema_level`;

/**
 * Makes this database the hub: publication, login of branches, sign of life. Again, it names what is new since. Throws where something stands against
 * it; nothing is changed then.
 */
export async function publish(
  client: pg.Client,
  standing: Standing,
  options: { besidePatients: boolean; newPassword: boolean },
): Promise<Published> {
  const { rows } = await client.query<{
    hasFormulas: boolean;
    hasPatients: boolean;
    hasReader: boolean;
    tables: number;
  }>(OBSTACLES, [READER]);
  const [found] = rows;
  if (!found) throw new Error('The database does not answer.');
  if (found.hasFormulas)
    throw new Error(
      'There are compounding formulas: their products would be published and their formulas not. A hub has none.',
    );
  if (found.hasPatients && !options.besidePatients)
    throw new Error(
      'There are patients in this database. A login that replicates can read all that is written to it: make the hub an installation of its own, or say --beside-patients.',
    );
  const hubId = standing.hubId ?? randomUUID();
  const password = !found.hasReader || options.newPassword ? randomBytes(24).toString('base64url') : null;
  await client.query('begin');
  await runAll(client, READER_COMMANDS, [READER, password]);
  await runAll(client, PUBLISH_COMMANDS, [PUBLICATION, READER]);
  await client.query(NAME_HUB, [hubId]);
  await client.query(FIRST_BEAT, [hubId, standing.level]);
  await client.query('commit');
  return { hubId, tables: found.tables, password };
}

const SLOTS = `
select /* hub.slots */ slot_name::text as name, active from pg_replication_slots where starts_with(slot_name::text, $1) and database = current_database()`;
const DROP_SLOT = `select /* hub.dropSlot */ pg_drop_replication_slot($1)`;
/** $1 publication, $2 login of branches. */
const WITHDRAW_COMMANDS = `
select /* hub.withdrawCommands */ format('drop publication if exists %I', $1::text) as command
union all
select unnest(array[format('drop owned by %I', $2::text), format('drop role %I', $2::text)]) where exists (select from pg_roles where rolname = $2::text)`;

/** Gives up the place kept for a branch that will not come again. Throws where it is connected, or there is no such place. */
export async function forgetBranch(client: pg.Client, name: string): Promise<string> {
  const { rows } = await client.query<{ name: string; active: boolean }>(SLOTS, [SLOT_PREFIX]);
  const slot = rows.find((one) => one.name === name || one.name === `${SLOT_PREFIX}${name}`);
  if (!slot) throw new Error(`There is no branch ${name}. hub status names them.`);
  if (slot.active) throw new Error(`${slot.name} is connected: let the branch leave first.`);
  await client.query(DROP_SLOT, [slot.name]);
  return slot.name;
}

/** The hub publishes no more; throws while a branch is connected. */
export async function withdraw(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; active: boolean }>(SLOTS, [SLOT_PREFIX]);
  const connected = rows.filter(({ active }) => active).map(({ name }) => name);
  if (connected.length > 0)
    throw new Error(`Branches are connected: ${connected.join(', ')}. Let them leave first.`);
  for (const { name } of rows) await client.query(DROP_SLOT, [name]);
  await client.query('begin');
  await runAll(client, WITHDRAW_COMMANDS, [PUBLICATION, READER]);
  await client.query('delete /* hub.endBeats */ from reference.hub_beats');
  await client.query('delete /* hub.endHub */ from reference.hub_links');
  await client.query('commit');
}
