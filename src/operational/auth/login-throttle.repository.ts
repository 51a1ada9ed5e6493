import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

import { TooManyAttempts } from './auth.errors.js';

const WINDOW_SECONDS = 15 * 60;
const FAILURES_PER_USERNAME = 10;
const FAILURES_PER_ADDRESS = 100;
/** Failures in a row whatever the time between them (NIST SP 800-63B-4 §3.2.2); a right sign-in or another password begins anew. */
const STRAIGHT_FAILURES = 100;
const STRAIGHT_SECONDS = 90 * 24 * 3600;

/** User names and addresses are counted under their hash: the table tells nobody who tried. */
const keyOf = (counted: string): string => createHash('sha256').update(counted).digest('hex');

/** Who tries to sign in, from where. */
export interface Attempt {
  readonly username: string;
  readonly address: string;
  /** The device, where it is one this user signed in with before. */
  readonly knownDevice?: string | undefined;
}

/**
 * Counts failed sign-ins in operational.rate_limits, so that a restart forgets nothing and several processes count
 * together: 10 in 15 minutes for a user name (existing or not), 100 for an address, and 100 in a row for a user name. A device the
 * user signed in with before is counted by itself, 10 in 15 minutes: whatever strangers try, they do not shut him out. Only
 * failures count: many honest sign-ins at once are no attack.
 */
@Injectable()
export class LoginThrottle {
  private readonly usernames: RateLimiterPostgres;
  private readonly addresses: RateLimiterPostgres;
  private readonly devices: RateLimiterPostgres;
  private readonly straight: RateLimiterPostgres;

  constructor(dataSource: DataSource) {
    const limiter = (keyPrefix: string, points: number, duration = WINDOW_SECONDS) =>
      new RateLimiterPostgres({
        storeClient: dataSource,
        storeType: 'typeorm',
        schemaName: 'operational',
        tableName: 'rate_limits',
        tableCreated: true,
        keyPrefix,
        points,
        duration,
        clearExpiredByTimeout: keyPrefix === 'login-user', // one clears the table of all
      });
    this.usernames = limiter('login-user', FAILURES_PER_USERNAME);
    this.addresses = limiter('login-address', FAILURES_PER_ADDRESS);
    this.devices = limiter('login-device', FAILURES_PER_USERNAME);
    this.straight = limiter('login-straight', STRAIGHT_FAILURES, STRAIGHT_SECONDS);
  }

  /**
   * Throws TooManyAttempts when the user name, the address or the known device has used up its failures. Asked before the
   * password is verified and again after it proved right, so that guesses sent all at once gain nothing.
   */
  async check(attempt: Attempt): Promise<void> {
    for (const [limiter, counted] of this.countersOf(attempt)) await refuseWhenUsedUp(limiter, counted);
  }

  /** Counts a failure. */
  async failed(attempt: Attempt): Promise<void> {
    for (const [limiter, counted] of this.countersOf(attempt)) await limiter.penalty(keyOf(counted));
  }

  /** Forgets the failures of a user name; those of the address stay, or one own account would reset the count. */
  async succeeded({ username, knownDevice }: Pick<Attempt, 'username' | 'knownDevice'>): Promise<void> {
    await this.usernames.delete(keyOf(username));
    await this.straight.delete(keyOf(username));
    if (knownDevice !== undefined) await this.devices.delete(keyOf(knownDevice));
  }

  private countersOf(attempt: Attempt): (readonly [RateLimiterPostgres, string])[] {
    if (attempt.knownDevice !== undefined) return [[this.devices, attempt.knownDevice]];
    return [
      [this.usernames, attempt.username],
      [this.straight, attempt.username],
      [this.addresses, attempt.address],
    ];
  }
}

async function refuseWhenUsedUp(limiter: RateLimiterPostgres, counted: string): Promise<void> {
  const state = await limiter.get(keyOf(counted));
  if (state && state.consumedPoints >= limiter.points)
    throw new TooManyAttempts(Math.max(1, Math.ceil(state.msBeforeNext / 1000)));
}
