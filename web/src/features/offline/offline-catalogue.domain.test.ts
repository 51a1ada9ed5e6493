import { describe, expect, it } from 'vitest';
import { fold, indexOf, readScan, searchProducts } from './offline-catalogue.domain';
import type { OfflineProduct } from './offline.types';

const product = (drugId: number, name: string, nameAr: string | null = null): OfflineProduct => ({
  drugId,
  name,
  nameAr,
  strength: null,
  status: 'active',
  price: '10.00',
  priceCeiling: null,
  baseUnit: 'tablet',
  unitsPerStrip: null,
  unitsPerPack: '20',
  needsPrescription: false,
  needsServer: false,
  codes: [{ gtin: String(6_220_000_000_000 + drugId).padStart(14, '0'), unit: 'pack' }],
});

describe('products of the till without the server', () => {
  it('are found by the beginnings of words in both languages, in any order, those that begin so first', () => {
    const index = indexOf([
      product(1, 'Panadol Extra 24 tab', 'بنادول إكسترا ٢٤ قرص'),
      product(2, 'Cold Panadol Syrup'),
      product(3, 'Brufén 400'),
      product(4, 'Vitamin C'),
    ]);
    const ids = (typed: string) => searchProducts(index, typed, 10).map(({ drugId }) => drugId);
    expect(ids('pana')).toEqual([1, 2]);
    expect(ids('24 extra')).toEqual([1]);
    expect(ids('اكسترا')).toEqual([1]);
    expect(ids('brufen')).toEqual([3]);
    expect(ids('anadol')).toEqual([]);
    expect(ids('  ')).toEqual([]);
    expect(fold('أدوية')).toBe(fold('ادويه'));
  });

  it('are found among 25,000 by scan and by name within what nobody notices', () => {
    const index = indexOf(
      Array.from({ length: 25_000 }, (_, n) => product(n + 1, `Product ${n + 1} tab`, `منتج ${n + 1}`)),
    );
    const from = performance.now();
    for (let n = 1; n <= 1_000; n++) {
      const scan = readScan(String(6_220_000_000_000 + n * 25));
      expect(index.byCode.get(scan?.gtin ?? '')?.product.drugId).toBe(n * 25);
    }
    const searched = performance.now();
    for (let n = 0; n < 20; n++) expect(searchProducts(index, 'prod 2499', 10)).toHaveLength(10);
    // A hundred times what was measured, so that a busy machine does not fail it; a scan takes microseconds.
    expect((searched - from) / 1_000).toBeLessThan(10);
    expect((performance.now() - searched) / 20).toBeLessThan(1_000);
  });
});

describe('a scan without the server', () => {
  it('is an EAN, a UPC, a code of the shop, or a GS1 symbol with its GTIN', () => {
    const gtin = '06221000000017';
    for (const text of ['6221000000017', '06221000000017', ']E06221000000017'])
      expect(readScan(text)).toEqual({ gtin, expiryDate: undefined, hasSerial: false });
    expect(readScan(`]d201${gtin}1727022810AB12\u001d21XYZ`)).toEqual({
      gtin,
      expiryDate: '2027-02-28',
      hasSerial: true,
    });
    expect(readScan(`(01)${gtin}(17)270200(10)AB12(21)9`)).toEqual({
      gtin,
      expiryDate: '2027-02-28',
      hasSerial: true,
    });
    expect(readScan(`01${gtin}10LOT17`)?.expiryDate).toBeUndefined();
    expect(readScan(`01${gtin}17271399`)?.expiryDate).toBeUndefined();
  });

  it('is not guessed at', () => {
    for (const text of ['', 'abc', '123', 'https://id.gs1.org/01/06221000000017', '(10)LOT'])
      expect(readScan(text), text).toBeUndefined();
  });
});
