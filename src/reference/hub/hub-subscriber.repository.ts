import { pipeline } from 'node:stream/promises';

import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

import type { DatabaseServer } from '../../platform/config/config.js';
import { PUBLICATION, READER } from './hub-links.sql.js';
import { openHub, openSession, runAll } from './hub-session.repository.js';
import type { Difference, HubAddress } from './hub.types.js';

const HUB = `
select /* hub.askHub */ b.hub_id::text as "hubId", (select m.name::text from public.meditory_migrations m order by m.timestamp desc limit 1) as level,
  current_setting('wal_level') as "walLevel", exists (select from pg_publication where pubname = $1) as "isPublished"
from (select) one left join (select hub_id from reference.hub_beats order by beat_at desc limit 1) b on true`;
const HUB_SLOT = `select /* hub.slot */ active from pg_replication_slots where slot_name = $1`;

const OPEN_INTAKE = `select /* hub.openIntake */ name, columns from reference.open_intake()`;
const COPY_COMMANDS = `
select /* hub.copyCommands */ format('copy reference.%I (%s) to stdout', $1::text, $2::text) as "read", format('copy pg_temp.%I (%s) from stdin', 'intake_' || $1::text, $2::text) as "write"`;
const DIFFERENCES = `select /* hub.differences */ name, fresh::int as fresh, changed::int as changed, gone::int as gone from reference.intake_differences()`;
const CONFLICTS = `select /* hub.conflicts */ c as conflict from reference.intake_conflicts($1) c limit 10`;
const OWN_CATALOGUE = `
select /* hub.ownCatalogue */ exists (select from reference.drugs) or exists (select from reference.drug_interactions where rule_set is null)
  or exists (select from reference.allergy_rules where rule_set is null) or exists (select from reference.contraindications where rule_set is null)
  or exists (select from reference.dosage_guidelines where rule_set is null) as has, exists (select from operational.compound_formulas) as "hasFormulas"`;
const TAKE_OVER = `select /* hub.takeOver */ reference.take_intake_over()`;
const BROKEN = `select /* hub.broken */ b as broken from reference.broken_references() b limit 10`;
const UNLINK = `delete /* hub.unlink */ from reference.hub_links`;
const LINK = `insert /* hub.link */ into reference.hub_links (role, hub_id, address, slot_name) values ('branch', $1, $2, $3)`;
const SUBSCRIBE = `
select /* hub.subscribeCommand */ format('create subscription %I connection %L publication %I with (create_slot = false, slot_name = %L, copy_data = false, streaming = on, run_as_owner = true)',
  $1::text, $2::text, $1::text, $3::text) as command`;
const SUBSCRIPTION = `
select /* hub.subscription */ subconninfo as "conninfo", subslotname::text as "slotName", subenabled as "isEnabled" from pg_subscription
where subname = $1 and subdbid = (select oid from pg_database where datname = current_database())`;
const UNSUBSCRIBE = `
select /* hub.unsubscribeCommands */ unnest(array[format('alter subscription %I disable', $1::text), format('alter subscription %I set (slot_name = none)', $1::text),
  format('drop subscription %I', $1::text)]) as command`;
const SNAPSHOT = `select /* hub.snapshotCommand */ format('set transaction snapshot %L', $1::text) as command`;
const APPLY_WORKER = `select /* hub.applyWorker */ exists (select from pg_stat_activity where backend_type like 'logical replication%' and datname = current_database() and application_name = $1) as there`;

/** A word of a libpq connection string. */
const word = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** How PostgreSQL itself reaches the hub. The password is in it, and is read by superusers alone. */
const conninfoOf = ({ host, port, database, password, sslMode }: HubAddress): string =>
  `host=${word(host)} port=${port} dbname=${word(database)} user=${READER} password=${word(password)} sslmode=${sslMode} connect_timeout=10`;

/** Commands of replication take no parameters; the name of a slot has small letters, digits and underscores. */
function slotCommand(
  command: 'CREATE_REPLICATION_SLOT' | 'DROP_REPLICATION_SLOT',
  slotName: string,
  options: string,
): string {
  if (!/^[a-z0-9_]{1,63}$/.test(slotName)) throw new Error('That is no name of a slot.');
  return `${command} ${slotName} ${options}`;
}

/** What a hub says of itself, asked as its branches ask. Throws where it does not publish. */
export async function askHub(hub: HubAddress): Promise<{ hubId: string; level: string }> {
  const client = await openHub(hub, 'sql');
  try {
    const { rows } = await client.query<{
      hubId: string | null;
      level: string;
      walLevel: string;
      isPublished: boolean;
    }>(HUB, [PUBLICATION]);
    const [said] = rows;
    if (!said?.hubId || !said.isPublished || said.walLevel !== 'logical')
      throw new Error('That database publishes nothing: run hub publish there.');
    return { hubId: said.hubId, level: said.level };
  } finally {
    await client.end();
  }
}

/** The subscription of this database; undefined: there is none. */
export async function subscriptionOf(
  client: pg.Client,
): Promise<{ conninfo: string; slotName: string | null; isEnabled: boolean } | undefined> {
  const { rows } = await client.query<{ conninfo: string; slotName: string | null; isEnabled: boolean }>(
    SUBSCRIPTION,
    [PUBLICATION],
  );
  return rows[0];
}

/** Ends the subscription here and waits until nothing of it is applied any more; its place at the hub stays. */
export async function unsubscribe(client: pg.Client): Promise<void> {
  if (!(await subscriptionOf(client))) return;
  await runAll(client, UNSUBSCRIBE, [PUBLICATION]);
  for (let attempt = 0; attempt < 600; attempt++) {
    const { rows: workers } = await client.query<{ there: boolean }>(APPLY_WORKER, [PUBLICATION]);
    if (!workers[0]?.there) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('What comes from the hub is still being applied. Try again in a minute.');
}

/** Gives up the place at the hub; nothing where there is none. Throws where somebody else is connected by it. */
export async function dropSlot(hub: HubAddress, slotName: string): Promise<void> {
  const client = await openHub(hub, 'sql');
  try {
    const { rows } = await client.query<{ active: boolean }>(HUB_SLOT, [slotName]);
    if (!rows[0]) return;
  } finally {
    await client.end();
  }
  const replication = await openHub(hub, 'replication');
  try {
    // A sender of a subscription that has ended notices it within moments.
    await replication.query(slotCommand('DROP_REPLICATION_SLOT', slotName, 'WAIT'));
  } finally {
    await replication.end();
  }
}

/** What is taken over, and how far it may go. */
interface TakeOver {
  readonly hub: HubAddress;
  readonly hubId: string;
  readonly slotName: string;
  /** The branch was of this hub before: its numbers are the hub's. */
  readonly isSameHub: boolean;
  /** What the branch has and the hub has not may go. */
  readonly mayReplace: boolean;
}

/**
 * Takes the catalogue of the hub over as a whole and follows it from there on: place in the log, copy of that very moment, and subscription, in one
 * transaction here. Whoever reads meanwhile finds what was; where something stands against it, nothing is changed and no place is kept at the hub.
 */
export async function takeOver(server: DatabaseServer, options: TakeOver): Promise<Difference[]> {
  const { hub, slotName } = options;
  const [replication, source, target] = [
    await openHub(hub, 'replication'),
    await openHub(hub, 'sql'),
    await openSession(server),
  ];
  let isTaken = false;
  try {
    const { rows } = await replication.query<{ snapshot_name: string }>(
      slotCommand('CREATE_REPLICATION_SLOT', slotName, "LOGICAL pgoutput (SNAPSHOT 'export')"),
    );
    // It comes before all else of its transaction.
    const { rows: snapshots } = await source.query<{ command: string }>(SNAPSHOT, [
      rows[0]?.snapshot_name ?? '',
    ]);
    await source.query('begin isolation level repeatable read read only');
    for (const { command } of snapshots) await source.query(command);
    await target.query('begin');
    await target.query("set local lock_timeout = '60s'");
    const { rows: tables } = await target.query<{ name: string; columns: string }>(OPEN_INTAKE);
    for (const { name, columns } of tables) {
      const { rows: commands } = await target.query<{ read: string; write: string }>(COPY_COMMANDS, [
        name,
        columns,
      ]);
      const [command] = commands;
      if (!command) continue;
      await pipeline(source.query(copyTo(command.read)), target.query(copyFrom(command.write)));
    }
    const differences = await bringIn(target, options);
    await target.query('commit');
    isTaken = true;
    return differences.filter(({ fresh, changed, gone }) => fresh + changed + gone > 0);
  } finally {
    await Promise.all([replication.end(), source.end(), target.end()]);
    if (!isTaken) await dropSlot(hub, slotName);
  }
}

async function bringIn(target: pg.Client, options: TakeOver): Promise<Difference[]> {
  const { hub, hubId, slotName, isSameHub, mayReplace } = options;
  const { rows: differences } = await target.query<Difference>(DIFFERENCES);
  const { rows: own } = await target.query<{ has: boolean; hasFormulas: boolean }>(OWN_CATALOGUE);
  if (own[0]?.hasFormulas)
    throw new Error('There are compounding formulas here: their products would not be the hub’s.');
  const { rows: conflicts } = await target.query<{ conflict: string }>(CONFLICTS, [isSameHub]);
  if (conflicts.length > 0)
    throw new Error(
      `The hub does not have, or calls otherwise, what is in use here: ${conflicts.map(({ conflict }) => conflict).join('; ')}.`,
    );
  const lost = differences.filter(({ changed, gone }) => changed + gone > 0);
  if (own[0]?.has && lost.length > 0 && !mayReplace)
    throw new Error(
      `This catalogue is another one: ${lost.map(({ name, changed, gone }) => `${name}: ${changed} changed, ${gone} unknown to the hub`).join('; ')}. Say --adopt to have the hub’s in its place.`,
    );
  await target.query(UNLINK);
  await target.query(TAKE_OVER);
  await target.query(LINK, [hubId, `${hub.host}:${hub.port}/${hub.database}`, slotName]);
  const { rows: broken } = await target.query<{ broken: string }>(BROKEN);
  if (broken[0]) throw new Error(`The catalogue of the hub does not fit what is here: ${broken[0].broken}.`);
  await runAll(target, SUBSCRIBE, [PUBLICATION, conninfoOf(hub), slotName]);
  return differences;
}

/** The branch leaves: what it took stays, and is its own from now on. */
export async function leaveHub(client: pg.Client): Promise<void> {
  await unsubscribe(client);
  await client.query('begin');
  await client.query(UNLINK);
  await client.query('select /* hub.continueCounting */ reference.continue_counting()');
  await client.query('delete /* hub.endBeats */ from reference.hub_beats');
  await client.query('commit');
}
