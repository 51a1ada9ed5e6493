import pg from 'pg';

/** A statement waiting to be sent, and who waits for its result. */
export interface PendingStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  readonly resolve: (result: StatementResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface StatementResult {
  readonly rows: unknown[];
  readonly rowCount: number | null;
}

/** What the driver's connection offers to a query that submits itself. */
interface WireConnection {
  readonly stream: { write(message: Uint8Array): boolean };
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  sync(): void;
}

/** The driver's own query, as its client drives it. */
interface WireQuery {
  name: string;
  readonly text: string;
  submit(connection: WireConnection): Error | null;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: WireConnection): void;
  handleEmptyQuery(connection: WireConnection): void;
  handleReadyForQuery(connection: WireConnection): void;
}

/**
 * Several named statements sent in one network message and answered in one: the extended protocol with a single Sync at
 * the end. PostgreSQL runs them in order; the first that fails ends the batch, and none of it counts. Outside of an
 * explicit transaction the whole batch is one transaction.
 */
export class StatementBatch implements pg.Submittable {
  readonly submit: pg.Submittable['submit'];
  private readonly queries: WireQuery[];
  private at = 0;
  /** A value that could not be written down; what came before it was sent, what came after was not. */
  private fault: unknown;
  private answered: ((error?: unknown) => void) | undefined;

  constructor(private readonly statements: readonly PendingStatement[]) {
    this.queries = statements.map(({ name, text, values, resolve }) => {
      const query = new pg.Query(text, [...values], (error: Error | undefined, result: unknown) => {
        if (error) this.fault ??= error;
        else resolve(result as StatementResult);
      }) as unknown as WireQuery;
      query.name = name; // given with the text, the driver would copy a descriptor of every property
      return query;
    });
    this.submit = (connection) => this.send(connection as unknown as WireConnection);
  }

  /** The texts of what travels together. */
  get texts(): readonly string[] {
    return this.statements.map(({ text }) => text);
  }

  /** Calls back once when all of it is answered, or with why it was not. */
  whenAnswered(tell: (error?: unknown) => void): void {
    this.answered = tell;
  }

  /** Name and text of the statement being answered: by them the client notes which statements PostgreSQL has parsed. */
  get name(): string | undefined {
    return this.queries[this.at]?.name;
  }
  get text(): string | undefined {
    return this.queries[this.at]?.text;
  }

  handleRowDescription(message: unknown): void {
    this.queries[this.at]?.handleRowDescription(message);
  }

  handleDataRow(message: unknown): void {
    this.queries[this.at]?.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: WireConnection): void {
    this.queries[this.at]?.handleCommandComplete(message, connection);
    this.at += 1;
  }

  handleEmptyQuery(connection: WireConnection): void {
    this.queries[this.at]?.handleEmptyQuery(connection);
    this.at += 1;
  }

  /** The transaction is lost for all of them; those behind the failing one were not even parsed. */
  handleError(error: unknown, connection: WireConnection): void {
    for (const { name } of this.statements.slice(this.at)) delete connection.submittedNamedStatements[name];
    for (const { reject } of this.statements) reject(error);
    this.end(error);
  }

  handleReadyForQuery(connection: WireConnection): void {
    this.end(this.fault);
    // A row that could not be read (a bigint too large) is known only here; then nothing of the batch is used.
    if (this.fault === undefined) for (const query of this.queries) query.handleReadyForQuery(connection);
    if (this.fault === undefined) return;
    const { name } = this;
    if (name !== undefined) delete connection.parsedStatements[name];
    for (const { reject } of this.statements) reject(this.fault);
  }

  private end(error: unknown): void {
    this.answered?.(error);
    this.answered = undefined;
  }

  private send(connection: WireConnection): void {
    const { unsynced, gathering, messages } = gathererOf(connection);
    messages.length = 0;
    for (const query of this.queries) {
      const refusal = query.submit(unsynced);
      if (refusal) this.fault = refusal;
      if (this.fault !== undefined) break;
    }
    gathering.sync();
    connection.stream.write(Buffer.concat(messages));
  }
}

/** What the driver writes of a batch, gathered. */
interface Gatherer {
  readonly messages: Uint8Array[];
  readonly gathering: WireConnection;
  /** The same, where a query that ends itself with a Sync does not. */
  readonly unsynced: WireConnection;
}

const gatherers = new WeakMap<WireConnection, Gatherer>();

/**
 * The driver's query writes several small messages and ends itself with a Sync. Here they are gathered into one write with one Sync for all:
 * each write is a system call and may wake PostgreSQL. One for each connection: objects made anew would each be of a kind of their own to the
 * engine, and nothing it has learned of the driver would hold.
 */
function gathererOf(connection: WireConnection): Gatherer {
  const known = gatherers.get(connection);
  if (known) return known;
  const messages: Uint8Array[] = [];
  const stream = {
    writable: true,
    cork: () => undefined,
    uncork: () => undefined,
    write: (message: Uint8Array) => messages.push(message),
  };
  const gathering = Object.create(connection, { stream: { value: stream } }) as WireConnection;
  const unsynced = Object.create(gathering, { sync: { value: () => undefined } }) as WireConnection;
  const made = { messages, gathering, unsynced };
  gatherers.set(connection, made);
  return made;
}
