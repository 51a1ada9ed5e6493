import type { NearMissKind } from '../near-misses/near-misses.types.js';

/** Who fills scans, and who verifies scans again. */
export type ScanStage = 'fill' | 'verify';

/** A stage as it is asked for: `both` where one person fills and verifies at the counter. */
export type AskedStage = ScanStage | 'both';

/** The stages a scan counts for. */
export const stagesOf = (asked: AskedStage): readonly [ScanStage, ...ScanStage[]] =>
  asked === 'both' ? ['fill', 'verify'] : [asked];

/** Why a scan may be left out; the database checks the same list. */
export const BYPASS_REASONS = [
  'no_barcode',
  'damaged_barcode',
  'not_in_catalogue',
  'scanner_down',
  'repacked',
] as const;

/** A pack in hand: what its code says, completed by what a person read from it. Null: not known. */
export interface PackInHand {
  readonly drugId: number | null;
  readonly lotNumber: string | null;
  readonly expiryDate: string | null;
}

/** A lot kept for a fill, or given to it. */
export interface LotOfFill {
  readonly lotId: number;
  readonly lotNumber: string;
  readonly expiryDate: string | null;
}

export type ScanVerdict =
  | { readonly kind: 'matched'; readonly lot: LotOfFill | null }
  /** The code does not say it, so somebody must read it from the pack. */
  | { readonly kind: 'incomplete'; readonly missing: readonly ('lotNumber' | 'expiryDate')[] }
  | { readonly kind: 'mismatch'; readonly what: NearMissKind };

const sameLot = (a: string, b: string): boolean => a.trim().toUpperCase() === b.trim().toUpperCase();

/**
 * Judges a pack against a fill: product first, then whether it is expired, lot, and expiry. What is known must agree; with
 * `needsLot` lot and expiry must be known. A lot whose expiry is not on record never agrees with a pack that states one.
 */
export function matchPack(
  fill: { readonly drugId: number; readonly lots: readonly LotOfFill[] },
  pack: PackInHand,
  { needsLot, today }: { readonly needsLot: boolean; readonly today: string },
): ScanVerdict {
  if (pack.drugId === null) return { kind: 'mismatch', what: 'unknown_product' };
  if (pack.drugId !== fill.drugId) return { kind: 'mismatch', what: 'wrong_product' };
  if (pack.expiryDate !== null && pack.expiryDate < today) return { kind: 'mismatch', what: 'expired_pack' };
  const { lotNumber, expiryDate } = pack;
  if (lotNumber === null) {
    if (!needsLot) return { kind: 'matched', lot: null };
    return {
      kind: 'incomplete',
      missing: expiryDate === null ? ['lotNumber', 'expiryDate'] : ['lotNumber'],
    };
  }
  const ofNumber = fill.lots.filter((lot) => sameLot(lot.lotNumber, lotNumber));
  if (ofNumber.length === 0) return { kind: 'mismatch', what: 'wrong_lot' };
  if (expiryDate === null) {
    const [only] = ofNumber;
    if (needsLot && ofNumber.some((lot) => lot.expiryDate !== null))
      return { kind: 'incomplete', missing: ['expiryDate'] };
    return { kind: 'matched', lot: only ?? null };
  }
  const lot = ofNumber.find((one) => one.expiryDate === expiryDate);
  return lot ? { kind: 'matched', lot } : { kind: 'mismatch', what: 'wrong_expiry' };
}

/** Lots that no scan of these proves. Where the product is enough one scan is; a bypass proves all. */
export function unscanned(
  lots: readonly LotOfFill[],
  scans: readonly { readonly lotId: number | null; readonly isBypass: boolean }[],
  policy: 'off' | 'product' | 'lot',
): LotOfFill[] {
  if (policy === 'off' || scans.some((scan) => scan.isBypass)) return [];
  if (policy === 'product') return scans.length > 0 ? [] : [...lots];
  return lots.filter((lot) => !scans.some((scan) => scan.lotId === lot.lotId));
}
