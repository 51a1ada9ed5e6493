import { join } from 'node:path';

import type { World } from '../../builders/world.js';
import { readJournals, Journal, type Entry, type Intent } from './journal.js';
import { unknownOf } from './checker.js';
import { pause, stream } from './profile.js';
import type { Customers } from './shop.js';
import { attempt, type Door } from './till.js';

/** A till asks again after so long, where nobody was there or the answer was an outage. */
const AGAIN_MS = 100;
/** One answered command in so many is sent again although it was answered. */
const REPEAT_EVERY = 25;
/** Of commands that were cut off in the middle, or told of an outage, so many are left in doubt until the end of the day. */
const LEFT_IN_DOUBT = 0.4;
/** A command that was never answered within this is a fault of its own. */
const PATIENCE_MS = 120_000;

/** Tills that work through customers, whatever happens to the server. */
export class Load {
  private isOver = false;
  private readonly tills: Promise<void>[] = [];
  private readonly journals: Journal[] = [];
  private lastServed = 0;
  served = 0;

  constructor(
    private readonly door: Door,
    private readonly cashiers: readonly World[],
    private readonly customers: Customers,
    private readonly shelf: string,
  ) {}

  /** Opens so many tills, spread over the cashiers. */
  open(count: number): void {
    for (let till = 0; till < count; till++) {
      const cashier = this.cashiers[till % this.cashiers.length];
      if (!cashier) throw new Error('a till needs a cashier');
      const journal = new Journal(join(this.shelf, `till-${till}.jsonl`));
      this.journals.push(journal);
      this.tills.push(this.work(till, cashier, journal));
    }
  }

  private async work(till: number, cashier: World, journal: Journal): Promise<void> {
    const draw = stream(`till ${till}`);
    while (!this.isOver) {
      const intent = this.customers.next(till, cashier);
      journal.intend(intent);
      const isAnswered = await this.serve(cashier, journal, intent, draw() < LEFT_IN_DOUBT);
      if (isAnswered && draw() * REPEAT_EVERY < 1) await attempt(this.door, journal, cashier.token, intent);
    }
  }

  /** Asks until it is answered; with `leaves` no more once it is in doubt. Says whether it was answered. */
  private async serve({ token }: World, journal: Journal, intent: Intent, leaves: boolean): Promise<boolean> {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const reply = await attempt(this.door, journal, token, intent);
      if (typeof reply === 'object' && reply.status < 500) {
        this.served += 1;
        this.lastServed = Math.max(this.lastServed, reply.sentAt);
        return true;
      }
      const isInDoubt = reply !== 'refused';
      if (isInDoubt && leaves) return false;
      if (Date.now() > end) return false; // the checker finds it among those nobody answered
      await pause(AGAIN_MS);
    }
  }

  /** True once a command was answered that was sent after this moment. */
  servedSince(moment: number): boolean {
    return this.lastServed >= moment;
  }

  /** Closes the tills once each has finished what it is at. */
  async close(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.tills);
  }

  /** The books, read from the disk. */
  books(): Map<string, Entry> {
    return readJournals(this.journals.map(({ file }) => file));
  }

  /** Asks again, with the same key, for whatever is in doubt; answers how many there were. */
  async settle(): Promise<number> {
    const open = unknownOf(this.books().values());
    const tokens = new Map(this.cashiers.map((cashier) => [cashier.userId, cashier]));
    for (const { intent } of open) {
      const cashier = tokens.get(intent.userId);
      const journal = this.journals[intent.till];
      if (!cashier || !journal) throw new Error(`nobody stands at till ${intent.till}`);
      await this.serve(cashier, journal, intent, false);
    }
    return open.length;
  }
}
