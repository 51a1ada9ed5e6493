import { Money } from '../../platform/money/money.js';
import { Quantity } from '../../platform/money/quantity.js';
import { own, printablePage, type PageLanguage } from '../../platform/text/print-html.js';
import type { Tag, TagSize } from './price-tags.types.js';

const WORDS = { en: { title: 'Price tags', per: 'per' }, ar: { title: 'بطاقات أسعار', per: 'لكل' } } as const;

/** Sheets: places across and down. Rolls: one place a page. Lengths are mm. */
const SIZES = {
  'roll-50x30': { page: '50mm 30mm', margin: 0, width: 50, height: 30, across: 1, down: 1 },
  'roll-38x25': { page: '38mm 25mm', margin: 0, width: 38, height: 25, across: 1, down: 1 },
  'a4-24': { page: 'A4', margin: 0, width: 70, height: 37, across: 3, down: 8 },
  'a4-14': { page: 'A4', margin: 4, width: 99, height: 38, across: 2, down: 7 },
} as const;

/**
 * What a base unit of a pack costs, rounded half up to the smallest coin; null where the pack is one unit. `price` is that of a pack, decimals
 * are those of the currency.
 */
export function unitPriceOf(price: string, unitsPerPack: string, decimals: number): string | null {
  const units = Quantity.of(unitsPerPack);
  if (units.compare(Quantity.of('1')) <= 0) return null;
  return Money.of(price).share(Quantity.of('1'), units, decimals).toString();
}

/** Tags on pages of a size, the first `skip` places of the first sheet left empty. `null` is an empty place. */
export function pagesOf(tags: readonly Tag[], size: TagSize, skip: number): (Tag | null)[][] {
  const { across, down } = SIZES[size];
  const places = across * down;
  const empty = Array.from({ length: Math.min(skip, places - 1) }, () => null);
  const all = places === 1 ? [...tags] : [...empty, ...tags];
  const pages: (Tag | null)[][] = [];
  for (let at = 0; at < all.length; at += places) pages.push(all.slice(at, at + places));
  return pages;
}

/** Printable pages of tags: name, price of a pack, price of a unit, barcode. Every text of the database is escaped. */
export function renderTags(
  tags: readonly Tag[],
  options: { readonly size: TagSize; readonly lang: PageLanguage; readonly skip: number },
): string {
  const { page, margin, width, height, across } = SIZES[options.size];
  const words = WORDS[options.lang];
  const isSmall = width < 60;
  return printablePage({
    language: options.lang,
    title: words.title,
    style: `@page{size:${page};margin:${margin}mm}
*{box-sizing:border-box}body{margin:0;font-family:system-ui,'Noto Sans','Noto Sans Arabic',Tahoma,sans-serif;color:#000;background:#fff}
.sheet{display:grid;grid-template-columns:repeat(${across},${width}mm);grid-auto-rows:${height}mm;break-after:page}
.tag{overflow:hidden;padding:${isSmall ? 1.5 : 3}mm;display:flex;flex-direction:column;justify-content:space-between}
.name{font-size:${isSmall ? 8 : 10}pt;font-weight:600;line-height:1.2;max-height:2.4em;overflow:hidden}
.price{font-size:${isSmall ? 14 : 20}pt;font-weight:800;line-height:1.1}.price small{font-size:.55em;font-weight:600}
.unit{font-size:${isSmall ? 7 : 9}pt}.row{display:flex;justify-content:space-between;align-items:flex-end;gap:2mm}
.code{text-align:center;font-size:6.5pt;line-height:1}.code svg{display:block;height:${isSmall ? 7 : 9}mm;width:${isSmall ? 24 : 34}mm}`,
    body: pagesOf(tags, options.size, options.skip)
      .map(
        (places) =>
          `<section class="sheet">${places.map((tag) => tagHtml(tag, options.lang)).join('\n')}</section>`,
      )
      .join('\n'),
  });
}

function tagHtml(tag: Tag | null, language: PageLanguage): string {
  if (tag === null) return '<div class="tag"></div>';
  const name = language === 'ar' && tag.nameAr !== null ? tag.nameAr : tag.name;
  const unit =
    tag.unitPrice === null
      ? ''
      : `<div class="unit">${own(`${tag.unitPrice} ${tag.currency}`)} ${WORDS[language].per} ${own(tag.baseUnit)}</div>`;
  const code =
    tag.barcode === null ? '' : `<div class="code">${tag.barcode.svg}${own(tag.barcode.text)}</div>`;
  return `<div class="tag"><div class="name">${own(name)}</div>
<div class="row"><div><div class="price"><bdi dir="ltr">${tag.price} <small>${tag.currency}</small></bdi></div>${unit}</div>${code}</div></div>`;
}
