import { appendFileSync, readFileSync } from 'node:fs';

/** What a till asks for. Each kind leaves a mark in the database that no other intent leaves. */
export type Kind = 'sale' | 'fill' | 'receipt' | 'adjustment';

/** A command as a till means it, before it is sent. */
export interface Intent {
  /** Number of the intent, in the whole run. */
  readonly n: number;
  readonly kind: Kind;
  /** Which till, and which user is signed in at it. */
  readonly till: number;
  readonly userId: number;
  readonly key: string;
  readonly path: string;
  readonly body: object;
  /** What finds its effect: part of the business data, unique to it. */
  readonly mark: string;
  /** Base units it moves. */
  readonly units: number;
}

/** What came back. Nothing under 500 leaves the till in doubt. */
export interface Reply {
  readonly key: string;
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  readonly body: string;
  /** When it was sent and when it was answered, ms since 1970. */
  readonly sentAt: number;
  readonly at: number;
}

type Line = { readonly intent: Intent } | { readonly reply: Reply } | { readonly cutOff: Cut };

interface Cut {
  readonly key: string;
  readonly why: string;
  readonly at: number;
}

/** An intent and all that was heard of it. */
export interface Entry {
  readonly intent: Intent;
  readonly replies: Reply[];
  readonly cuts: Cut[];
}

/** The till's own book: the intent is in it before a byte is sent, the reply before anybody hears of it. */
export class Journal {
  constructor(readonly file: string) {}

  private write(line: Line): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  intend(intent: Intent): void {
    this.write({ intent });
  }

  reply(reply: Reply): void {
    this.write({ reply });
  }

  cutOff(key: string, why: string): void {
    this.write({ cutOff: { key, why, at: Date.now() } });
  }
}

/** Reads books back from the disk, as the checker does: what the tills remember counts for nothing. */
export function readJournals(files: readonly string[]): Map<string, Entry> {
  const records = new Map<string, Entry>();
  for (const file of files)
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      if (text === '') continue;
      const line = JSON.parse(text) as Line;
      if ('intent' in line) {
        if (records.has(line.intent.key)) throw new Error(`two intents have the key ${line.intent.key}`);
        records.set(line.intent.key, { intent: line.intent, replies: [], cuts: [] });
        continue;
      }
      const of = records.get('reply' in line ? line.reply.key : line.cutOff.key);
      if (!of) throw new Error(`${file} has an answer to nothing: ${text}`);
      if ('reply' in line) of.replies.push(line.reply);
      else of.cuts.push(line.cutOff);
    }
  return records;
}

/** What the books say of a command, for the report of a failure. */
export function excerpt({ intent, replies, cuts }: Entry): string {
  return [
    `#${intent.n} till ${intent.till} ${intent.kind} ${intent.path} key ${intent.key} mark ${intent.mark}`,
    ...cuts.map((cut) => `  ${new Date(cut.at).toISOString()} cut off: ${cut.why}`),
    ...replies.map(
      (reply) => `  ${new Date(reply.at).toISOString()} ${reply.status} ${reply.body.slice(0, 200)}`,
    ),
  ].join('\n');
}
