import type { BaseUnit } from '../dosage-form-words.domain.js';
import type { PackLevel } from '../source.types.js';
import { plainAmount } from './amounts.domain.js';

/** One level of a package description: "10 TABLET in 1 BLISTER PACK (0002-0485-04)". */
interface Level {
  count: string;
  what: string;
  /** The NDC that names this level. */
  ndc?: string;
}

/** A code of a pack and how much one scan of it is. */
export interface PackageCode {
  ndc: string;
  /** Base units in it, exact; undefined where the description does not say. */
  baseUnits?: string;
  packLevel: PackLevel;
}

/** What a package description says. */
export interface NdcPackage {
  /** What the pack is counted in; `piece` where it is sold whole. */
  baseUnit: BaseUnit;
  /** Codes, the outermost pack first. */
  codes: PackageCode[];
}

const LEVEL =
  /^\s*(\.?\d[\d,.]*)?\s*([^()]*?)\s+in\s+(\.?\d[\d,.]*)\s+([^()]*?)\s*(?:\((\d{4,6}-\d{3,4}-\d{1,2})\)\s*)?$/i;
const NDC = /\((\d{4,6}-\d{3,4}-\d{1,2})\)/;

/** Longer texts describe no pack. */
const LONGEST = 1000;

/** Countable things by the words FDA has for them. */
const COUNTED: ReadonlyArray<readonly [RegExp, BaseUnit]> = [
  [/^TABLET|^CAPLET|^PILL/i, 'tablet'],
  [/^CAPSULE/i, 'capsule'],
  [/^LOZENGE|^TROCHE|^PASTILLE/i, 'lozenge'],
  [/^SUPPOSITORY|^INSERT\b/i, 'suppository'],
  [/^PATCH|^FILM, EXTENDED|^SYSTEM/i, 'patch'],
  [/^FILM/i, 'film'],
];
/** Containers of a measured amount that are counted one by one. */
const CONTAINERS: ReadonlyArray<readonly [RegExp, BaseUnit]> = [
  [/^VIAL/i, 'vial'],
  [/^AMPU?O?U?LE/i, 'ampoule'],
  [/^SYRINGE/i, 'syringe'],
  [/^CARTRIDGE/i, 'cartridge'],
  [/^(?:POUCH|PACKET|SACHET)/i, 'sachet'],
  [/\bPEN\b|^INJECTOR/i, 'pen'],
];
/** What is measured, not counted. */
const MEASURED = /^(?:g|kg|mg|ug|mcg|mL|L|uL|\[[^\]]*\]|\{[^}]*\}|mCi|Ci|cm|\[iU\]|U|meq|1)$/i;

/** Measures of bulk goods, whatever they are packed in. */
const BULK = /^(?:kg|L)$/i;

function unitOf(rules: ReadonlyArray<readonly [RegExp, BaseUnit]>, word: string): BaseUnit | undefined {
  return rules.find(([pattern]) => pattern.test(word))?.[1];
}

function readLevels(description: string): Array<Level & { container: string }> | undefined {
  const levels: Array<Level & { container: string }> = [];
  for (const text of description.split(/\s+>\s+|\s+\/\s+(?=[\d.])/)) {
    const match = LEVEL.exec(text);
    if (match === null) return undefined;
    const [, count = '1', what = '', per = '', container = '', ndc] = match;
    if (plainAmount(per) !== '1') return undefined;
    levels.push({ count, what, container, ...(ndc === undefined ? {} : { ndc }) });
  }
  return levels;
}

/** Product of whole numbers, exact; undefined where one is not whole or there is nothing sensible. */
function multiply(counts: readonly string[]): string | undefined {
  let total = 1n;
  for (const written of counts) {
    const count = plainAmount(written);
    if (count === undefined || !/^\d+$/.test(count)) return undefined;
    total *= BigInt(count);
  }
  return total > 0n && total < 100_000_000_000n ? total.toString() : undefined;
}

/**
 * Reads a package description of the NDC directory or of openFDA: "10 BLISTER PACK in 1 CARTON (0002-0485-04) > 10 TABLET
 * in 1 BLISTER PACK" is 100 tablets, and its inner packs have ten. A measured content ("2000 g in 1 BOTTLE") is one piece
 * of its container, a vial, ampoule or syringe one of these. Undefined where the text holds no NDC.
 */
export function readNdcPackage(description: string): NdcPackage | undefined {
  const outer = NDC.exec(description)?.[1];
  if (outer === undefined) return undefined;
  const isReadable = description.length <= LONGEST && !description.includes('*');
  const levels = isReadable ? readLevels(description) : undefined;
  const last = levels?.at(-1);
  if (levels === undefined || last === undefined)
    return { baseUnit: 'piece', codes: [{ ndc: outer, baseUnits: '1', packLevel: 'pack' }] };
  const isMeasured = MEASURED.test(last.what);
  const baseUnit = isMeasured
    ? ((BULK.test(last.what) ? undefined : unitOf(CONTAINERS, last.container)) ?? 'piece')
    : (unitOf(COUNTED, last.what) ?? unitOf(CONTAINERS, last.what) ?? 'piece');
  // Grams of the innermost level are its content; what is counted is the container.
  const counted = isMeasured ? levels.slice(0, -1) : levels;
  const isInCase = /^CASE\b/i.test(levels[0]?.container ?? '');
  const codes: PackageCode[] = [];
  for (const [depth, { ndc }] of levels.entries()) {
    if (ndc === undefined || codes.some((code) => code.ndc === ndc)) continue;
    const isWhole = baseUnit === 'piece' && levels.length === 1;
    const baseUnits = isWhole ? '1' : multiply(counted.slice(depth).map(({ count }) => count));
    codes.push({
      ndc,
      ...(baseUnits === undefined ? {} : { baseUnits }),
      packLevel:
        codes.length > 0 ? innerLevel(isInCase, baseUnits) : isInCase && depth === 0 ? 'case' : 'pack',
    });
  }
  return { baseUnit, codes };
}

function innerLevel(isInCase: boolean, baseUnits: string | undefined): PackLevel {
  if (isInCase) return 'pack';
  return baseUnits === '1' ? 'unit' : 'strip';
}
