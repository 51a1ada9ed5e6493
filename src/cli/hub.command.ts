import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

import { openInstallation, requireCurrentSchema, type Installation } from '../installation.js';
import { readConfig } from '../platform/config/config.js';
import { judgeLink } from '../reference/hub/hub-health.domain.js';
import { FIND_STATE, READER, SLOT_PREFIX } from '../reference/hub/hub-links.sql.js';
import { forgetBranch, publish, withdraw } from '../reference/hub/hub-publisher.repository.js';
import { openSession, standingOf, type Standing } from '../reference/hub/hub-session.repository.js';
import {
  askHub,
  dropSlot,
  leaveHub,
  subscriptionOf,
  takeOver,
  unsubscribe,
} from '../reference/hub/hub-subscriber.repository.js';
import {
  SSL_MODES,
  type Difference,
  type HubAddress,
  type HubState,
  type SslMode,
} from '../reference/hub/hub.types.js';
import { notice, report } from './report.js';

type Session = Awaited<ReturnType<typeof openSession>>;

interface Json {
  readonly json?: boolean;
}

/** PostgreSQL 16 applies what comes as the one who subscribed. */
const OLDEST_BRANCH = 16;

/** Does `work` as the superuser of the database, whose schema must be that of this program. */
async function asSuperuser<T>(
  work: (client: Session, standing: Standing, installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(readConfig());
  try {
    await requireCurrentSchema(installation.migrationServer);
    const client = await openSession(installation.migrationServer);
    try {
      return await work(client, await standingOf(client), installation);
    } finally {
      await client.end();
    }
  } finally {
    await installation.close();
  }
}

interface PublishOptions extends Json {
  readonly listen?: string;
  readonly allow?: string;
  readonly besidePatients?: boolean;
  readonly newPassword?: boolean;
}

/** Makes this installation the hub of others. */
export async function hubPublish(options: PublishOptions): Promise<void> {
  const { listen, allow } = options;
  if (listen !== undefined && isIP(listen) === 0)
    throw new Error('--listen is an address of this machine, such as 10.8.0.1.');
  if (allow !== undefined && !isNetwork(allow)) throw new Error('--allow is a network such as 10.8.0.0/24.');
  const result = await asSuperuser(async (client, standing, { cluster, server }) => {
    if (standing.role === 'branch')
      throw new Error('This installation is a branch of a hub itself. hub leave first.');
    if (!cluster && standing.walLevel !== 'logical')
      throw new Error(
        `Your PostgreSQL has wal_level = ${standing.walLevel}. Set wal_level = logical, start it anew, and run this again.`,
      );
    const published = await publish(client, standing, {
      besidePatients: options.besidePatients === true,
      newPassword: options.newPassword === true,
    });
    const restarted = (await cluster?.serveSubscribers({ role: READER, listen, from: allow })) ?? false;
    return { ...published, restarted, port: server.port, database: server.database };
  });
  report(options.json === true, result, [
    `This is the hub ${result.hubId}: ${result.tables} tables are published.`,
    ...(result.restarted ? ['The database was started anew for it.'] : []),
    `Branches: MEDITORY_HUB_PASSWORD=… npm run meditory -- hub subscribe --from <address>:${result.port}/${result.database}`,
    ...(result.password === null
      ? ['The password of branches is the one it was; --new-password makes another.']
      : [`The password of branches, shown only now: ${result.password}`]),
  ]);
}

function isNetwork(text: string): boolean {
  const [address = '', bits = ''] = text.split('/');
  const family = isIP(address);
  return family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

interface SubscribeOptions extends Json {
  readonly from: string;
  readonly name?: string;
  readonly sslmode: string;
  readonly adopt?: boolean;
}

/** Makes this installation a branch: the catalogue of the hub in the place of its own, and all that changes from there on. */
export async function hubSubscribe(options: SubscribeOptions): Promise<void> {
  const sslMode = SSL_MODES.find((mode) => mode === options.sslmode);
  if (!sslMode) throw new Error(`--sslmode is one of ${SSL_MODES.join(', ')}.`);
  const slotName = `${SLOT_PREFIX}${options.name ?? randomBytes(4).toString('hex')}`;
  if (!/^[a-z0-9_]{1,50}$/.test(slotName))
    throw new Error('--name has small letters, digits and underscores, 30 at the most.');
  const hub = addressOf(options.from, sslMode, readConfig().hubPassword);
  const result = await asSuperuser(async (client, standing, { migrationServer }) => {
    if (standing.version < OLDEST_BRANCH)
      throw new Error(`A branch needs PostgreSQL ${OLDEST_BRANCH} or newer.`);
    if (standing.role === 'hub') throw new Error('This installation is a hub itself.');
    const { hubId } = await hubOfSameLevel(hub, standing);
    if (standing.role === 'branch') {
      if (standing.hubId !== hubId)
        throw new Error(`This is a branch of another hub, ${standing.address ?? ''}. hub leave first.`);
      if (!(await subscriptionOf(client))?.isEnabled)
        throw new Error('This is a branch of that hub, and its subscription is gone. Run hub resync.');
      return { hubId, slotName: standing.slotName, differences: [], isNew: false };
    }
    await dropSlot(hub, slotName); // of an attempt that was cut off
    const differences = await takeOver(migrationServer, {
      hub,
      hubId,
      slotName,
      isSameHub: false,
      mayReplace: options.adopt === true,
    });
    return { hubId, slotName, differences, isNew: true };
  });
  report(options.json === true, result, [
    result.isNew
      ? `This is a branch of the hub ${result.hubId} now.`
      : `This is a branch of the hub ${result.hubId} already.`,
    ...differenceLines(result.differences),
  ]);
}

async function hubOfSameLevel(hub: HubAddress, { level }: Standing): Promise<{ hubId: string }> {
  const said = await askHub(hub);
  if (said.level !== level)
    throw new Error(
      `The hub is at ${said.level}, this database at ${level}. Bring both to the same version first.`,
    );
  return said;
}

function addressOf(text: string, sslMode: SslMode, password: string | undefined): HubAddress {
  const [, host, port, database = 'meditory_erp'] =
    /^(\[[0-9a-f:.]+\]|[^:/\s[\]]+):(\d{1,5})(?:\/(\w{1,63}))?$/i.exec(text) ?? [];
  if (host === undefined || port === undefined || Number(port) > 65_535)
    throw new Error('--from is the address of the hub, such as 10.8.0.1:5432/meditory_erp.');
  if (password === undefined)
    throw new Error('Set MEDITORY_HUB_PASSWORD to the password hub publish showed at the hub.');
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port), database, password, sslMode };
}

/** Takes the catalogue of the hub as a whole again: after a restoration, or where the branch was away for too long. */
export async function hubResync({ json }: Json): Promise<void> {
  const { hubPassword } = readConfig();
  const result = await asSuperuser(async (client, standing, { migrationServer }) => {
    const { role, address, hubId, slotName } = standing;
    if (role !== 'branch' || address === null || hubId === null || slotName === null)
      throw new Error('This installation is no branch of a hub. hub subscribe makes it one.');
    const conninfo = (await subscriptionOf(client))?.conninfo ?? '';
    const sslMode = SSL_MODES.find((mode) => conninfo.includes(`sslmode=${mode} `)) ?? 'prefer';
    const hub = addressOf(address, sslMode, hubPassword ?? passwordIn(conninfo));
    if ((await hubOfSameLevel(hub, standing)).hubId !== hubId)
      throw new Error('Another hub answers at that address. hub leave, then hub subscribe to it.');
    await unsubscribe(client);
    await dropSlot(hub, slotName);
    const differences = await takeOver(migrationServer, {
      hub,
      hubId,
      slotName,
      isSameHub: true,
      mayReplace: true,
    });
    return { hubId, slotName, differences };
  });
  report(json === true, result, [
    'The catalogue of the hub was taken as a whole.',
    ...differenceLines(result.differences),
  ]);
}

function passwordIn(conninfo: string): string | undefined {
  return /password='((?:[^'\\]|\\.)*)'/.exec(conninfo)?.[1]?.replace(/\\(.)/g, '$1');
}

const differenceLines = (differences: readonly Difference[]): string[] =>
  differences.map(
    ({ name, fresh, changed, gone }) => `${name}: ${fresh} new, ${changed} changed, ${gone} gone`,
  );

/** A branch keeps what it has and is its own again; a hub publishes no more. */
export async function hubLeave({ json }: Json): Promise<void> {
  const result = await asSuperuser(async (client, standing) => {
    const { role, address, slotName } = standing;
    if (role === 'alone') return { left: null };
    if (role === 'hub') {
      await withdraw(client);
      return { left: 'hub' as const };
    }
    const conninfo = (await subscriptionOf(client))?.conninfo ?? '';
    await leaveHub(client);
    const password = readConfig().hubPassword ?? passwordIn(conninfo);
    try {
      await dropSlot(addressOf(address ?? '', 'prefer', password), slotName ?? '');
    } catch (error) {
      notice(
        `The hub keeps a place for this branch until somebody runs hub forget ${slotName ?? ''} there. ${String(error)}`,
      );
    }
    return { left: 'branch' as const };
  });
  report(json === true, result, [
    result.left === 'branch'
      ? 'This installation has left its hub: its catalogue is its own.'
      : result.left === 'hub'
        ? 'Nothing is published any more.'
        : 'This installation stands alone.',
  ]);
}

/** Gives up the place kept for a branch that will not come again. */
export async function hubForget(branch: string, { json }: Json): Promise<void> {
  const forgotten = await asSuperuser(async (client, { role }) => {
    if (role !== 'hub') throw new Error('This installation is no hub.');
    return forgetBranch(client, branch);
  });
  report(json === true, { forgotten }, [`${forgotten} is forgotten.`]);
}

/** How hub and branches stand to each other. */
export async function hubStatus({ json }: Json): Promise<void> {
  const state = await asSuperuser(async (client) => (await client.query<HubState>(FIND_STATE)).rows[0]);
  if (!state) throw new Error('The database does not answer.');
  const finding = judgeLink(state, state.subscription?.errors ?? 0);
  report(json === true, { ...state, ...finding }, [
    finding.words,
    ...(state.releasedAt ? [`Last release: ${state.releasedAt.toISOString()}`] : []),
    ...state.subscribers.map(
      ({ slotName, isActive, isLost, lagBytes }) =>
        `${slotName}: ${isLost ? 'lost' : isActive ? 'connected' : 'away'}, ${lagBytes ?? 0} bytes behind`,
    ),
  ]);
  if (finding.state !== 'ok') process.exitCode = 1;
}
