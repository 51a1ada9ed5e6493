import { Socket } from 'node:net';

import type pg from 'pg';

import type { DatabaseServer } from '../../config/config.js';
import { endpointText, type Endpoint } from '../../config/endpoints.js';
import { TemporarilyUnavailable } from '../../errors/domain-error.js';
import { SpareConnection } from '../spare-connection.js';
import { IDENTITY, askingOf, identityOf, type IdentityRow, type ServerIdentity } from './server-identity.js';

/** A server that takes longer to say who it is, is not there. */
const ANSWER_MS = 2000;
/** How often it is looked whether another server was promoted, and how often while none is there that takes writes. */
const LOOK_MS = 1000;
const SEARCH_MS = 200;

interface Found extends ServerIdentity {
  readonly endpoint: Endpoint;
}

/**
 * Which of several servers takes writes. Looked for again every second and as soon as a connection finds another than it expected; when it
 * moves, connections to the one before are cut. A server that is on an older timeline than one we have seen is an old primary that came
 * back: it is refused, whatever it says of itself.
 */
export class PrimaryLocator {
  private current: Endpoint;
  private timeline = 0;
  private systemId: string | undefined;
  private looking: Promise<boolean> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;
  private readonly sockets = new Map<Socket, Endpoint>();
  private readonly servers: readonly { endpoint: Endpoint; connection: SpareConnection }[];

  constructor(server: DatabaseServer, hosts: readonly Endpoint[]) {
    this.current = { host: server.host, port: server.port };
    this.servers = hosts.map((endpoint) => ({
      endpoint,
      connection: new SpareConnection(() => askingOf(server, endpoint), 'meditory-primary', ANSWER_MS),
    }));
  }

  /** The one that takes writes, as far as is known. */
  get endpoint(): Endpoint {
    return this.current;
  }

  /** A socket that connects to it, wherever it is told to connect to. */
  readonly stream = (): Socket => {
    const { endpoint } = this;
    const socket = new RoutedSocket(endpoint);
    this.sockets.set(socket, endpoint);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  };

  /** Throws where a new connection leads to a server that does not take our writes: what is asked for is to be asked for again. */
  readonly check = async (client: Pick<pg.ClientBase, 'query'>): Promise<void> => {
    const { rows } = await client.query<IdentityRow>(IDENTITY);
    if (this.isAcceptable(identityOf(rows))) return;
    void this.look();
    throw new TemporarilyUnavailable();
  };

  /** Looks every second from now on. */
  watch(): void {
    const again = (isThere: boolean): void => {
      if (this.isClosed) return;
      this.timer = setTimeout(() => void this.look().then(again), isThere ? LOOK_MS : SEARCH_MS);
      this.timer.unref();
    };
    void this.look().then(again);
  }

  /** Asks all servers who they are; answers whether one takes writes. Who asks meanwhile shares the answer. */
  look(): Promise<boolean> {
    this.looking ??= this.search().finally(() => (this.looking = undefined));
    return this.looking;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    await Promise.all(this.servers.map(({ connection }) => connection.close()));
  }

  private async search(): Promise<boolean> {
    const answers = await Promise.allSettled(
      this.servers.map(async ({ endpoint, connection }): Promise<Found> => ({
        endpoint,
        ...identityOf(await connection.query<IdentityRow>(IDENTITY)),
      })),
    );
    const found = answers
      .flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
      .filter((one) => this.isAcceptable(one));
    const newest = found.filter(({ timeline }) => timeline === Math.max(...found.map((one) => one.timeline)));
    // Two that were promoted apart cannot be told from each other: whichever we follow stays, and with none of them we follow neither.
    const chosen =
      newest.find(({ endpoint }) => endpointText(endpoint) === endpointText(this.current)) ??
      (newest.length === 1 ? newest[0] : undefined);
    if (!chosen) return false;
    this.follow(chosen);
    return true;
  }

  private isAcceptable({ isStandby, systemId, timeline }: ServerIdentity): boolean {
    return (
      !isStandby && (this.systemId === undefined || systemId === this.systemId) && timeline >= this.timeline
    );
  }

  private follow({ endpoint, systemId, timeline }: Found): void {
    this.systemId = systemId;
    this.timeline = timeline;
    if (endpointText(endpoint) === endpointText(this.current)) return;
    this.current = endpoint;
    for (const [socket, to] of this.sockets)
      if (endpointText(to) !== endpointText(endpoint)) socket.destroy();
  }
}

/** A socket whose destination is known before the driver says where it would connect to. */
class RoutedSocket extends Socket {
  constructor(private readonly endpoint: Endpoint) {
    super();
  }

  override connect(): this {
    const { host, port } = this.endpoint;
    return super.connect({ host, port });
  }
}

/** The server with the address of the one that takes writes. Throws where none of its hosts does. */
export async function findPrimary(server: DatabaseServer): Promise<DatabaseServer> {
  const { hosts } = server;
  if (!hosts) return server;
  const locator = new PrimaryLocator(server, hosts);
  try {
    if (!(await locator.look()))
      throw new Error(
        `None of ${hosts.map(endpointText).join(', ')} takes writes: they do not answer, or follow another one.`,
      );
    return { ...server, ...locator.endpoint };
  } finally {
    await locator.close();
  }
}
