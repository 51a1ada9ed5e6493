import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';

const INSERT = `
insert /* passwordLinks.insert */ into operational.password_links (user_id, token_hash, expires_at)
select user_id, $2, now() + interval '24 hours' from operational.users where username = $1 and status = 'active'`;

/** Whose password an open link sets. Index: password_links_token_key. */
const FIND = `
select /* passwordLinks.find */ u.user_id as "userId", u.username, u.full_name as "fullName"
from operational.password_links l join operational.users u using (user_id)
where l.token_hash = $1 and l.used_at is null and l.expires_at > now() and u.status = 'active'`;

const USE = `
update /* passwordLinks.use */ operational.password_links set used_at = now()
where token_hash = $1 and used_at is null and expires_at > now()`;

const SET_PASSWORD = `
update /* passwordLinks.setPassword */ operational.users
set password_hash = $2, must_change_password = false, one_time_password_until = null, version = version + 1
where user_id = $1 and status = 'active'`;

/** Links by which a user sets his password. Looked up before anybody is known. */
@Injectable()
export class PasswordLinksRepository {
  /** False when there is no active user of this name. */
  async insert(tx: Tx, username: string, tokenHash: Buffer): Promise<boolean> {
    return (await tx.execute(INSERT, [username, tokenHash])) === 1;
  }

  find(
    tx: Tx,
    tokenHash: Buffer,
  ): Promise<{ userId: number; username: string; fullName: string } | undefined> {
    return tx.maybeOne(FIND, [tokenHash]);
  }

  /** Uses a link; false when it was used or is too old. */
  async use(tx: Tx, tokenHash: Buffer): Promise<boolean> {
    return (await tx.execute(USE, [tokenHash])) === 1;
  }

  async setPassword(tx: Tx, userId: number, passwordHash: string): Promise<void> {
    await tx.execute(SET_PASSWORD, [userId, passwordHash]);
  }
}
