import { Injectable } from '@nestjs/common';
import type { z } from 'zod';

import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { InvalidTransition, NotFound, StaleVersion } from '../../platform/errors/domain-error.js';
import { countedMeta, type Page } from '../../platform/http/schemas.js';
import type { RequestContext } from '../../platform/security/request-context.js';
import { PackCodesService } from '../../reference/drugs/pack-codes.service.js';
import { nextPacks, type LotToTake } from './next-packs.domain.js';
import { PackIntakeService } from './pack-intake.service.js';
import { packCommands, type PackCommand } from './pack-status.domain.js';
import { SerialsRepository } from './serials.repository.js';
import type { JudgePack, NextPacksQuery, PackQuery, RegisterPacks, ReportPack } from './serials.schemas.js';
import type { Pack, PackEvent, PackMovement, PackTaken } from './serials.types.js';

/** A pack with all that is known of it. */
export interface PackWithLife extends Pack {
  readonly movements: readonly PackMovement[];
  readonly events: readonly PackEvent[];
  readonly commands: readonly PackCommand[];
}

/** What a code says, and the packs it is on. */
export interface FoundPack {
  readonly drugId: number | null;
  readonly drugName: string | null;
  readonly gtin: string | null;
  readonly serial: string | null;
  /** "free", "unknown", "no-serial", or why it may not leave to a patient. */
  readonly standing: string;
  readonly packs: readonly Pack[];
}

/** Why stock is corrected by what is reported of a pack. */
const REASON_CODES = { stolen: 'theft', missing: 'missing', sample: 'sample', damaged: 'damaged' } as const;

/** Packs known by their serials: found, looked into, reported, set aside. */
@Injectable()
export class SerialsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly packs: SerialsRepository,
    private readonly intake: PackIntakeService,
    private readonly codes: PackCodesService,
  ) {}

  findPage(ctx: RequestContext, query: z.output<typeof PackQuery>): Promise<Page<Pack>> {
    return this.uow.read(ctx, async (tx) => {
      const [data, counted] = await this.packs.findPage(tx, ctx.branchId, query);
      return { data, meta: countedMeta(counted, query.page, query.limit) };
    });
  }

  /** Throws NotFound. */
  get(ctx: RequestContext, packSerialId: number): Promise<PackWithLife> {
    return this.uow.read(ctx, (tx) => this.life(tx, ctx, packSerialId));
  }

  /** The pack a code is on, and whether it may leave to a patient. Throws UnreadableBarcode, AmbiguousBarcode. */
  lookUp(ctx: RequestContext, code: string): Promise<FoundPack> {
    return this.uow.read(ctx, async (tx) => {
      const { drugId, drugName, gtin, serialNumber: serial } = await this.codes.read(tx, code);
      const facts = { drugId, drugName, gtin, serial };
      if (gtin === null || serial === null) return { ...facts, standing: 'no-serial', packs: [] };
      const [packs, { standing }] = await Promise.all([
        this.packs.findByCode(tx, ctx.branchId, gtin, serial),
        this.packs.standing(tx, ctx.branchId, gtin, serial),
      ]);
      return { ...facts, standing, packs };
    });
  }

  /**
   * Enters packs that lie in a lot already, such as those that came before serials were scanned. Throws NotFound, RuleViolation, PackShort where
   * the lot does not hold so much beside its known packs.
   */
  register(ctx: RequestContext, input: z.output<typeof RegisterPacks>): Promise<PackTaken[]> {
    return this.uow.run(ctx, async (tx) => {
      const lot = await this.packs.lockLot(tx, ctx.branchId, input.lotId);
      if (!lot) throw new NotFound('lot');
      const scanned = await this.intake.read(tx, [{ ...lot, packs: input.packs }], () => '/packs');
      return this.intake.enter(tx, ctx, [{ lotId: lot.lotId, goodsReceiptItemId: null }], scanned);
    });
  }

  /**
   * All that is left in a pack leaves stock: stolen, missing, taken as a sample, damaged. Throws NotFound, StaleVersion,
   * InvalidTransition, InsufficientStock where it is kept for somebody, and the refusal of corrections another person must approve.
   */
  report(
    ctx: RequestContext,
    packSerialId: number,
    { kind, reason, version }: z.output<typeof ReportPack>,
  ): Promise<PackWithLife> {
    return this.uow.run(ctx, async (tx) => {
      const pack = await this.locked(tx, ctx, packSerialId, version, 'report');
      const why = { reason, reasonCode: REASON_CODES[kind] };
      const movementId = await this.packs.report(tx, ctx.branchId, packSerialId, why);
      await this.packs.takePack(tx, packSerialId, movementId, pack.remaining);
      return this.life(tx, ctx, packSerialId);
    });
  }

  /** Sets a suspicious pack aside with all that is left in it. Throws NotFound, StaleVersion, InvalidTransition, InsufficientStock. */
  quarantine(
    ctx: RequestContext,
    packSerialId: number,
    input: z.output<typeof JudgePack>,
  ): Promise<PackWithLife> {
    return this.move(ctx, packSerialId, 'quarantine', input);
  }

  /** Gives a pack free that was set aside and found genuine. Throws NotFound, StaleVersion, InvalidTransition. */
  release(
    ctx: RequestContext,
    packSerialId: number,
    input: z.output<typeof JudgePack>,
  ): Promise<PackWithLife> {
    return this.move(ctx, packSerialId, 'release', input);
  }

  /** Which packs to take a quantity from, the opened ones first. */
  next(ctx: RequestContext, { drugId, quantity }: z.output<typeof NextPacksQuery>): Promise<LotToTake[]> {
    return this.uow.read(ctx, async (tx) => {
      const lots = await this.packs.nextLots(tx, ctx.branchId, drugId);
      const packs = await this.packs.packsOfLots(
        tx,
        lots.map(({ lotId }) => lotId),
      );
      return nextPacks(lots, packs, quantity);
    });
  }

  private move(
    ctx: RequestContext,
    packSerialId: number,
    command: 'quarantine' | 'release',
    { reason, version }: z.output<typeof JudgePack>,
  ): Promise<PackWithLife> {
    const status = command === 'quarantine' ? 'quarantined' : 'available';
    return this.uow.run(ctx, async (tx) => {
      const pack = await this.locked(tx, ctx, packSerialId, version, command);
      const to = await this.packs.twinOf(tx, ctx.branchId, pack.lotId, status, reason);
      const way = { from: pack.lotId, to };
      const movementId = await this.packs.repack(tx, ctx.branchId, way, pack.remaining, reason);
      await this.packs.movePack(tx, packSerialId, movementId, to);
      return this.life(tx, ctx, packSerialId);
    });
  }

  /** The pack under the lock of its lot, which all that changes it takes first. */
  private async locked(
    tx: Tx,
    ctx: RequestContext,
    packSerialId: number,
    version: number,
    command: PackCommand,
  ): Promise<Pack> {
    await this.packs.lockLotOf(tx, ctx.branchId, packSerialId);
    const pack = await this.packs.find(tx, ctx.branchId, packSerialId);
    if (!pack) throw new NotFound('pack');
    if (pack.version !== version) throw new StaleVersion('pack');
    const allowed = packCommands(pack);
    if (!allowed.includes(command)) throw new InvalidTransition('pack', pack.status, command, allowed);
    return pack;
  }

  private async life(tx: Tx, ctx: RequestContext, packSerialId: number): Promise<PackWithLife> {
    const pack = await this.packs.find(tx, ctx.branchId, packSerialId);
    if (!pack) throw new NotFound('pack');
    const [movements, events] = await Promise.all([
      this.packs.findMovements(tx, packSerialId),
      this.packs.findEvents(tx, packSerialId),
    ]);
    return { ...pack, movements, events, commands: packCommands(pack) };
  }
}
