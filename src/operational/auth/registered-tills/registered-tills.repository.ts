import { Injectable } from '@nestjs/common';

import type { Tx } from '../../../platform/database/tx.js';

/** A registered till as who looks after users sees it. */
export interface RegisteredTill {
  readonly registeredTillId: number;
  readonly branchId: number;
  readonly name: string;
  readonly registeredByName: string;
  readonly registeredAt: Date;
  readonly lastUsedAt: Date;
  /** The browser that asks is this one. */
  readonly isThisOne: boolean;
}

/** Those that count at branches ($1), of which $2 is the hash of the browser that asks. */
const FIND = `
select /* registeredTills.find */ t.registered_till_id as "registeredTillId", t.branch_id as "branchId", t.name, u.full_name as "registeredByName",
  t.registered_at as "registeredAt", t.last_used_at as "lastUsedAt", coalesce(t.token_hash = $2, false) as "isThisOne"
from operational.registered_tills t join operational.users u on u.user_id = t.registered_by
where t.branch_id = any ($1::integer[]) and ($3::integer is null or t.registered_till_id = $3)
  and t.revoked_at is null and t.last_used_at > now() - interval '180 days'
order by t.name, t.registered_till_id limit $4 offset $5`;

const COUNT = `
select /* registeredTills.count */ count(*) as total from operational.registered_tills
where branch_id = any ($1::integer[]) and revoked_at is null and last_used_at > now() - interval '180 days'`;

/** Index: registered_tills_token_key. */
const IS_ONE = `
select /* registeredTills.isOne */ exists (select from operational.registered_tills
  where token_hash = $1 and revoked_at is null and last_used_at > now() - interval '180 days') as "isOne"`;

/** Index: registered_tills_token_key. */
const USE = `
update /* registeredTills.use */ operational.registered_tills set last_used_at = now()
where token_hash = $1 and revoked_at is null and last_used_at > now() - interval '180 days'
returning registered_till_id as "registeredTillId"`;

const INSERT = `
insert /* registeredTills.insert */ into operational.registered_tills (branch_id, name, token_hash, registered_by) values ($1, $2, $3, $4)
returning registered_till_id as "registeredTillId"`;

const RENAME = `
update /* registeredTills.rename */ operational.registered_tills set name = $3
where registered_till_id = $1 and branch_id = any ($2::integer[]) and revoked_at is null`;

const REVOKE = `
update /* registeredTills.revoke */ operational.registered_tills set revoked_at = now(), revoked_by = $3
where registered_till_id = $1 and branch_id = any ($2::integer[]) and revoked_at is null`;

/** Browsers of tills. Looked up by their hash before anybody is known; everything else asks for the branches itself. */
@Injectable()
export class RegisteredTillsRepository {
  async findPage(
    tx: Tx,
    branchIds: readonly number[],
    tokenHash: Buffer | null,
    { page, limit }: { page: number; limit: number },
  ): Promise<[RegisteredTill[], number]> {
    const { total } = await tx.one<{ total: number }>(COUNT, [branchIds]);
    const offset = (page - 1) * limit;
    return [await tx.query<RegisteredTill>(FIND, [branchIds, tokenHash, null, limit, offset]), total];
  }

  find(
    tx: Tx,
    branchIds: readonly number[],
    tokenHash: Buffer,
    registeredTillId: number,
  ): Promise<RegisteredTill> {
    return tx.one<RegisteredTill>(FIND, [branchIds, tokenHash, registeredTillId, 1, 0]);
  }

  /** Whether a browser is a till that counts. */
  async isOne(tx: Tx, tokenHash: Buffer): Promise<boolean> {
    return (await tx.one<{ isOne: boolean }>(IS_ONE, [tokenHash])).isOne;
  }

  /** Notes the use of a till, which is good for another while by it; undefined: it is none that counts. */
  async use(tx: Tx, tokenHash: Buffer): Promise<number | undefined> {
    return (await tx.maybeOne<{ registeredTillId: number }>(USE, [tokenHash]))?.registeredTillId;
  }

  async insert(
    tx: Tx,
    till: { branchId: number; name: string; tokenHash: Buffer; registeredBy: number },
  ): Promise<number> {
    const { branchId, name, tokenHash, registeredBy } = till;
    const row = await tx.one<{ registeredTillId: number }>(INSERT, [branchId, name, tokenHash, registeredBy]);
    return row.registeredTillId;
  }

  /** False: it is none of these branches, or was taken back. */
  async rename(
    tx: Tx,
    registeredTillId: number,
    branchIds: readonly number[],
    name: string,
  ): Promise<boolean> {
    return (await tx.execute(RENAME, [registeredTillId, branchIds, name])) === 1;
  }

  /** False: it is none of these branches, or was taken back before. */
  async revoke(
    tx: Tx,
    registeredTillId: number,
    branchIds: readonly number[],
    revokedBy: number,
  ): Promise<boolean> {
    return (await tx.execute(REVOKE, [registeredTillId, branchIds, revokedBy])) === 1;
  }
}
