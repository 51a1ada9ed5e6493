/** What stands on a price tag. Amounts are decimal strings. */
export interface Tag {
  readonly name: string;
  readonly nameAr: string | null;
  readonly price: string;
  readonly currency: string;
  /** What a base unit costs; null: not shown. */
  readonly unitPrice: string | null;
  readonly baseUnit: string;
  /** SVG of ours and the text below it; null: the product has no code. */
  readonly barcode: { readonly svg: string; readonly text: string } | null;
}

export type TagSize = 'roll-50x30' | 'roll-38x25' | 'a4-24' | 'a4-14';
