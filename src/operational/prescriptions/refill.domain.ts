import { Quantity } from '../../platform/money/quantity.js';
import { addDays } from '../../platform/time/local-date.js';
import { stands, type FillStatus } from './fill-status.domain.js';
import { PrescriptionNotFillable, QuantityExceedsAuthority } from './prescription-refusals.domain.js';
import {
  prescriptionCommands,
  standingOf,
  type PrescriptionCommand,
  type PrescriptionStanding,
  type PrescriptionStatus,
} from './prescription-status.domain.js';

/** A fill made before, as the arithmetic needs it. */
export interface EarlierFill {
  /** 0 is the first fill, 1 the first refill. */
  readonly fillNumber: number;
  /** 1, or more where a later part completes what an earlier one owed. */
  readonly partNumber: number;
  readonly quantity: Quantity;
  readonly daysSupply: number;
  readonly status: FillStatus;
  /** Business day it was handed over, or prepared while it is not yet. */
  readonly suppliedOn: string;
}

/** Medicine in the patient's hands: since when, and for how many days. */
export interface Supply {
  readonly suppliedOn: string;
  readonly daysSupply: number;
}

/** What a prescription allows and what was made of it. Quantities are of one fill, in base units. */
export interface Authority {
  readonly status: PrescriptionStatus;
  readonly quantity: Quantity;
  readonly daysSupply: number;
  readonly refillsAuthorized: number;
  readonly expiresOn: string;
  /** Refills the product's schedule allows here; undefined: no such rule. */
  readonly controlledMaxRefills: number | undefined;
  readonly fills: readonly EarlierFill[];
  /** The last fill at the pharmacy this prescription was transferred from. */
  readonly suppliedElsewhere?: Supply | undefined;
}

export interface FillWish {
  readonly kind: 'fill' | 'refill';
  /** Base units; undefined: all that is due. */
  readonly quantity: Quantity | undefined;
  /** Set where the rest may be owed: free stock. Less than is due of it is given then, if there is any. */
  readonly available?: Quantity | undefined;
}

export interface FillPolicy {
  /** Business day at the branch. */
  readonly today: string;
  /** Share of the days' supply that must be used before a refill, 0 to 1. */
  readonly earlyRefillShare: number;
}

export interface FillDecision {
  readonly fillNumber: number;
  readonly partNumber: number;
  readonly quantity: Quantity;
  readonly daysSupply: number;
  /** Still owed of this fill number after it. */
  readonly owed: Quantity;
  /** Where the prescription stands once the fill is made. */
  readonly prescriptionStatus: 'filled' | 'completed';
  /** First day on which it is not early; undefined where nothing was given before, and for the rest of a fill. */
  readonly eligibleOn: string | undefined;
}

/**
 * Decides what the next fill is: which number and part, how much, for how many days. An owed rest comes before the next
 * refill and consumes none. That a refill is early is for screening to say. Throws PrescriptionNotFillable,
 * QuantityExceedsAuthority.
 */
export function decideFill(rx: Authority, wish: FillWish, policy: FillPolicy): FillDecision {
  const standing = standingOf(rx, policy.today);
  assertFillable(rx, standing);
  const fillNumber = nextFillNumber(rx);
  const given = givenUnder(rx, fillNumber);
  const isRest = given.isPositive();
  if (!isRest) assertKind(rx, standing, wish.kind, fillNumber);
  const due = rx.quantity.minus(given);
  const quantity = wish.quantity ?? lesser(due, wish.available);
  if (!quantity.isPositive() || quantity.compare(due) > 0)
    throw new QuantityExceedsAuthority({ remaining: due.toString() });
  const owed = due.minus(quantity);
  const isLast = remainingAuthority(rx).quantity.compare(quantity) === 0;
  return {
    fillNumber,
    partNumber: 1 + Math.max(0, ...partsOf(rx, fillNumber).map((fill) => fill.partNumber)),
    quantity,
    daysSupply: daysOf(rx, given, quantity),
    owed,
    prescriptionStatus: isLast ? 'completed' : 'filled',
    eligibleOn: isRest ? undefined : refillEligibleOn(rx, policy.earlyRefillShare),
  };
}

/** Nothing at all is not given in part: then all is asked for, and stock refuses it. */
function lesser(due: Quantity, available: Quantity | undefined): Quantity {
  return available?.isPositive() && available.compare(due) < 0 ? available : due;
}

function assertFillable(rx: Authority, standing: PrescriptionStanding): void {
  const allowed = prescriptionCommands(standing);
  if (standing === 'expired')
    throw new PrescriptionNotFillable('expired', { expiresOn: rx.expiresOn, allowed });
  if (!allowed.includes('fill'))
    throw new PrescriptionNotFillable(standing === 'completed' ? 'no-refills-left' : 'status', {
      status: standing,
      allowed,
    });
}

/** First number of which not all is given. */
export function nextFillNumber(rx: Pick<Authority, 'quantity' | 'refillsAuthorized' | 'fills'>): number {
  for (let number = 0; number <= rx.refillsAuthorized; number++)
    if (givenUnder(rx, number).compare(rx.quantity) < 0) return number;
  throw new PrescriptionNotFillable('no-refills-left', {
    refillsAuthorized: rx.refillsAuthorized,
    allowed: [],
  });
}

/** The last part of the fill number of which a rest is owed; undefined where none is begun and unfinished. */
export function owedPart<Fill extends EarlierFill>(rx: {
  readonly quantity: Quantity;
  readonly fills: readonly Fill[];
}): Fill | undefined {
  return rx.fills
    .filter((fill) => stands(fill.status) && givenUnder(rx, fill.fillNumber).compare(rx.quantity) < 0)
    .toSorted((a, b) => a.fillNumber - b.fillNumber || b.partNumber - a.partNumber)[0];
}

function assertKind(
  rx: Authority,
  standing: PrescriptionStanding,
  kind: 'fill' | 'refill',
  fillNumber: number,
): void {
  const without = (command: PrescriptionCommand): PrescriptionCommand[] =>
    prescriptionCommands(standing).filter((possible) => possible !== command);
  if (kind === 'refill' && fillNumber === 0)
    throw new PrescriptionNotFillable('not-yet-filled', { allowed: without('refill') });
  if (kind === 'fill' && fillNumber > 0)
    throw new PrescriptionNotFillable('refill-instead', { allowed: without('fill') });
  if (rx.controlledMaxRefills !== undefined && fillNumber > rx.controlledMaxRefills)
    throw new PrescriptionNotFillable('controlled', {
      maxRefills: rx.controlledMaxRefills,
      allowed: without('refill'),
    });
}

type Fills = Pick<Authority, 'fills'>;

const partsOf = (rx: Fills, fillNumber: number): EarlierFill[] =>
  rx.fills.filter((fill) => fill.fillNumber === fillNumber);

const standingParts = (rx: Fills, fillNumber: number): EarlierFill[] =>
  partsOf(rx, fillNumber).filter((fill) => stands(fill.status));

function givenUnder(rx: Fills, fillNumber: number): Quantity {
  return standingParts(rx, fillNumber).reduce((sum, fill) => sum.plus(fill.quantity), Quantity.zero);
}

/**
 * Days a part lasts, so that the parts of a fill add up to its days' supply: the days reached with this part, rounded
 * up, less those reached before it; at least one.
 */
function daysOf(rx: Authority, given: Quantity, quantity: Quantity): number {
  const reached = (amount: Quantity): number => {
    const scaled = amount.thousandths * BigInt(rx.daysSupply);
    return Number((scaled + rx.quantity.thousandths - 1n) / rx.quantity.thousandths);
  };
  return Math.max(1, reached(given.plus(quantity)) - reached(given));
}

/**
 * First day on which a fill that is made already is not early: by what was given before it. Undefined for a first fill, and for
 * a part that completes one.
 */
export function madeFillEligibleOn(
  rx: Pick<Authority, 'fills' | 'suppliedElsewhere'>,
  made: Pick<EarlierFill, 'fillNumber' | 'partNumber'>,
  share: number,
): string | undefined {
  const completes = rx.fills.some(
    ({ fillNumber, partNumber, status }) =>
      fillNumber === made.fillNumber && partNumber < made.partNumber && stands(status),
  );
  if (completes) return undefined;
  return refillEligibleOn(
    { ...rx, fills: rx.fills.filter(({ fillNumber }) => fillNumber < made.fillNumber) },
    share,
  );
}

/**
 * First day on which the share of the days' supply given last is used; undefined when nothing was given. Parts of one
 * fill follow on each other: a part given while the one before lasts begins when that runs out. A fill at another
 * pharmacy, before the prescription was transferred, counts as any other.
 */
export function refillEligibleOn(
  rx: Pick<Authority, 'fills' | 'suppliedElsewhere'>,
  share: number,
): string | undefined {
  // The share is numeric(4,3) in the database: whole thousandths, no float arithmetic.
  const thousandths = Math.round(share * 1000);
  let latest: string | undefined;
  const supplies: Supply[][] = [...new Set(rx.fills.map((fill) => fill.fillNumber))].map((number) =>
    standingParts(rx, number),
  );
  if (rx.suppliedElsewhere) supplies.push([rx.suppliedElsewhere]);
  for (const supply of supplies) {
    const parts = supply.toSorted((a, b) =>
      a.suppliedOn < b.suppliedOn ? -1 : a.suppliedOn > b.suppliedOn ? 1 : 0,
    );
    let runsOut: string | undefined;
    let days = 0;
    for (const part of parts) {
      const begins: string = runsOut !== undefined && runsOut > part.suppliedOn ? runsOut : part.suppliedOn;
      runsOut = addDays(begins, part.daysSupply);
      days += part.daysSupply;
    }
    if (runsOut === undefined) continue;
    const mustBeUsed = Math.ceil((thousandths * days) / 1000);
    const eligible = addDays(runsOut, mustBeUsed - days);
    if (latest === undefined || eligible > latest) latest = eligible;
  }
  return latest;
}

/** What is left of the authority: refills not begun, base units in all, and what is owed of begun fills. */
export function remainingAuthority(rx: Pick<Authority, 'quantity' | 'refillsAuthorized' | 'fills'>): {
  refills: number;
  quantity: Quantity;
  owed: Quantity;
} {
  const standing = rx.fills.filter((fill) => stands(fill.status));
  const begun = new Set(standing.map((fill) => fill.fillNumber));
  const given = standing.reduce((sum, fill) => sum.plus(fill.quantity), Quantity.zero);
  const times = (count: number): Quantity => rx.quantity.times(Quantity.of(String(count)));
  return {
    refills: Math.max(0, rx.refillsAuthorized - [...begun].filter((number) => number > 0).length),
    quantity: times(1 + rx.refillsAuthorized).minus(given),
    owed: times(begun.size).minus(given),
  };
}

/** Where a prescription stands by its fills alone: what it goes back to when a fill is undone or a hold ends. */
export function statusByFills(
  rx: Pick<Authority, 'quantity' | 'refillsAuthorized' | 'fills'>,
): 'pending' | 'filled' | 'completed' {
  if (!rx.fills.some((fill) => stands(fill.status))) return 'pending';
  return remainingAuthority(rx).quantity.isPositive() ? 'filled' : 'completed';
}
