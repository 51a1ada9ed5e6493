import { DomainError } from '../../platform/errors/domain-error.js';
import type { NearMiss, NearMissKind } from '../near-misses/near-misses.types.js';
import type { LotOfFill, PackInHand } from './scan-match.domain.js';

/** The fill scanned against, named as its refusals name it. */
export interface ScannedFill {
  readonly fillId: number;
  readonly drugId: number;
  readonly drugName: string;
  /** Made in the same call: when the scan is refused there is no such fill. */
  readonly isNew?: boolean;
}

const DETAIL: Readonly<Partial<Record<NearMissKind, string>>> = {
  wrong_product: 'STOP. This is another product than the one to be dispensed.',
  unknown_product: 'STOP. No product of the catalogue has this code.',
  wrong_lot: 'STOP. This pack is not of a lot kept for this fill.',
  wrong_expiry: 'STOP. The expiry date on this pack is not that of its lot on record.',
  expired_pack: 'STOP. This pack is expired.',
};

const lotText = ({ lotNumber, expiryDate }: Omit<LotOfFill, 'lotId'>): string =>
  expiryDate === null ? lotNumber : `${lotNumber} (${expiryDate})`;

/** 409: the pack in hand is not of this fill. It is kept as a near miss; `params` say what was expected and what was found. */
export class ScanMismatch extends DomainError {
  readonly code = 'scan-mismatch';
  readonly status = 409;
  readonly title = 'Wrong pack';
  readonly nearMiss: NearMiss;
  constructor(found: {
    readonly what: NearMissKind;
    readonly stage: NearMiss['stage'];
    readonly fill: ScannedFill;
    readonly lots: readonly LotOfFill[];
    readonly inHand: PackInHand & { readonly drugName: string | null };
  }) {
    const { what, stage, fill, lots, inHand } = found;
    super(DETAIL[what] ?? 'STOP. This pack is not of this fill.', {
      reason: what,
      expected: { drugId: fill.drugId, drugName: fill.drugName, lots },
      found: inHand,
    });
    this.nearMiss = {
      kind: what,
      stage,
      source: 'scan',
      ...(fill.isNew ? {} : { fillId: fill.fillId }),
      expectedDrugId: fill.drugId,
      foundDrugId: inHand.drugId,
      expectedLot: lots.map(lotText).join(', '),
      foundLot: inHand.lotNumber === null ? null : lotText({ ...inHand, lotNumber: inHand.lotNumber }),
    };
  }
}

/** 422: the code does not say lot or expiry, and this branch proves them: read `params.missing` from the pack and send them. */
export class ScanIncomplete extends DomainError {
  readonly code = 'scan-incomplete';
  readonly status = 422;
  readonly title = 'Read lot and expiry from the pack';
  constructor(missing: readonly string[]) {
    super(
      'The barcode does not say everything that is to be checked: read it from the pack.',
      { missing },
      missing.map((field) => ({ pointer: `/${field}`, detail: 'must be read from the pack' })),
    );
  }
}

/** 409: a pack of every lot is to be scanned first, in filling and again by who verifies; `params.lots` are the ones missing. */
export class ScanRequired extends DomainError {
  readonly code = 'scan-required';
  readonly status = 409;
  readonly title = 'Scan first';
  constructor(params: { readonly stage?: 'fill' | 'verify'; readonly lots?: readonly LotOfFill[] } = {}) {
    super('At this branch the packs are scanned before this step.', params);
  }
}
