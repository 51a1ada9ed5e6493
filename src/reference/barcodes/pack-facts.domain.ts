import type { BarcodeWarning, Gs1Element, NationalScheme, PackFacts } from './barcodes.types.js';
import { dateOf } from './gs1-date.domain.js';

/** National healthcare reimbursement numbers, AI 710–717. */
const SCHEMES: Readonly<Record<string, NationalScheme>> = {
  '710': 'PZN',
  '711': 'CIP',
  '712': 'CN',
  '713': 'DRN',
  '714': 'AIM',
  '715': 'NDC',
  '716': 'AIC',
  '717': 'SRN',
};

export const NO_FACTS: PackFacts = {
  lotNumber: null,
  expiryDate: null,
  serialNumber: null,
  bestBeforeDate: null,
  productionDate: null,
  quantity: null,
  national: [],
};

/** What the elements say of the pack, or the sentence for a contradiction between them. */
export function packFacts(elements: readonly Gs1Element[], today: string): PackFacts | string {
  const values = new Map(elements.map(({ ai, value }) => [ai, value]));
  const day = (ai: string): string | null => {
    const value = values.get(ai);
    return value === undefined ? null : (dateOf(value.slice(0, 6), today, ai !== '7003') ?? null);
  };
  const [expiry, withTime] = [day('17'), day('7003')];
  if (expiry !== null && withTime !== null && expiry !== withTime)
    return 'The code gives two different expiry dates.';
  const count = values.get('30') ?? (values.has('02') ? values.get('37') : undefined);
  return {
    lotNumber: values.get('10') ?? null,
    expiryDate: expiry ?? withTime,
    serialNumber: values.get('21') ?? null,
    bestBeforeDate: day('15'),
    productionDate: day('11'),
    quantity: count === undefined ? null : count.replace(/^0+(?=\d)/, ''),
    national: elements.flatMap(({ ai, value }) => {
      const scheme = SCHEMES[ai];
      return scheme === undefined ? [] : [{ scheme, value }];
    }),
  };
}

/** The product the elements name, and how: undefined where they name none, a sentence where they name two. */
export function productOf(
  elements: readonly Gs1Element[],
): { gtin: string; warnings: BarcodeWarning[] } | string | undefined {
  const named = elements.filter(({ ai }) => ['01', '02', '03', '8006', '8026'].includes(ai));
  const [first] = named;
  if (first === undefined) return undefined;
  if (new Set(named.map(({ ai }) => ai)).size > 1) return 'The code names more than one product.';
  const gtin = first.value.slice(0, 14);
  const warnings: BarcodeWarning[] = [];
  if (first.ai === '02' || first.ai === '8026')
    warnings.push({
      code: 'contents-of-case',
      detail: 'The code is of a case or pallet and names what is inside.',
    });
  if (first.ai.length === 4) {
    const [piece, total] = [Number(first.value.slice(14, 16)), Number(first.value.slice(16, 18))];
    warnings.push({ code: 'piece-of-product', detail: `This is piece ${piece} of ${total} of the product.` });
  }
  return { gtin, warnings };
}
