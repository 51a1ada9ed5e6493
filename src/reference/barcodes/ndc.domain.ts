import type { NdcCandidate } from './barcodes.types.js';
import { hasCheckDigit, withCheckDigit } from './check-digit.domain.js';

/** The three ways FDA cuts ten digits into labeler, product and package (21 CFR 207.33). */
export const NDC_SHAPES = [
  [4, 4, 2],
  [5, 3, 2],
  [5, 4, 1],
] as const;
type Shape = readonly [number, number, number];

const cut = (digits: string, [labeler, product]: Shape): [string, string, string] => [
  digits.slice(0, labeler),
  digits.slice(labeler, labeler + product),
  digits.slice(labeler + product),
];

/** The 11 digits (5-4-2) of a labeler, product and package code of any of the three shapes. */
const pad11 = ([labeler, product, pack]: readonly [string, string, string]): string =>
  `${labeler.padStart(5, '0')}${product.padStart(4, '0')}${pack.padStart(2, '0')}`;

/**
 * The codes ten digits without hyphens may mean, likeliest first: each of FDA's codes that begins with 0 is 4-4-2,
 * none of the others is, but nothing says that it stays so.
 */
export function ndcsOfTen(digits: string): NdcCandidate[] {
  const candidates = NDC_SHAPES.map((shape) => {
    const parts = cut(digits, shape);
    return { ndc11: pad11(parts), ndc10: parts.join('-') };
  });
  return digits.startsWith('0') ? candidates : [...candidates.slice(1), ...candidates.slice(0, 1)];
}

/** Every 10-digit form eleven digits may come from: one for each part that begins with a zero; none where none does. */
export function tensOfNdc11(ndc11: string): string[] {
  return NDC_SHAPES.flatMap((shape) => {
    const parts = cut(ndc11, [5, 4, 2]);
    const short = parts.map((part, index) => {
      const missing = part.length - (shape[index] ?? 0);
      return /^0*$/.test(part.slice(0, missing)) ? part.slice(missing) : undefined;
    });
    return short.includes(undefined) ? [] : [short.join('-')];
  });
}

/** The GTIN of a product with this 10-digit NDC: 00, the number system 3, the ten digits, the check digit. */
export function gtinOfNdc10(digits: string): string {
  return withCheckDigit(`003${digits}`);
}

/** The ten digits of the NDC inside a GTIN of the number system 3 (also of UPC-A); undefined: it holds none. */
export function ndc10OfGtin(gtin: string): string | undefined {
  return /^003\d{11}$/.test(gtin) && hasCheckDigit(gtin) ? gtin.slice(3, 13) : undefined;
}

/**
 * Reads an NDC with its hyphens: 4-4-2, 5-3-2, 5-4-1, 5-4-2, 6-4-2 (the form FDA changes over to), or the form that
 * marks a filled-in zero by an asterisk. Undefined: not of any of these shapes. None: a 6-4-2 whose labeler fills all
 * six digits has no shorter form.
 */
export function readHyphenatedNdc(text: string): NdcCandidate[] | undefined {
  const parts = text.split('-');
  const [labeler = '', product = '', pack = ''] = parts;
  if (parts.length !== 3 || !/^\d+-\d+-\d+$/.test(text.replaceAll(/(^|-)\*/g, '$10'))) return undefined;
  const triple: [string, string, string] = [labeler, product, pack];
  const lengths = triple.map(({ length }) => length).join('-');
  if (text.includes('*')) {
    if (lengths !== '5-4-2') return undefined;
    const ten = triple.map((part) => part.replace('*', '')).join('-');
    const ndc11 = text.replaceAll('*', '0').replaceAll('-', '');
    return ten.length === 12 ? [{ ndc11, ndc10: ten }] : undefined;
  }
  if (['4-4-2', '5-3-2', '5-4-1'].includes(lengths)) return [{ ndc11: pad11(triple), ndc10: text }];
  if (lengths === '5-4-2') return ndcsOfEleven(triple.join(''));
  if (lengths !== '6-4-2') return undefined;
  const ndc12 = triple.join('');
  return ndc12.startsWith('0') ? ndcsOfEleven(ndc12.slice(1)) : [];
}

/** Eleven digits with each 10-digit form they may come from. */
export function ndcsOfEleven(ndc11: string): NdcCandidate[] {
  const tens = tensOfNdc11(ndc11);
  return tens.length === 0 ? [{ ndc11, ndc10: null }] : tens.map((ndc10) => ({ ndc11, ndc10 }));
}
