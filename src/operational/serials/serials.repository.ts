import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { COUNT_LIMIT } from '../../platform/http/schemas.js';
import type { LotOfPacks, OpenPack } from './next-packs.domain.js';
import * as sql from './serials.sql.js';
import type { Pack, PackEvent, PackMovement, PackStatus, PackTaken } from './serials.types.js';

/** What a list of packs may be narrowed by. */
export interface PackFilter {
  readonly drugId?: number | undefined;
  readonly lotId?: number | undefined;
  readonly status?: PackStatus | undefined;
  readonly serial?: string | undefined;
  readonly gtin?: string | undefined;
  readonly page: number;
  readonly limit: number;
}

/** A pack to be entered. */
export interface NewPack {
  readonly lotId: number;
  readonly gtin: string;
  readonly serial: string;
  readonly baseUnits: string;
  readonly goodsReceiptItemId: number | null;
}

/** A lot as packs are entered into it. */
export interface LotForPack {
  readonly lotId: number;
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  readonly status: string;
}

/** Whether a pack may leave; `standing` is "free", "unknown" or why not. */
export interface Standing {
  readonly packSerialId: number | null;
  readonly lotId: number | null;
  readonly remaining: string | null;
  readonly standing: string;
  readonly demandKnown: boolean;
}

/** A movement of a sale line, with the base units no scanned pack gave yet. */
export interface TakenLot {
  readonly movementId: number;
  readonly lotId: number;
  readonly lotNumber: string;
  readonly open: string;
}

@Injectable()
export class SerialsRepository {
  async findPage(tx: Tx, branchId: number, query: PackFilter): Promise<[rows: Pack[], counted: number]> {
    const { drugId, lotId, status, serial, gtin, page, limit } = query;
    const filter = [branchId, ...[drugId, lotId, status, serial, gtin].map((value) => value ?? null)];
    const [rows, { total }] = await Promise.all([
      tx.query<Pack>(sql.FIND_PAGE, [...filter, limit, (page - 1) * limit]),
      tx.one<{ total: number }>(sql.COUNT, [...filter, COUNT_LIMIT + 1]),
    ]);
    return [rows, total];
  }

  find(tx: Tx, branchId: number, packSerialId: number): Promise<Pack | undefined> {
    return tx.maybeOne<Pack>(sql.FIND_ONE, [branchId, packSerialId]);
  }

  findByCode(tx: Tx, branchId: number, gtin: string, serial: string): Promise<Pack[]> {
    return tx.query<Pack>(sql.FIND_BY_CODE, [branchId, gtin, serial]);
  }

  findMovements(tx: Tx, packSerialId: number): Promise<PackMovement[]> {
    return tx.query<PackMovement>(sql.FIND_MOVEMENTS, [packSerialId]);
  }

  findEvents(tx: Tx, packSerialId: number): Promise<PackEvent[]> {
    return tx.query<PackEvent>(sql.FIND_EVENTS, [packSerialId]);
  }

  unitsOfCodes(
    tx: Tx,
    gtins: readonly string[],
  ): Promise<{ gtin: string; drugId: number; baseUnits: string | null }[]> {
    return tx.query(sql.UNITS_OF_CODES, [gtins]);
  }

  known(
    tx: Tx,
    packs: readonly { gtin: string; serial: string }[],
  ): Promise<{ gtin: string; serial: string }[]> {
    return tx.query(sql.KNOWN, [packs.map(({ gtin }) => gtin), packs.map(({ serial }) => serial)]);
  }

  insert(tx: Tx, branchId: number, packs: readonly NewPack[]): Promise<PackTaken[]> {
    return tx.query<PackTaken>(sql.INSERT_PACKS, [
      branchId,
      packs.map((pack) => pack.lotId),
      packs.map((pack) => pack.gtin),
      packs.map((pack) => pack.serial),
      packs.map((pack) => pack.baseUnits),
      packs.map((pack) => pack.goodsReceiptItemId),
    ]);
  }

  lockLotOf(
    tx: Tx,
    branchId: number,
    packSerialId: number,
  ): Promise<{ lotId: number; lotStatus: string; lotNumber: string } | undefined> {
    return tx.maybeOne(sql.LOCK_PACK, [branchId, packSerialId]);
  }

  lockLot(tx: Tx, branchId: number, lotId: number): Promise<LotForPack | undefined> {
    return tx.maybeOne<LotForPack>(sql.LOT, [branchId, lotId]);
  }

  /** The lot beside a lot that is available, or set aside; made where there is none. */
  async twinOf(
    tx: Tx,
    branchId: number,
    lotId: number,
    status: 'available' | 'quarantined',
    reason: string,
  ): Promise<number> {
    const found = await tx.one<{ lotId: number | null }>(sql.FIND_TWIN, [branchId, lotId, status]);
    return (
      found.lotId ??
      (await tx.one<{ lotId: number }>(sql.INSERT_TWIN, [branchId, lotId, status, reason])).lotId
    );
  }

  /** Takes base units from one lot into another of the same number; answers the movement out. */
  async repack(
    tx: Tx,
    branchId: number,
    way: { readonly from: number; readonly to: number },
    quantity: string,
    reason: string,
  ): Promise<number> {
    const values = [branchId, way.from, way.to, quantity, reason];
    return (await tx.one<{ movementId: number }>(sql.REPACK, values)).movementId;
  }

  async movePack(tx: Tx, packSerialId: number, movementId: number, lotId: number): Promise<void> {
    await tx.query(sql.MOVE_PACK, [packSerialId, movementId, lotId]);
  }

  async takePack(tx: Tx, packSerialId: number, movementId: number, units: string): Promise<void> {
    await tx.query(sql.TAKE_PACK, [packSerialId, movementId, units]);
  }

  async report(
    tx: Tx,
    branchId: number,
    packSerialId: number,
    { reason, reasonCode }: { readonly reason: string; readonly reasonCode: string },
  ): Promise<number> {
    const values = [branchId, packSerialId, reason, reasonCode];
    return (await tx.one<{ movementId: number }>(sql.REPORT, values)).movementId;
  }

  standing(tx: Tx, branchId: number, gtin: string, serial: string): Promise<Standing> {
    return tx.one<Standing>(sql.STANDING, [branchId, gtin, serial]);
  }

  takenByLine(tx: Tx, saleItemId: number): Promise<TakenLot[]> {
    return tx.query<TakenLot>(sql.TAKEN_BY_LINE, [saleItemId]);
  }

  nextLots(tx: Tx, branchId: number, drugId: number): Promise<LotOfPacks[]> {
    return tx.query<LotOfPacks>(sql.NEXT_LOTS, [branchId, drugId]);
  }

  packsOfLots(tx: Tx, lotIds: readonly number[]): Promise<OpenPack[]> {
    return tx.query<OpenPack>(sql.PACKS_OF_LOTS, [lotIds]);
  }
}
