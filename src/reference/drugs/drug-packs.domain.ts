import { RuleViolation } from '../../platform/errors/domain-error.js';
import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import type { PackLevel } from '../barcodes/barcodes.types.js';

/** Decimals a price is worked out to before a branch rounds it to its coin. */
const PRICE_DECIMALS = 3;

/** A pack as it is asked for. Decimal strings. */
export interface GivenPack {
  readonly level: PackLevel;
  readonly description?: string | undefined;
  readonly baseUnits: string;
  readonly price?: string | null | undefined;
  readonly isDefault?: boolean | undefined;
}

/** A pack ready to be stored. */
export interface Pack {
  readonly level: PackLevel;
  readonly description: string;
  readonly baseUnits: string;
  readonly price: string | null;
  readonly isDefault: boolean;
}

/** What the product itself says of its packs. Decimal strings. */
export interface PackFigures {
  readonly price: string;
  readonly unitsPerPack: string;
  readonly unitsPerStrip: string | null;
}

/** What tells one pack of a product from another. */
export const packKey = (pack: Pick<GivenPack, 'level' | 'baseUnits' | 'description'>): string =>
  `${pack.level}:${Quantity.of(pack.baseUnits).toString()}:${pack.description ?? ''}`;

/**
 * Packs fit to be stored with a product. A pack of the size the product speaks of is its default pack, whether that was
 * said or not; a further one of the same size is not. Throws RuleViolation (422) for a pack given twice, for a default
 * of another size, a unit of more than one base unit, and a strip that no pack can hold.
 */
export function settlePacks(given: readonly GivenPack[], figures: PackFigures): Pack[] {
  const sizeOf = (level: PackLevel): Quantity | null =>
    level === 'pack'
      ? Quantity.of(figures.unitsPerPack)
      : level === 'strip' && figures.unitsPerStrip !== null
        ? Quantity.of(figures.unitsPerStrip)
        : null;
  const hasDefault = new Set<PackLevel>(given.filter((pack) => pack.isDefault).map(({ level }) => level));
  const seen = new Set<string>();
  const packs = given.map((pack): Pack => {
    const key = packKey(pack);
    if (seen.has(key)) throw new RuleViolation('The same pack is given twice.', { ...pack });
    seen.add(key);
    const { level, description = '', price = null } = pack;
    const baseUnits = Quantity.of(pack.baseUnits);
    const isOfSize = sizeOf(level)?.compare(baseUnits) === 0;
    if (level === 'unit' && baseUnits.compare(Quantity.of('1')) !== 0)
      throw new RuleViolation('A unit is one base unit.', { ...pack });
    if (pack.isDefault && !isOfSize)
      throw new RuleViolation('The default pack holds what unitsPerPack (or unitsPerStrip) says.', {
        ...pack,
      });
    const isDefault = pack.isDefault ?? (isOfSize && !hasDefault.has(level));
    if (isDefault) hasDefault.add(level);
    return { level, description, baseUnits: baseUnits.toString(), price, isDefault };
  });
  refuseOverfull(packs, figures);
  return packs;
}

function refuseOverfull(packs: readonly Pack[], figures: PackFigures): void {
  const units = ({ baseUnits }: Pack): Quantity => Quantity.of(baseUnits);
  const largest = packs
    .filter(({ level }) => level === 'pack')
    .map(units)
    .reduce((most, size) => (size.compare(most) > 0 ? size : most), Quantity.of(figures.unitsPerPack));
  const overfull = packs.find((pack) => pack.level === 'strip' && units(pack).compare(largest) > 0);
  if (overfull) throw new RuleViolation('A strip cannot hold more than the largest pack.', { ...overfull });
  const smallest = packs
    .filter(({ level }) => level === 'pack')
    .map(units)
    .reduce((least, size) => (size.compare(least) < 0 ? size : least), Quantity.of(figures.unitsPerPack));
  const underfull = packs.find((pack) => pack.level === 'case' && units(pack).compare(smallest) < 0);
  if (underfull) throw new RuleViolation('A case cannot hold less than the smallest pack.', { ...underfull });
}

/**
 * Price of one pack of so many base units: its own, or its share of the default pack's price, to the thousandth.
 * Undefined where no price is known.
 */
export function priceOfPack(
  pack: { readonly baseUnits: string; readonly price: string | null },
  figures: PackFigures,
): Money | undefined {
  if (pack.price !== null) return Money.of(pack.price);
  const price = Money.of(figures.price);
  if (price.isZero()) return undefined;
  return price.share(Quantity.of(pack.baseUnits), Quantity.of(figures.unitsPerPack), PRICE_DECIMALS);
}

const RANK: Readonly<Record<PackLevel, number>> = { case: 3, pack: 2, strip: 1, unit: 0 };

/**
 * Packs in the order people read them, largest level first and within it the default one, without those that only
 * repeat another: a strip or unit that is the whole pack is not told unless it is a row of its own.
 */
export function readablePacks<
  Row extends { packId: number | null; level: PackLevel; baseUnits: string; isDefault: boolean },
>(rows: readonly Row[]): Row[] {
  const one = Quantity.of('1');
  const size = (row: Row): Quantity => Quantity.of(row.baseUnits);
  const stored = (row: Row): boolean => row.packId !== null;
  const told = rows.filter((row) => stored(row) || row.level !== 'strip' || size(row).compare(one) !== 0);
  const repeats = (row: Row): boolean =>
    told.some((other) => RANK[other.level] > RANK[row.level] && size(other).compare(size(row)) === 0);
  return told
    .filter((row) => stored(row) || !repeats(row))
    .sort(
      (a, b) =>
        RANK[b.level] - RANK[a.level] ||
        Number(b.isDefault) - Number(a.isDefault) ||
        Quantity.of(b.baseUnits).compare(Quantity.of(a.baseUnits)) ||
        (a.packId ?? 0) - (b.packId ?? 0),
    );
}
