import { decimalOrZero, type Thousandths } from '../../ui/money.domain';

/** A pack that was scanned and is known by its serial number from then on. */
export interface ScannedPack {
  readonly serial: string;
  /** As the scanner sent it: the server reads it again. */
  readonly code: string;
  /** Base units in it; empty: the catalogue does not know, and it comes in without its serial. */
  readonly units: string;
  /** As the code says; empty: it says none. */
  readonly lotNumber: string;
  readonly expiryDate: string;
}

/** Most packs one line of a delivery takes with their codes. */
export const MOST_CODES = 500;

/** Longest serial number GS1 knows (AI 21). */
const MOST_OF_SERIAL = 20;

/** Packs whose code goes with the delivery. */
const isTracked = ({ serial, units }: ScannedPack): boolean =>
  serial.length <= MOST_OF_SERIAL && decimalOrZero(units) > 0n;

/** Codes the server takes with a line. */
export const codesOf = (packs: readonly ScannedPack[]): string[] =>
  packs.filter(isTracked).map(({ code }) => code);

/** Base units of the packs whose code goes with the delivery. */
export const unitsOf = (packs: readonly ScannedPack[]): Thousandths =>
  packs.filter(isTracked).reduce((so, { units }) => so + decimalOrZero(units), 0n);

const sameLot = (a: string, b: string): boolean => a.trim().toUpperCase() === b.trim().toUpperCase();

/** True: a code says another lot or expiry than what is written down beside it. */
export const saysOtherwise = (
  packs: readonly ScannedPack[],
  { lotNumber, expiryDate }: { lotNumber: string; expiryDate: string },
): boolean =>
  packs.some(
    (pack) =>
      isTracked(pack) &&
      ((pack.lotNumber !== '' && !sameLot(pack.lotNumber, lotNumber)) ||
        (pack.expiryDate !== '' && pack.expiryDate !== expiryDate)),
  );
