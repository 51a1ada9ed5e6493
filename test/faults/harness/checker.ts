import type { Pool } from 'pg';

import { excerpt, type Entry, type Kind } from './journal.js';

/**
 * Where the effect of each kind is found: by its business data, never by what the server notes of keys. One row an effect, with the units
 * it moved; a half of one has other units.
 */
const EFFECTS: Readonly<Record<Kind, string>> = {
  sale: `
select trim_scale(p.amount)::text as mark,
  (select coalesce(sum(i.quantity), 0) from operational.sale_items i where i.sale_id = p.sale_id)::float8 as said,
  (select - coalesce(sum(m.quantity), 0) from operational.stock_movements m join operational.sale_items i using (sale_item_id)
   where i.sale_id = p.sale_id)::float8 as moved
from operational.payments p where p.amount >= 1000`,
  fill: `
select f.prescription_id::text as mark, f.quantity::float8 as said,
  (select - coalesce(sum(m.quantity), 0) from operational.stock_movements m where m.fill_id = f.fill_id)::float8 as moved
from operational.fills f`,
  receipt: `
select g.lot_number as mark, g.quantity::float8 as said,
  (select coalesce(sum(m.quantity), 0) from operational.stock_movements m where m.goods_receipt_item_id = g.goods_receipt_item_id)::float8 as moved
from operational.goods_receipt_items g where g.lot_number like 'FAULT-%'`,
  adjustment: `
select reason as mark, quantity::float8 as said, quantity::float8 as moved from operational.stock_movements
where movement_type = 'adjustment' and reason like 'fault %'`,
};

interface Effect {
  readonly mark: string;
  readonly said: number;
  readonly moved: number;
}

/** What the books and the database say of each other. Every list is empty, or something is wrong. */
export interface Verdict {
  readonly intents: number;
  readonly acknowledged: number;
  readonly refused: number;
  /** Acknowledged, and not in the database. */
  readonly lost: readonly string[];
  /** More than once in the database. */
  readonly duplicated: readonly string[];
  /** In the database with other units than were meant, on paper or in the ledger. */
  readonly halves: readonly string[];
  /** In the database, and nobody asked for it, or it was refused. */
  readonly ghosts: readonly string[];
  /** Answered twice with the same key, and not alike. */
  readonly otherAnswers: readonly string[];
  /** Answers of 500 and above that are no problem with 503, or 507 where there is no space, and a time to wait. */
  readonly badOutages: readonly string[];
  /** Never answered. */
  readonly unknown: readonly string[];
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Entries nobody has answered yet: each may have happened or not. */
export const unknownOf = (entries: Iterable<Entry>): Entry[] =>
  [...entries].filter(({ replies }) => replies.every(({ status }) => status >= 500));

async function effectsOf(db: Pool): Promise<Map<string, Effect[]>> {
  const found = new Map<string, Effect[]>();
  for (const [kind, sql] of Object.entries(EFFECTS))
    for (const effect of (await db.query<Effect>(sql)).rows) {
      const name = `${kind} ${effect.mark}`;
      found.set(name, [...(found.get(name) ?? []), effect]);
    }
  return found;
}

/** How many of those have happened although nobody was told. */
export async function happened(db: Pool, entries: readonly Entry[]): Promise<number> {
  const found = await effectsOf(db);
  return entries.filter(({ intent }) => found.has(`${intent.kind} ${intent.mark}`)).length;
}

/** Lays the books of the tills beside the database. Knows nothing of the server but its tables. */
export async function judge(db: Pool, entries: ReadonlyMap<string, Entry>): Promise<Verdict> {
  const found = await effectsOf(db);
  const lists: Record<
    'lost' | 'duplicated' | 'halves' | 'ghosts' | 'otherAnswers' | 'badOutages' | 'unknown',
    string[]
  > = { lost: [], duplicated: [], halves: [], ghosts: [], otherAnswers: [], badOutages: [], unknown: [] };
  let [acknowledged, refused] = [0, 0];
  const meant = new Set<string>();
  for (const entry of entries.values()) {
    const { intent, replies } = entry;
    const name = `${intent.kind} ${intent.mark}`;
    meant.add(name);
    const effects = found.get(name) ?? [];
    const good = replies.filter(({ status }) => isSuccess(status));
    const told = excerpt(entry);
    if (good.length > 0) {
      acknowledged += 1;
      if (effects.length === 0) lists.lost.push(told);
      if (new Set(good.map(({ body }) => body)).size > 1) lists.otherAnswers.push(told);
    } else if (replies.some(({ status }) => status < 500)) {
      refused += 1;
      if (effects.length > 0) lists.ghosts.push(told);
    } else lists.unknown.push(told);
    if (effects.length > 1) lists.duplicated.push(`${effects.length} times: ${told}`);
    for (const { said, moved } of effects)
      if (said !== intent.units || moved !== intent.units)
        lists.halves.push(`meant ${intent.units}, said ${said}, moved ${moved}: ${told}`);
    for (const { status, contentType, retryAfter } of replies)
      if (
        status >= 500 &&
        (![503, 507].includes(status) || !contentType.startsWith('application/problem+json') || !retryAfter)
      )
        lists.badOutages.push(told);
  }
  for (const name of found.keys()) if (!meant.has(name)) lists.ghosts.push(`nobody meant ${name}`);
  return { intents: entries.size, acknowledged, refused, ...lists };
}

/** A verdict in which nothing is wrong: what a test compares with. */
export const FLAWLESS = {
  lost: [],
  duplicated: [],
  halves: [],
  ghosts: [],
  otherAnswers: [],
  badOutages: [],
  unknown: [],
} as const satisfies Partial<Verdict>;
