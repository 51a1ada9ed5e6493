import { inject } from 'vitest';

/** The running product a browser test works with: the one of its worker, which runs one file after the other. */
export function product(): { readonly address: string; readonly home: string } {
  const products = inject('products');
  const mine = products[(Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % products.length];
  if (!mine) throw new Error('no product was started for this worker');
  return mine;
}
