/** Where a lost sale was noted: a product looked up, a sale or a fill refused, by hand. */
export const LOST_SALE_SOURCES = ['search', 'till', 'fill', 'manual'] as const;
export type LostSaleSource = (typeof LOST_SALE_SOURCES)[number];
