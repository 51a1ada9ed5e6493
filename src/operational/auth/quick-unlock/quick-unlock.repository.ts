import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';

/** Wrong PINs after which a PIN is dead. */
export const MAX_PIN_FAILURES = 5;

const STATE = `
select /* quickUnlock.state */ pin_hash is not null as "hasPin", pin_failures >= ${MAX_PIN_FAILURES} as "isPinLocked", badge_hash is not null as "hasBadge"
from operational.quick_unlocks where user_id = $1`;

const SET_PIN = `
insert /* quickUnlock.setPin */ into operational.quick_unlocks (user_id, pin_hash) values ($1, $2)
on conflict (user_id) do update set pin_hash = excluded.pin_hash, pin_failures = 0, updated_at = now()`;

const SET_BADGE = `
insert /* quickUnlock.setBadge */ into operational.quick_unlocks (user_id, badge_hash) values ($1, $2)
on conflict (user_id) do update set badge_hash = excluded.badge_hash, updated_at = now()`;

const FORGET = `
delete /* quickUnlock.forget */ from operational.quick_unlocks where user_id = $1`;

/** Counts the try before it is judged, so that guesses sent all at once gain nothing; no row: no PIN, or it is dead. */
const TRY_PIN = `
update /* quickUnlock.tryPin */ operational.quick_unlocks set pin_failures = pin_failures + 1
where user_id = $1 and pin_hash is not null and pin_failures < ${MAX_PIN_FAILURES}
returning pin_hash as "pinHash"`;

const PIN_WAS_RIGHT = `
update /* quickUnlock.pinWasRight */ operational.quick_unlocks set pin_failures = 0 where user_id = $1 and pin_hash = $2`;

/** Index: quick_unlocks_badge_key. */
const FIND_BADGE = `
select /* quickUnlock.findBadge */ u.username from operational.quick_unlocks q join operational.users u using (user_id) where q.badge_hash = $1`;

/** What a user has set for unlocking quickly. */
export interface QuickUnlockState {
  readonly hasPin: boolean;
  readonly isPinLocked: boolean;
  readonly hasBadge: boolean;
}

/** PINs and badges. Like sessions they are looked up before anybody is known. */
@Injectable()
export class QuickUnlockRepository {
  async state(tx: Tx, userId: number): Promise<QuickUnlockState> {
    return (
      (await tx.maybeOne<QuickUnlockState>(STATE, [userId])) ?? {
        hasPin: false,
        isPinLocked: false,
        hasBadge: false,
      }
    );
  }

  async setPin(tx: Tx, userId: number, pinHash: string): Promise<void> {
    await tx.execute(SET_PIN, [userId, pinHash]);
  }

  async setBadge(tx: Tx, userId: number, badgeHash: Buffer): Promise<void> {
    await tx.execute(SET_BADGE, [userId, badgeHash]);
  }

  async forget(tx: Tx, userId: number): Promise<void> {
    await tx.execute(FORGET, [userId]);
  }

  /** The hash to judge a try by; undefined when there is no PIN that may be tried. */
  async tryPin(tx: Tx, userId: number): Promise<string | undefined> {
    return (await tx.maybeOne<{ pinHash: string }>(TRY_PIN, [userId]))?.pinHash;
  }

  async pinWasRight(tx: Tx, userId: number, pinHash: string): Promise<void> {
    await tx.execute(PIN_WAS_RIGHT, [userId, pinHash]);
  }

  /** The sign-in name of a badge's bearer. */
  async findBadge(tx: Tx, badgeHash: Buffer): Promise<string | undefined> {
    return (await tx.maybeOne<{ username: string }>(FIND_BADGE, [badgeHash]))?.username;
  }
}
