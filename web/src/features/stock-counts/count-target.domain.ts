import { decimalOrZero, formatDecimal } from '../../ui/money.domain';

/** A lot of a count, as far as it is needed to find it again. */
interface Line {
  readonly lotNumber: string;
  readonly expiryDate: string | null;
}

/** What a pack or a search said of a product in hand; null: not said. */
export interface PackRead {
  readonly drugId: number;
  readonly drugName: string;
  readonly baseUnit: string;
  /** As scanned; undefined where it was looked for by name. */
  readonly code: string | undefined;
  /** Base units that one scan stands for; undefined where the code does not say. */
  readonly perScan: string | undefined;
  readonly lotNumber: string | null;
  readonly expiryDate: string | null;
}

/** What is counted: a lot of the book, one of several that fit, or one that the count does not know. */
export type CountTarget<One extends Line> =
  | { readonly kind: 'line'; readonly line: One; readonly pack: PackRead | undefined }
  | { readonly kind: 'choose'; readonly lines: readonly One[]; readonly pack: PackRead }
  | { readonly kind: 'found'; readonly pack: PackRead };

/** The lot in hand among the lots of its product in the count. A pack that does not say its lot is never guessed at. */
export function targetOf<One extends Line>(pack: PackRead, lines: readonly One[]): CountTarget<One> {
  if (lines.length === 0) return { kind: 'found', pack };
  if (pack.lotNumber === null) return { kind: 'choose', lines, pack };
  const same = lines.filter((line) => line.lotNumber === pack.lotNumber);
  const exact = pack.expiryDate === null ? same : same.filter((line) => line.expiryDate === pack.expiryDate);
  const [only, ...others] = exact;
  if (only && others.length === 0) return { kind: 'line', line: only, pack };
  return same.length === 0 ? { kind: 'found', pack } : { kind: 'choose', lines: same, pack };
}

/** Whether a scan is one more pack of what is being counted. */
export function isSamePack(target: CountTarget<Line>, pack: PackRead, drugIdOf: number): boolean {
  if (pack.lotNumber === null || pack.drugId !== drugIdOf) return false;
  if (target.kind === 'line')
    return (
      target.line.lotNumber === pack.lotNumber &&
      (pack.expiryDate === null || target.line.expiryDate === pack.expiryDate)
    );
  return (
    target.kind === 'found' &&
    target.pack.lotNumber === pack.lotNumber &&
    target.pack.expiryDate === pack.expiryDate
  );
}

/** What is in the field after one more scan: a pack more, or as it was where the code does not say how much a pack is. */
export const afterScan = (before: string, perScan: string | undefined): string =>
  perScan === undefined ? before : formatDecimal(decimalOrZero(before) + decimalOrZero(perScan));

/** Base units in one scan: a pack as the catalogue has it, or a single unit; strips and cases are counted by hand. */
export function unitsPerScan(packLevel: string, unitsPerPack: string): string | undefined {
  if (packLevel === 'pack') return unitsPerPack;
  return packLevel === 'unit' ? '1' : undefined;
}

/** The text after a key of the keypad; it takes what the server takes: nine digits and three decimals. */
export function afterKey(text: string, key: string): string {
  if (key === 'back') return text.slice(0, -1);
  const next = key === '.' && text === '' ? '0.' : text + key;
  return /^\d{1,9}(\.\d{0,3})?$/.test(next) ? next.replace(/^0+(?=\d)/, '') : text;
}
