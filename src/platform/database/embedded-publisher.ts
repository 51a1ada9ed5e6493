import { readFile, writeFile } from 'node:fs/promises';

/** Who may subscribe to a database of the embedded cluster, and from where. */
export interface Subscribers {
  /** The login subscribers use. */
  readonly role: string;
  /** Address of this machine at which the cluster listens beside loopback; undefined: as it was. */
  readonly listen: string | undefined;
  /** Network they come from, such as 10.8.0.0/24; undefined: this machine alone. */
  readonly from: string | undefined;
}

/** For PostgreSQL as a whole, from its next start. One slot and one sender for each subscriber, and some for backups. */
export const LOGICAL_SETTINGS: readonly string[] = [
  "alter system set wal_level = 'logical'",
  'alter system set max_replication_slots = 64',
  'alter system set max_wal_senders = 64',
];

const BEGIN = '# subscribers: begin';
const END = '# subscribers: end';

/**
 * Writes who may log in as a subscriber in front of the rules of the cluster. A login that may replicate could copy the whole cluster as files:
 * that way is shut for it.
 */
export async function allowSubscribers(file: string, database: string, settings: Subscribers): Promise<void> {
  const text = await readFile(file, 'utf8');
  const own = text.indexOf(`${END}\n`);
  const rest = own < 0 ? text : text.slice(own + END.length + 1);
  const rules = [
    BEGIN,
    `host replication ${settings.role} all reject`,
    ...(settings.from === undefined
      ? []
      : [`host ${database} ${settings.role} ${settings.from} scram-sha-256`]),
    END,
  ];
  await writeFile(file, `${rules.join('\n')}\n${rest}`);
}
