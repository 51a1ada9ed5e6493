import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import type { NearMissQuery, NearMissReport, NearMissView } from './near-misses.schemas.js';
import * as sql from './near-misses.sql.js';
import type { NearMiss } from './near-misses.types.js';

type Report = z.output<typeof NearMissReport>;

@Injectable()
export class NearMissesRepository {
  /** `isNamed`: who, which fill and the minute are kept; otherwise nothing that leads to anybody. */
  async insert(
    tx: Tx,
    branchId: number,
    userId: number,
    nearMiss: NearMiss,
    isNamed: boolean,
  ): Promise<number> {
    const { nearMissId } = await tx.one<{ nearMissId: number }>(sql.INSERT, [
      branchId,
      nearMiss.kind,
      nearMiss.stage,
      nearMiss.source,
      nearMiss.expectedDrugId ?? null,
      nearMiss.foundDrugId ?? null,
      nearMiss.expectedLot ?? null,
      nearMiss.foundLot ?? null,
      nearMiss.cause ?? null,
      nearMiss.description ?? null,
      nearMiss.fillId ?? null,
      userId,
      isNamed,
    ]);
    return nearMissId;
  }

  findPage(
    tx: Tx,
    branchId: number,
    query: z.output<typeof NearMissQuery>,
    isNamed: boolean,
  ): Promise<z.output<typeof NearMissView>[]> {
    const { kind, stage, from, to, cursor, limit } = query;
    return tx.query(sql.FIND_PAGE, [
      branchId,
      ...[kind, stage, from, to, cursor].map((value) => value ?? null),
      isNamed,
      limit,
    ]);
  }

  byKind(tx: Tx, branchId: number, from: string, to: string): Promise<Report['kinds']> {
    return tx.query(sql.BY_KIND, [branchId, from, to]);
  }

  byPair(tx: Tx, branchId: number, from: string, to: string): Promise<Report['pairs']> {
    return tx.query(sql.BY_PAIR, [branchId, from, to]);
  }

  byHour(tx: Tx, branchId: number, from: string, to: string): Promise<Report['hours']> {
    return tx.query(sql.BY_HOUR, [branchId, from, to]);
  }

  byMonth(tx: Tx, branchId: number, from: string, to: string): Promise<Report['months']> {
    return tx.query(sql.BY_MONTH, [branchId, from, to]);
  }

  scans(tx: Tx, branchId: number, from: string, to: string): Promise<Report['scans']> {
    return tx.query(sql.SCANS, [branchId, from, to]);
  }
}
