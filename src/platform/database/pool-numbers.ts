import { Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';

/** A pool as it stands: how many connections it may have, has, has idle, and how many wait for one. */
export interface PoolNumbers {
  readonly name: string;
  readonly max: number;
  readonly open: number;
  readonly idle: number;
  readonly waiting: number;
}

/** The numbers of all pools of the process. */
@Injectable()
export class PoolReader {
  constructor(private readonly web: DataSource) {}

  numbers(): PoolNumbers[] {
    const { master } = this.web.driver as unknown as { master: pg.Pool };
    const { totalCount, idleCount, waitingCount, options } = master;
    return [{ name: 'web', max: options.max, open: totalCount, idle: idleCount, waiting: waitingCount }];
  }
}
