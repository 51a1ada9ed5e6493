import type { OfflineProduct } from './offline.types';

/** Products of the branch, ready to be found by a scan or by what is typed. */
export interface CatalogueIndex {
  size: number;
  byId: ReadonlyMap<number, OfflineProduct>;
  /** By the 14 digits of a code: the product and what one scan of it stands for. */
  byCode: ReadonlyMap<string, { product: OfflineProduct; unit: 'unit' | 'strip' | 'pack' }>;
  /** Folded words of both names, each beginning after a blank, in the order of the names. */
  names: readonly { text: string; product: OfflineProduct }[];
}

const MARKS = /[\p{M}\u0640]/gu;
const ALIKE: Readonly<Record<string, string>> = { ٱ: 'ا', ى: 'ي', ة: 'ه' };

/** Lower case, without accents and marks, letters that are written one for another made one, digits made Latin. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(/[\u0629\u0649\u0671]/g, (letter) => ALIKE[letter] ?? letter)
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[^\p{L}\p{N}.%]+/gu, ' ')
    .trim();
}

/** Makes the index; some ten thousand products take a moment, so it is made once for each list. */
export function indexOf(products: readonly OfflineProduct[]): CatalogueIndex {
  const byCode = new Map<string, { product: OfflineProduct; unit: 'unit' | 'strip' | 'pack' }>();
  for (const product of products)
    for (const { gtin, unit } of product.codes) byCode.set(gtin, { product, unit });
  const names = products
    .map((product) => ({
      text: ` ${fold([product.name, product.nameAr, product.strength].filter(Boolean).join(' '))}`,
      product,
    }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return {
    size: products.length,
    byId: new Map(products.map((product) => [product.drugId, product])),
    byCode,
    names,
  };
}

/** Products that have a word beginning with each of the words typed; those whose name begins so first. */
export function searchProducts({ names }: CatalogueIndex, typed: string, limit: number): OfflineProduct[] {
  const words = fold(typed).split(' ').filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const [begin, rest]: [OfflineProduct[], OfflineProduct[]] = [[], []];
  for (const { text, product } of names) {
    if (!words.every((word) => text.includes(` ${word}`))) continue;
    if (text.startsWith(` ${first}`)) begin.push(product);
    else if (rest.length < limit) rest.push(product);
    if (begin.length >= limit) break;
  }
  return [...begin, ...rest].slice(0, limit);
}

/** What a scan says, as far as selling without the server needs it. */
export interface PlainScan {
  /** 14 digits. */
  gtin: string;
  /** YYYY-MM-DD. */
  expiryDate: string | undefined;
  hasSerial: boolean;
}

const GS = '\u001d';
const SIX_DIGITS = /^(11|12|13|15|16|17)(\d{6})/;
const OPEN_ENDED = /^(10|21|22|30|37|240|241|400|71\d)/;

function lastDayOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayOf(yymmdd: string): string | undefined {
  const [year, month, day] = [
    2000 + Number(yymmdd.slice(0, 2)),
    Number(yymmdd.slice(2, 4)),
    Number(yymmdd.slice(4)),
  ];
  if (month < 1 || month > 12 || day > lastDayOf(year, month)) return undefined;
  const date = day === 0 ? lastDayOf(year, month) : day;
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

/**
 * Reads a scan: an EAN or UPC, digits of the shop, or a GS1 symbol that begins with its GTIN. Undefined: no product code. The server reads
 * more and doubts more; without it, what is not plain is not guessed at.
 */
export function readScan(text: string): PlainScan | undefined {
  const code = text.trim().replace(/^\][A-Za-z]\d/, '');
  if (/^\d{4,14}$/.test(code))
    return { gtin: code.padStart(14, '0'), expiryDate: undefined, hasSerial: false };
  const bare = code.replace(/\((\d{2,4})\)/g, (_, identifier: string, at: number) =>
    at === 0 ? identifier : GS + identifier,
  );
  const found = /^(?:\u001d)?01(\d{14})(.*)$/.exec(bare);
  if (!found) return undefined;
  const [, gtin = '', tail = ''] = found;
  const scan: PlainScan = { gtin, expiryDate: undefined, hasSerial: false };
  for (let rest = tail.replace(/^\u001d/, ''); rest !== '';) {
    const dated = SIX_DIGITS.exec(rest);
    const open = OPEN_ENDED.exec(rest);
    if (dated) {
      if (dated[1] === '17') scan.expiryDate = dayOf(dated[2] ?? '');
      rest = rest.slice(8);
    } else if (open) {
      scan.hasSerial ||= open[1] === '21';
      const end = rest.indexOf(GS);
      rest = end < 0 ? '' : rest.slice(end);
    } else break;
    rest = rest.replace(/^\u001d/, '');
  }
  return scan;
}
