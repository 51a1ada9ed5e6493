import type { SourcePart } from '../source.types.js';

/**
 * Amounts as North American agencies write them: a comma separates thousands, a point decimals ("20,000", ".5"). Exact
 * decimal strings throughout.
 */

/** What `reference.drug_ingredients` can hold: at most 12 digits before the point and 6 behind it. */
const FITS = /^\d{1,12}(?:\.\d{1,6})?$/;

/** An exact decimal above zero that fits the catalogue, or undefined. */
export function plainAmount(written: string): string | undefined {
  let text = written.trim();
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) text = text.replaceAll(',', '');
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '');
  const amount = (whole.replace(/^0+(?=\d)/, '') || '0') + (kept === '' ? '' : `.${kept}`);
  return amount !== '0' && FITS.test(amount) ? amount : undefined;
}

/** Units of an amount by the ways they are written, upper case without blanks. */
const UNITS: Readonly<Record<string, string>> = {
  MG: 'mg',
  MGM: 'mg',
  MILLIGRAM: 'mg',
  G: 'g',
  GM: 'g',
  GRAM: 'g',
  KG: 'kg',
  MCG: 'mcg',
  UG: 'mcg',
  NG: 'ng',
  UNIT: 'unit',
  UNITS: 'unit',
  UNT: 'unit',
  U: 'unit',
  USPUNIT: 'unit',
  USPUNITS: 'unit',
  "[USP'U]": 'unit',
  '[U]': 'unit',
  IU: 'iu',
  '[IU]': 'iu',
  "INT'LUNITS": 'iu',
  '%': '%',
  MEQ: 'meq',
  MMOL: 'mmol',
  ML: 'ml',
  UL: 'mcl',
  MCL: 'mcl',
  L: 'l',
  KCAL: 'kcal',
  CFU: 'cfu',
  '[CFU]': 'cfu',
  CM: 'cm',
  HR: 'hour',
  H: 'hour',
};

/** The catalogue's name of a unit; one it does not know in lower case. Undefined for none ("NIL", "1"). */
export function unitName(written: string): string | undefined {
  const key = written.replace(/\s+/g, '').replace(/[µμ]/g, 'u').toUpperCase();
  if (key === '' || key === 'NIL' || key === 'N/A' || key === '1') return undefined;
  return UNITS[key] ?? written.trim().toLowerCase().slice(0, 30);
}

/** Denominators that are one unit of the product: "per vial" of a vial says nothing. */
const WHOLE_UNITS: ReadonlySet<string> = new Set(
  (
    'TAB TABLET EVT ECT SRT VTAB TABS CAP CAPSULE SUP SUPPOSITORY VIAL SYR SYRINGE AMP AMPUL AMPULE CARTRIDGE PEN SACHET ' +
    'PACKET PCK IMP IMPLANT PATCH INSERT LOZENGE PAD KIT UNIT 1 GEN GENERATOR'
  ).split(' '),
);

/** Denominators the catalogue has a word for. */
const PER_UNITS: Readonly<Record<string, string>> = {
  ...UNITS,
  HOUR: 'hour',
  HOURS: 'hour',
  DAY: 'day',
  ACT: 'dose',
  ACTUAT: 'dose',
  ACTUATION: 'dose',
  DOSE: 'dose',
  INH: 'dose',
  INHALATION: 'dose',
  SPRAY: 'dose',
  DELIVERY: 'dose',
  PUFF: 'dose',
  DROP: 'drop',
  BOT: 'bottle',
  BOTTLE: 'bottle',
  CC: 'ml',
};

/** The denominator of an amount: "5" and "ML" are 5 ml, "1" and "TAB" nothing. */
export function denominator(
  amount: string,
  unit: string,
): Required<Pick<SourcePart, 'perAmount' | 'perUnit'>> | undefined {
  const key = unit.replace(/\s+/g, '').replace(/\.$/, '').toUpperCase();
  if (key === '' || key === 'NIL' || key === '%' || /^[WV]\/[WV]$/.test(key)) return undefined;
  const perAmount = plainAmount(amount) ?? (amount.trim() === '' ? '1' : undefined);
  if (perAmount === undefined) return undefined;
  const isWhole = WHOLE_UNITS.has(key);
  if (isWhole && perAmount === '1') return undefined;
  const perUnit = PER_UNITS[key] ?? unitName(unit);
  return perUnit === undefined ? undefined : { perAmount, perUnit };
}

/** Strengths of parts as shown: "25 mg / 5 mg", "400 mg/5 ml"; undefined where an amount is missing or there are many. */
export function showAmounts(parts: readonly SourcePart[], most = 4): string | undefined {
  if (parts.length === 0 || parts.length > most) return undefined;
  const shown: string[] = [];
  for (const { amount, unit, perAmount, perUnit } of parts) {
    if (amount === undefined) return undefined;
    const per = perUnit === undefined ? '' : `/${perAmount === '1' ? '' : `${perAmount} `}${perUnit}`;
    shown.push(`${amount}${unit === undefined ? '' : ` ${unit}`}${per}`);
  }
  return shown.join(' / ');
}
