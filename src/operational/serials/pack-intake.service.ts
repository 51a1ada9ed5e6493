import { Injectable } from '@nestjs/common';

import type { Tx } from '../../platform/database/tx.js';
import { RuleViolation } from '../../platform/errors/domain-error.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PackCodesService } from '../../reference/drugs/pack-codes.service.js';
import { NearMissesService } from '../near-misses/near-misses.service.js';
import { SerialsRepository, type NewPack } from './serials.repository.js';
import type { PackTaken } from './serials.types.js';

/** A line of a delivery with the codes of the packs that were scanned of it. */
export interface ScannedLine {
  readonly drugId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
  /** Base units the packs may make at the most; not given: whatever the lot holds. */
  readonly quantity?: string;
  /** Codes of packs, as scanned. */
  readonly packs?: readonly string[] | undefined;
}

/** A pack as its code and its line say. */
export interface ScannedPack {
  readonly line: number;
  readonly gtin: string;
  readonly serial: string;
  readonly baseUnits: string;
}

/** Where the packs of a line lie now. */
export interface LineInLot {
  readonly goodsReceiptItemId: number | null;
  readonly lotId: number;
}

const keyOf = ({ gtin, serial }: { readonly gtin: string; readonly serial: string }): string =>
  `${gtin}/${serial}`;

/** Enters packs by their serials, with a delivery or where they lie; one that is known already is set aside. */
@Injectable()
export class PackIntakeService {
  constructor(
    private readonly packs: SerialsRepository,
    private readonly codes: PackCodesService,
    private readonly nearMisses: NearMissesService,
  ) {}

  /**
   * What was scanned, judged against its lines. `at` says where the packs of a line stand in the request. Throws RuleViolation naming each code that has
   * no serial, is of something else, is named twice, or of which nobody knows the base units; UnreadableBarcode, AmbiguousBarcode.
   */
  async read(tx: Tx, lines: readonly ScannedLine[], at: (line: number) => string): Promise<ScannedPack[]> {
    const found: ScannedPack[] = [];
    const seen = new Set<string>();
    const refuse = (line: number, index: number, detail: string): never => {
      throw new RuleViolation('A scanned pack does not fit.', {}, [
        { pointer: `${at(line)}/${index}`, detail },
      ]);
    };
    for (const [line, { drugId, lotNumber, expiryDate, quantity, packs = [] }] of lines.entries()) {
      let units = Quantity.zero;
      for (const [index, code] of packs.entries()) {
        const pack = await this.codes.read(tx, code);
        const { gtin, serialNumber: serial } = pack;
        if (gtin === null || serial === null || serial.length > 20)
          return refuse(line, index, 'must have a product code and a serial (AI 21) that are certain');
        if (pack.drugId !== drugId) return refuse(line, index, 'is of another product');
        if (pack.lotNumber !== null && pack.lotNumber.trim().toUpperCase() !== lotNumber.trim().toUpperCase())
          return refuse(line, index, `is of lot ${pack.lotNumber}`);
        if (pack.expiryDate !== null && pack.expiryDate !== expiryDate)
          return refuse(line, index, `expires ${pack.expiryDate}`);
        if (seen.has(keyOf({ gtin, serial }))) return refuse(line, index, 'is named twice');
        seen.add(keyOf({ gtin, serial }));
        const known = (await this.packs.unitsOfCodes(tx, [gtin])).find((one) => one.gtin === gtin);
        const baseUnits = known?.baseUnits ?? null;
        if (baseUnits === null)
          return refuse(line, index, 'is of a size nobody entered: say it in the catalogue');
        units = units.plus(Quantity.of(baseUnits));
        if (quantity !== undefined && units.compare(Quantity.of(quantity)) > 0)
          return refuse(line, index, `makes ${units.toString()}, and the line has ${quantity}`);
        found.push({ line, gtin, serial, baseUnits });
      }
    }
    return found;
  }

  /**
   * Enters packs into the lots their lines lie in. Those known already, at any branch, go into a quarantined lot beside it, and are a near
   * miss. Call it after the stock of the lines is posted.
   */
  async enter(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly LineInLot[],
    scanned: readonly ScannedPack[],
  ): Promise<PackTaken[]> {
    if (scanned.length === 0) return [];
    const known = new Set((await this.packs.known(tx, scanned)).map(keyOf));
    const aside = await this.setAside(
      tx,
      ctx,
      lines,
      scanned.filter((pack) => known.has(keyOf(pack))),
    );
    const packs = scanned.flatMap((pack): NewPack[] => {
      const line = lines[pack.line];
      if (!line) return [];
      const lotId = known.has(keyOf(pack)) ? (aside.get(line.lotId) ?? line.lotId) : line.lotId;
      const { gtin, serial, baseUnits } = pack;
      return [{ lotId, gtin, serial, baseUnits, goodsReceiptItemId: line.goodsReceiptItemId }];
    });
    const taken = await this.packs.insert(tx, ctx.branchId, packs);
    for (const pack of taken)
      if (pack.isDuplicate)
        await this.nearMisses.note(tx, ctx, {
          kind: 'other',
          stage: 'entry',
          source: 'scan',
          description: `Serial seen twice: GTIN ${pack.gtin}, serial ${pack.serial}. The pack is set aside.`,
        });
    return taken;
  }

  /** Moves the base units of doubled packs into quarantine; answers the quarantined lot of each lot. */
  private async setAside(
    tx: Tx,
    ctx: RequestContext,
    lines: readonly LineInLot[],
    doubled: readonly ScannedPack[],
  ): Promise<Map<number, number>> {
    const units = new Map<number, Quantity>();
    for (const { line, baseUnits } of doubled) {
      const lotId = lines[line]?.lotId ?? 0;
      units.set(lotId, (units.get(lotId) ?? Quantity.zero).plus(Quantity.of(baseUnits)));
    }
    const aside = new Map<number, number>();
    for (const lotId of [...units.keys()].sort((a, b) => a - b)) {
      const lot = await this.packs.lockLot(tx, ctx.branchId, lotId);
      if (lot?.status !== 'available') continue;
      const reason = 'serial seen twice';
      const to = await this.packs.twinOf(tx, ctx.branchId, lotId, 'quarantined', reason);
      const quantity = (units.get(lotId) ?? Quantity.zero).toString();
      await this.packs.repack(tx, ctx.branchId, { from: lotId, to }, quantity, reason);
      aside.set(lotId, to);
    }
    return aside;
  }
}
