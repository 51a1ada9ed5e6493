import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { queryPrepared } from '../../platform/database/prepared.js';
import type { Tx } from '../../platform/database/tx.js';
import type { Permission } from '../../platform/security/permissions.js';

/** A live session with its user's rights, as one query answers it. */
export interface LiveSession {
  readonly sessionId: number;
  readonly userId: number;
  readonly username: string;
  readonly permissions: string[];
  readonly branchIds: number[];
  readonly proven: 'full' | 'counter' | null;
  /** A password somebody else chose must be changed first of all. */
  readonly isPasswordDue: boolean;
  readonly lacksFactor: boolean;
  readonly askedForSeconds: number;
  readonly isAtTill: boolean;
}

/** A session as its user, or who looks after users, sees it. */
export interface OpenSession {
  readonly sessionId: number;
  readonly openedAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly openedBy: 'password' | 'pin' | 'badge' | 'passkey';
  readonly secondFactor: 'totp' | 'webauthn' | 'recovery' | null;
  readonly isLocked: boolean;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
}

/** A session that is neither ended, nor locked, nor too old, nor idle too long, of a user who is not disabled. */
const LIVE = `s.revoked_at is null and s.locked_at is null and s.expires_at > now() and s.last_seen_at > now() - interval '30 minutes' and u.status = 'active'`;

/**
 * Rests on sessions_token_hash_key; one row. The use is noted at most once a minute, so that reading does not write;
 * the condition stands on the row itself, so that of two requests in the same moment only one writes.
 * Open branches come first: the first is the one worked at when the request names none.
 */
const FIND_LIVE = `
with /* auth.findLiveSession */ live as (
  select s.session_id, s.user_id, u.username,
    case when s.confirmed_until > now() then 'full' when s.quick_until > now() then 'counter' end as proven,
    u.one_time_password_until is not null or (u.must_change_password and coalesce(u.password_grace_until <= now(), true)) as is_password_due,
    operational.needs_mfa(s.user_id) and not operational.has_mfa(s.user_id) as lacks_factor,
    extract(epoch from now() - u.mfa_asked_since)::float8 as asked_for_seconds,
    s.registered_till_id is not null and exists (select from operational.registered_tills t join operational.user_branches tb using (branch_id)
      where t.registered_till_id = s.registered_till_id and t.revoked_at is null and tb.user_id = s.user_id) as is_at_till
  from operational.sessions s join operational.users u on u.user_id = s.user_id
  where s.token_hash = $1 and ${LIVE}
), touched as (
  update operational.sessions s set last_seen_at = now()
  from live where s.session_id = live.session_id and s.last_seen_at < now() - interval '1 minute'
)
select live.session_id as "sessionId", live.user_id as "userId", live.username, live.proven, live.is_password_due as "isPasswordDue",
  live.lacks_factor as "lacksFactor", live.asked_for_seconds as "askedForSeconds", live.is_at_till as "isAtTill",
  array(select distinct p.name from operational.user_roles ur
    join operational.role_permissions rp on rp.role_id = ur.role_id
    join operational.permissions p on p.permission_id = rp.permission_id
    where ur.user_id = live.user_id) as permissions,
  array(select b.branch_id from operational.user_branches ub
    join operational.branches b on b.branch_id = ub.branch_id
    where ub.user_id = live.user_id order by b.active desc, b.branch_id) as "branchIds"
from live`;

/** The user row is locked against a simultaneous disabling or change of password, which ends all sessions. */
const OPEN = `
with /* auth.openSession */ person as (
  select user_id from operational.users
  where user_id = $1 and status = 'active' and password_hash = $2 for share
)
insert into operational.sessions (user_id, token_hash, expires_at, user_agent, ip_address, opened_by, second_factor, in_place_of, registered_till_id)
select user_id, $3, case when $6 in ('pin', 'badge') then (select o.expires_at from operational.sessions o where o.session_id = $8::bigint) else now() + interval '12 hours' end,
  $4, $5, $6, $7, $8::bigint, $9 from person`;

/** A session that may be unlocked: locked, or as live as another. Index: sessions_token_hash_key. */
const FIND_DEVICE = `
select /* auth.findDevice */ s.session_id as "sessionId", s.locked_at is not null as "isLocked", u.username
from operational.sessions s join operational.users u using (user_id)
where s.token_hash = $1 and s.revoked_at is null and s.expires_at > now()
  and (s.locked_at is not null or s.last_seen_at > now() - interval '30 minutes')`;

/** Another token for a session that is going on: what it was before opens nothing any more. */
const ROTATE = `
update /* auth.rotateSession */ operational.sessions set token_hash = $2
where session_id = $1 and revoked_at is null`;

/** Sessions that are live or locked. Index: sessions_user_idx. */
const OPEN_OF_USER = `
select /* auth.openSessions */ session_id as "sessionId", created_at as "openedAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
  opened_by as "openedBy", second_factor as "secondFactor", locked_at is not null as "isLocked", user_agent as "userAgent", ip_address as "ipAddress"
from operational.sessions
where user_id = $1 and revoked_at is null and expires_at > now() and (locked_at is not null or last_seen_at > now() - interval '30 minutes')
order by last_seen_at desc, session_id desc limit 100`;

const LOCK = `
update /* auth.lockSession */ operational.sessions set locked_at = now()
where session_id = $1 and locked_at is null`;

/** Of sessions ($1), each at its branch ($2), those that are live and whose user works there and has the right ($3). */
const STILL_ALLOWED = `
select /* auth.stillAllowed */ s.session_id as "sessionId"
from unnest($1::integer[], $2::integer[]) as w (session_id, branch_id)
join operational.sessions s on s.session_id = w.session_id
join operational.users u on u.user_id = s.user_id
where ${LIVE}
  and exists (select from operational.user_branches ub where ub.user_id = s.user_id and ub.branch_id = w.branch_id)
  and exists (select from operational.user_roles ur join operational.role_permissions rp using (role_id)
    join operational.permissions p using (permission_id) where ur.user_id = s.user_id and p.name = $3)`;

const REVOKE = `
update /* auth.revokeSession */ operational.sessions set revoked_at = now()
where session_id = $1 and revoked_at is null and ($2::integer is null or user_id = $2)`;

/** Index: sessions_token_hash_key. */
const REVOKE_BY_TOKEN = `
update /* auth.revokeSessionByToken */ operational.sessions set revoked_at = now() where token_hash = $1 and revoked_at is null`;

const REVOKE_OF_USER = `
update /* auth.revokeSessions */ operational.sessions set revoked_at = now()
where user_id = $1 and session_id <> $2 and revoked_at is null`;

/** Signed-in sessions. The table has no row-level security: a session is looked up before anybody is known. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The session of a token's SHA-256, when it is neither ended, nor 12 h old, nor 30 min idle, and its user active. */
  async findLive(tokenHash: Buffer): Promise<LiveSession | undefined> {
    return (await queryPrepared<LiveSession>(this.dataSource, FIND_LIVE, [tokenHash]))[0];
  }

  /** Which of these sessions may still do at their branch what they were let in for; looking is no use of a session. */
  async stillAllowed(
    sessions: readonly { readonly sessionId: number; readonly branchId: number }[],
    permission: Permission,
  ): Promise<Set<number>> {
    const rows = await queryPrepared<{ sessionId: number }>(this.dataSource, STILL_ALLOWED, [
      sessions.map(({ sessionId }) => sessionId),
      sessions.map(({ branchId }) => branchId),
      permission,
    ]);
    return new Set(rows.map(({ sessionId }) => sessionId));
  }

  /** Opens a session; false when the user was disabled or got another password since it was verified. */
  async open(
    tx: Tx,
    session: {
      userId: number;
      passwordHash: string;
      tokenHash: Buffer;
      userAgent: string | null;
      ipAddress: string | null;
      openedBy: OpenSession['openedBy'];
      secondFactor: OpenSession['secondFactor'];
      /** The session it takes the place of; one opened by PIN or badge ends when that would have, any other after 12 hours. */
      inPlaceOf: number | null;
      /** The registered till it is opened at. */
      registeredTillId: number | null;
    },
  ): Promise<boolean> {
    const opened = await tx.execute(OPEN, [
      session.userId,
      session.passwordHash,
      session.tokenHash,
      session.userAgent,
      session.ipAddress,
      session.openedBy,
      session.secondFactor,
      session.inPlaceOf,
      session.registeredTillId,
    ]);
    return opened === 1;
  }

  /** The session of a token's SHA-256 that may be unlocked, its user disabled or not. */
  async findDevice(
    tokenHash: Buffer,
  ): Promise<{ sessionId: number; isLocked: boolean; username: string } | undefined> {
    return (
      await queryPrepared<{ sessionId: number; isLocked: boolean; username: string }>(
        this.dataSource,
        FIND_DEVICE,
        [tokenHash],
      )
    )[0];
  }

  /** Locks a session: its token does nothing more, but another session may take its place. */
  async lock(tx: Tx, sessionId: number): Promise<void> {
    await tx.execute(LOCK, [sessionId]);
  }

  /** Gives a session another token. */
  async rotate(tx: Tx, sessionId: number, tokenHash: Buffer): Promise<void> {
    await tx.execute(ROTATE, [sessionId, tokenHash]);
  }

  /** The sessions of a user that are going on, the one used last first. */
  openOf(tx: Tx, userId: number): Promise<OpenSession[]> {
    return tx.query<OpenSession>(OPEN_OF_USER, [userId]);
  }

  /** Ends one session, `ofUser`'s where that is given. False: it was ended before, or is not his. */
  async revoke(tx: Tx, sessionId: number, ofUser?: number): Promise<boolean> {
    return (await tx.execute(REVOKE, [sessionId, ofUser ?? null])) === 1;
  }

  /** Ends the session of a token's SHA-256, whoever's it is, if there is one. */
  async revokeByToken(tx: Tx, tokenHash: Buffer): Promise<void> {
    await tx.execute(REVOKE_BY_TOKEN, [tokenHash]);
  }

  /** Ends all sessions of a user, but for `exceptSessionId` (0: none is spared). */
  async revokeOfUser(tx: Tx, userId: number, exceptSessionId = 0): Promise<void> {
    await tx.execute(REVOKE_OF_USER, [userId, exceptSessionId]);
  }
}
