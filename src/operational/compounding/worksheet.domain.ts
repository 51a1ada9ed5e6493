import { escapeHtml, ltr, own, printablePage, type PageLanguage } from '../../platform/text/print-html.js';
import type { BatchStatus } from './compounding.types.js';

/** What a worksheet says. Quantities are decimal strings in base units, dates 'YYYY-MM-DD'. */
export interface WorksheetFacts {
  readonly batchNumber: string;
  readonly formulaVersion: number;
  readonly drugName: string;
  readonly drugNameAr: string | null;
  readonly baseUnit: string;
  readonly quantity: string;
  readonly rxNumber: string | null;
  readonly status: BatchStatus;
  readonly beyondUseDate: string | null;
  readonly method: string;
  readonly storage: 'room' | 'refrigerate' | 'freeze';
  readonly hazardous: boolean;
  readonly tolerancePercent: string;
  readonly needsSecondPerson: boolean;
  readonly madeByName: string | null;
  readonly checkedByName: string | null;
  readonly items: readonly {
    readonly drugName: string;
    readonly drugNameAr: string | null;
    readonly baseUnit: string;
    readonly lotNumber: string;
    readonly expiryDate: string | null;
    readonly quantityPlanned: string;
    readonly quantityUsed: string | null;
    readonly waste: string;
    readonly weighedByName: string | null;
  }[];
}

const WORDS = {
  en: {
    title: 'Compounding worksheet',
    preparation: 'Preparation',
    batch: 'Batch',
    version: 'formula version',
    quantity: 'Quantity',
    rx: 'Prescription',
    stock: 'For stock',
    storage: 'Keep',
    bud: 'Beyond-use date',
    ingredient: 'Ingredient',
    lot: 'Lot, expiry',
    calculated: 'Calculated',
    weighed: 'Weighed',
    waste: 'Waste',
    by: 'Weighed by',
    method: 'Method',
    maker: 'Made by',
    checker: 'Checked by',
    other: 'another person than the maker',
    tolerance: 'Allowed difference',
    hazardous: 'HAZARDOUS: protective equipment',
    room: 'at room temperature',
    refrigerate: 'in a refrigerator (2–8 °C)',
    freeze: 'frozen',
    discarded: 'DISCARDED',
  },
  ar: {
    title: 'ورقة عمل تحضير',
    preparation: 'المستحضر',
    batch: 'تشغيلة',
    version: 'إصدار التركيبة',
    quantity: 'الكمية',
    rx: 'الوصفة',
    stock: 'للمخزون',
    storage: 'الحفظ',
    bud: 'صالح حتى',
    ingredient: 'المكوّن',
    lot: 'التشغيلة والانتهاء',
    calculated: 'المحسوب',
    weighed: 'الموزون',
    waste: 'الفاقد',
    by: 'وزنه',
    method: 'طريقة التحضير',
    maker: 'حضّره',
    checker: 'راجعه',
    other: 'شخص غير من حضّره',
    tolerance: 'الفرق المسموح',
    hazardous: 'مادة خطرة: استعمل وسائل الوقاية',
    room: 'في درجة حرارة الغرفة',
    refrigerate: 'في الثلاجة (2–8 °م)',
    freeze: 'مجمدًا',
    discarded: 'أُعدمت',
  },
} as const satisfies Record<PageLanguage, Record<string, string>>;

const STYLE = `
@page { size: A4; margin: 15mm }
body { font: 11pt system-ui, "Noto Sans Arabic", Tahoma, sans-serif }
table { border-collapse: collapse; width: 100%; margin: 4mm 0 }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { border: 1px solid #555; padding: 2mm; text-align: start; vertical-align: top }
td.n { min-width: 22mm }
.method { white-space: pre-wrap }
.mark { border: 1mm solid #000; padding: 2mm; font-weight: 700 }
.sign { display: flex; gap: 20mm; margin-top: 18mm; break-inside: avoid }
.sign p { flex: 1; border-top: 1px solid #000; padding-top: 2mm }
`;

/** The worksheet of a batch, A4, without scripts: what is weighed of which lot, with room for what is written and signed by hand. */
export function printWorksheet(
  batch: WorksheetFacts,
  at: { readonly name: string; readonly nameAr: string | null },
  language: PageLanguage,
): string {
  const words = WORDS[language];
  const named = (name: string, nameAr: string | null): string =>
    own((language === 'ar' ? nameAr : null) ?? name);
  const rows = batch.items.map(
    (
      item,
    ) => `<tr><td>${named(item.drugName, item.drugNameAr)}</td><td>${ltr(`${item.lotNumber} ${item.expiryDate ?? '–'}`)}</td>
<td class="n">${ltr(`${item.quantityPlanned} ${item.baseUnit}`)}</td><td class="n">${item.quantityUsed === null ? '' : ltr(item.quantityUsed)}</td>
<td class="n">${item.quantityUsed === null ? '' : ltr(item.waste)}</td><td>${own(item.weighedByName ?? '')}</td></tr>`,
  );
  const facts: [string, string][] = [
    [words.preparation, named(batch.drugName, batch.drugNameAr)],
    [words.batch, `${ltr(batch.batchNumber)} · ${words.version} ${ltr(String(batch.formulaVersion))}`],
    [words.quantity, ltr(`${batch.quantity} ${batch.baseUnit}`)],
    [words.rx, batch.rxNumber === null ? words.stock : ltr(batch.rxNumber)],
    [words.storage, words[batch.storage]],
    [words.bud, batch.beyondUseDate === null ? '' : ltr(batch.beyondUseDate)],
    [words.tolerance, ltr(`± ${batch.tolerancePercent} %`)],
  ];
  const columns = [words.ingredient, words.lot, words.calculated, words.weighed, words.waste, words.by];
  const other = batch.needsSecondPerson ? ` (${words.other})` : '';
  return printablePage({
    language,
    title: `${words.title} ${batch.batchNumber}`,
    style: STYLE,
    body: [
      `<h1>${words.title}</h1><p>${named(at.name, at.nameAr)}</p>`,
      batch.status === 'discarded' ? `<p class="mark">${words.discarded}</p>` : '',
      batch.hazardous ? `<p class="mark">${words.hazardous}</p>` : '',
      `<table>${facts.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`).join('\n')}</table>`,
      `<table><thead><tr>${columns.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`,
      `<h2>${words.method}</h2><p class="method" dir="auto">${escapeHtml(batch.method)}</p>`,
      `<div class="sign"><p>${words.maker}: ${own(batch.madeByName ?? '')}</p><p>${words.checker}${other}: ${own(batch.checkedByName ?? '')}</p></div>`,
    ]
      .filter((part) => part !== '')
      .join('\n'),
  });
}
