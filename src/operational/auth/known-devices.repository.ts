import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** Index: known_devices_token_key. */
const IS_KNOWN = `
select /* knownDevices.isKnown */ exists (select from operational.known_devices d join operational.users u using (user_id)
  where d.token_hash = $1 and u.username = $2 and d.last_used_at > now() - interval '180 days') as known`;

const USE = `
update /* knownDevices.use */ operational.known_devices set last_used_at = now()
where token_hash = $1 and user_id = $2 and last_used_at > now() - interval '180 days'`;

const INSERT = `
insert /* knownDevices.insert */ into operational.known_devices (user_id, token_hash) values ($1, $2)`;

/** A user has 20 at the most: the one not used for longest goes. */
const PRUNE = `
delete /* knownDevices.prune */ from operational.known_devices where user_id = $1 and known_device_id in (
  select known_device_id from operational.known_devices where user_id = $1 order by last_used_at desc, known_device_id desc offset 19)`;

/** Devices users have signed in with. Looked up before anybody is known. */
@Injectable()
export class KnownDevicesRepository {
  async isKnown(tx: Tx, tokenHash: Buffer, username: string): Promise<boolean> {
    return (await tx.one<{ known: boolean }>(IS_KNOWN, [tokenHash, username])).known;
  }

  /** Notes the use of a device; false when this user has not signed in with it. */
  async use(tx: Tx, tokenHash: Buffer, userId: number): Promise<boolean> {
    return (await tx.execute(USE, [tokenHash, userId])) === 1;
  }

  async insert(tx: Tx, userId: number, tokenHash: Buffer): Promise<void> {
    await tx.execute(PRUNE, [userId]);
    await tx.execute(INSERT, [userId, tokenHash]);
  }
}
