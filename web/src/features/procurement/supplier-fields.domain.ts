import { percentOf, rateOf } from './order-figures.domain';

/** A supplier as far as he is changed in a form. */
interface Terms {
  readonly name: string;
  readonly nameAr: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly leadTimeDays: number;
  /** As a share: "0.05"; null: as the branch has it. */
  readonly overReceiptTolerance: string | null;
  readonly minShelfLifeDays: number;
  readonly paymentDays: number;
  readonly returnsFromDays: number | null;
  readonly returnsUntilDays: number | null;
  readonly active: boolean;
}

/** A supplier as it stands in the fields of a form; all text. */
export interface SupplierFields {
  readonly name: string;
  readonly nameAr: string;
  readonly phone: string;
  readonly email: string;
  readonly leadTimeDays: string;
  /** In percent; empty: as the branch has it. */
  readonly tolerance: string;
  readonly minShelfLifeDays: string;
  readonly paymentDays: string;
  readonly returnsFromDays: string;
  readonly returnsUntilDays: string;
  readonly active: boolean;
}

const numberText = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

export const supplierFields = (supplier: Terms | undefined): SupplierFields => ({
  name: supplier?.name ?? '',
  nameAr: supplier?.nameAr ?? '',
  phone: supplier?.phone ?? '',
  email: supplier?.email ?? '',
  leadTimeDays: numberText(supplier?.leadTimeDays),
  tolerance:
    supplier?.overReceiptTolerance === null || supplier === undefined
      ? ''
      : percentOf(supplier.overReceiptTolerance),
  minShelfLifeDays: numberText(supplier?.minShelfLifeDays),
  paymentDays: numberText(supplier?.paymentDays),
  returnsFromDays: numberText(supplier?.returnsFromDays),
  returnsUntilDays: numberText(supplier?.returnsUntilDays),
  active: supplier?.active ?? true,
});

/** A whole number of days; null: left empty; undefined: none. */
function daysOf(text: string): number | null | undefined {
  const typed = text.trim().replace('−', '-');
  if (typed === '') return null;
  return /^-?\d{1,4}$/.test(typed) ? Number.parseInt(typed, 10) : undefined;
}

/** A share to the thousandth ("0.05" is 5 %), as tolerances are kept; undefined where the text is no percentage of that fineness. */
function toleranceOf(percent: string): string | null | undefined {
  if (percent.trim() === '') return null;
  const rate = rateOf(percent);
  return rate !== undefined && /^(0(\.\d{1,3})?|1)$/.test(rate) ? rate : undefined;
}

/** The fields as they are sent; undefined where one of them cannot be. What is left empty is sent as unknown, or as it is without being said. */
export function readSupplier(fields: SupplierFields) {
  const overReceiptTolerance = toleranceOf(fields.tolerance);
  const [lead, shelf, payment] = [
    daysOf(fields.leadTimeDays),
    daysOf(fields.minShelfLifeDays),
    daysOf(fields.paymentDays),
  ];
  const returnsFromDays = daysOf(fields.returnsFromDays);
  const returnsUntilDays = daysOf(fields.returnsUntilDays);
  const name = fields.name.trim();
  if (
    name === '' ||
    overReceiptTolerance === undefined ||
    returnsFromDays === undefined ||
    returnsUntilDays === undefined ||
    [lead, shelf, payment].some((one) => one === undefined)
  )
    return undefined;
  const textOf = (value: string): string | null => (value.trim() === '' ? null : value.trim());
  return {
    name,
    nameAr: textOf(fields.nameAr),
    phone: textOf(fields.phone),
    email: textOf(fields.email),
    ...(typeof lead === 'number' ? { leadTimeDays: lead } : {}),
    ...(typeof shelf === 'number' ? { minShelfLifeDays: shelf } : {}),
    ...(typeof payment === 'number' ? { paymentDays: payment } : {}),
    overReceiptTolerance,
    returnsFromDays,
    returnsUntilDays,
  };
}
