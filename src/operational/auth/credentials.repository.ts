import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';

/** What sign-in must know of a user. */
export interface Credentials {
  readonly userId: number;
  readonly username: string;
  readonly fullName: string;
  readonly passwordHash: string;
  readonly status: 'active' | 'disabled';
  readonly mustChangePassword: boolean;
  /** It was made up for him, and its time is over. */
  readonly isOneTimeOver: boolean;
  readonly hasSecondFactor: boolean;
}

/** The signed-in user with his roles and open branches. */
export interface Profile {
  readonly userId: number;
  readonly username: string;
  readonly fullName: string;
  readonly mustChangePassword: boolean;
  readonly roles: { readonly roleId: number; readonly name: string }[];
  readonly branches: {
    readonly branchId: number;
    readonly code: string;
    readonly name: string;
    readonly nameAr: string | null;
    readonly currency: string;
    readonly currencyDecimals: number;
    readonly cashRounding: string;
    readonly timeZone: string;
    readonly idleLockMinutes: number;
  }[];
}

const FIND = `
select /* auth.findCredentials */ user_id as "userId", username, full_name as "fullName",
  password_hash as "passwordHash", status, must_change_password as "mustChangePassword",
  coalesce(one_time_password_until < now(), false) as "isOneTimeOver", operational.has_mfa(user_id) as "hasSecondFactor"
from operational.users where username = $1`;

const BRANCH_WORDS = `
select /* auth.branchWords */ distinct w.word from operational.branches b, unnest(array[b.code, b.name, b.name_ar]) as w (word) where w.word is not null`;

const PROFILE = `
select /* auth.profile */ u.user_id as "userId", u.username, u.full_name as "fullName",
  u.must_change_password as "mustChangePassword",
  coalesce((select json_agg(json_build_object('roleId', r.role_id, 'name', r.name) order by r.name)
    from operational.user_roles ur join operational.roles r using (role_id) where ur.user_id = u.user_id), '[]') as roles,
  coalesce((select json_agg(json_build_object('branchId', b.branch_id, 'code', b.code, 'name', b.name,
      'nameAr', b.name_ar, 'currency', b.currency, 'currencyDecimals', b.currency_decimals,
      'cashRounding', b.cash_rounding::text,
      'timeZone', b.time_zone, 'idleLockMinutes', b.idle_lock_minutes) order by b.branch_id)
    from operational.user_branches ub join operational.branches b using (branch_id)
    where ub.user_id = u.user_id and b.active), '[]') as branches
from operational.users u where u.user_id = $1`;

const SET_PASSWORD = `
update /* auth.setPassword */ operational.users
set password_hash = $3, must_change_password = $4, one_time_password_until = null, version = version + 1
where user_id = $1 and password_hash = $2`;

@Injectable()
export class CredentialsRepository {
  async find(tx: Tx, username: string): Promise<Credentials | undefined> {
    return tx.maybeOne<Credentials>(FIND, [username]);
  }

  /** Codes and names of the branches, of all of them: a list of words says nothing of any. */
  async branchWords(tx: Tx): Promise<string[]> {
    return (await tx.query<{ word: string }>(BRANCH_WORDS)).map(({ word }) => word);
  }

  async profile(tx: Tx, userId: number): Promise<Profile> {
    return tx.one<Profile>(PROFILE, [userId]);
  }

  /** Replaces a password hash that is still the expected one; false when it is not. */
  async replacePassword(tx: Tx, userId: number, expectedHash: string, newHash: string): Promise<boolean> {
    return (await tx.execute(SET_PASSWORD, [userId, expectedHash, newHash, false])) === 1;
  }
}
