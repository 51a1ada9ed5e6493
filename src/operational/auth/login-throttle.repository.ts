import { createHash } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';

import { TooManyAttempts } from './auth.errors.js';

const WINDOW_SECONDS = 15 * 60;
const FAILURES_PER_USERNAME = 10;
const FAILURES_PER_ADDRESS = 100;

/** User names and addresses are counted under their hash: the table tells nobody who tried. */
const keyOf = (counted: string): string => createHash('sha256').update(counted).digest('hex');

/**
 * Counts failed sign-ins in operational.rate_limits, so that a restart forgets nothing and several processes count
 * together: 10 in 15 minutes for a user name (existing or not), 100 for an address. Only failures count: many honest
 * sign-ins at once are no attack.
 */
@Injectable()
export class LoginThrottle {
  private readonly usernames: RateLimiterPostgres;
  private readonly addresses: RateLimiterPostgres;

  constructor(dataSource: DataSource) {
    const table = {
      storeClient: dataSource,
      storeType: 'typeorm',
      schemaName: 'operational',
      tableName: 'rate_limits',
      tableCreated: true,
      duration: WINDOW_SECONDS,
    };
    this.usernames = new RateLimiterPostgres({
      ...table,
      keyPrefix: 'login-user',
      points: FAILURES_PER_USERNAME,
    });
    this.addresses = new RateLimiterPostgres({
      ...table,
      keyPrefix: 'login-address',
      points: FAILURES_PER_ADDRESS,
      clearExpiredByTimeout: false, // the other one clears the table of both
    });
  }

  /**
   * Throws TooManyAttempts when the user name or the address has used up its failures. Asked before the password is
   * verified and again after it proved right, so that guesses sent all at once gain nothing.
   */
  async check(username: string, address: string): Promise<void> {
    await refuseWhenUsedUp(this.usernames, username);
    await refuseWhenUsedUp(this.addresses, address);
  }

  /** Counts a failure against both. */
  async failed(username: string, address: string): Promise<void> {
    await this.usernames.penalty(keyOf(username));
    await this.addresses.penalty(keyOf(address));
  }

  /** Forgets the failures of a user name; those of the address stay, or one own account would reset the count. */
  async succeeded(username: string): Promise<void> {
    await this.usernames.delete(keyOf(username));
  }
}

async function refuseWhenUsedUp(limiter: RateLimiterPostgres, counted: string): Promise<void> {
  const state = await limiter.get(keyOf(counted));
  if (state && state.consumedPoints >= limiter.points)
    throw new TooManyAttempts(Math.max(1, Math.ceil(state.msBeforeNext / 1000)));
}
