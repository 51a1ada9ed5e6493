/** What a label says. Quantities are decimal strings in base units, dates 'YYYY-MM-DD'. */
export interface LabelFacts {
  readonly patientName: string;
  readonly drugName: string;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  readonly sig: string;
  readonly quantity: string;
  readonly baseUnit: string;
  readonly rxNumber: string;
  /** 1 for the first fill. */
  readonly fillOrdinal: number;
  readonly partNumber: number;
  readonly refillsAuthorized: number;
  readonly prescriberName: string;
  readonly branchName: string;
  readonly branchAddress: string | null;
  readonly branchPhone: string | null;
  readonly dispensedOn: string;
  readonly lots: readonly {
    readonly lotNumber: string;
    readonly expiryDate: string | null;
    readonly quantity: string;
  }[];
}

export type LabelLanguage = 'ar' | 'en';

const WORDS = {
  en: {
    quantity: 'Qty',
    rx: 'Rx',
    fill: 'fill',
    part: 'part',
    by: 'Prescriber',
    lot: 'Lot',
    expiry: 'Exp',
    copy: 'COPY',
    title: 'Label',
  },
  ar: {
    quantity: 'الكمية',
    rx: 'وصفة',
    fill: 'صرف',
    part: 'جزء',
    by: 'الطبيب',
    lot: 'تشغيلة',
    expiry: 'انتهاء',
    copy: 'نسخة COPY',
    title: 'ملصق',
  },
} as const satisfies Record<LabelLanguage, Record<string, string>>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes a text inert in HTML, in attributes too. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** Text whose direction is its own: a name. */
const own = (text: string): string => `<bdi>${escapeHtml(text)}</bdi>`;
/** Text that reads left to right on any label: numbers with units, codes, dates. */
const ltr = (text: string): string => `<bdi dir="ltr">${escapeHtml(text)}</bdi>`;

const STYLE = `
@page { size: 70mm 35mm; margin: 1.5mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-family: system-ui, "Segoe UI", Tahoma, sans-serif; font-size: 6.6pt; line-height: 1.2; color: #000; background: #fff; }
body { width: 67mm; height: 32mm; overflow: hidden; display: flex; flex-direction: column; gap: .5mm; }
.row { display: flex; justify-content: space-between; gap: 1.5mm; }
.patient { font-size: 8pt; font-weight: 700; }
.drug { font-size: 8pt; font-weight: 700; }
.sig { font-size: 8pt; flex: 1; overflow-wrap: anywhere; }
.small { font-size: 5.6pt; }
.copy { border: .3mm solid #000; padding: 0 1mm; font-weight: 700; }
@media screen { body { margin: 6mm auto; outline: .2mm solid #999; } }`;

/**
 * Printable label of 70 × 35 mm as a whole HTML document without scripts. Everything from records is escaped; strength,
 * numbers and dates stay left to right on an Arabic label. A reprint is marked COPY.
 */
export function renderLabel(facts: LabelFacts, language: LabelLanguage, isCopy: boolean): string {
  const words = WORDS[language];
  const lots = facts.lots
    .map(
      (lot) =>
        `${words.lot} ${ltr(lot.lotNumber)} ${words.expiry} ${ltr(lot.expiryDate ?? '–')}${facts.lots.length > 1 ? ` × ${ltr(lot.quantity)}` : ''}`,
    )
    .join(' · ');
  const branch = [own(facts.branchName)];
  if (facts.branchAddress !== null) branch.push(own(facts.branchAddress));
  if (facts.branchPhone !== null) branch.push(ltr(facts.branchPhone));
  const fill = `${ltr(`${facts.fillOrdinal}/${facts.refillsAuthorized + 1}`)}${facts.partNumber > 1 ? ` ${words.part} ${ltr(String(facts.partNumber))}` : ''}`;
  return `<!doctype html>
<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8"><title>${words.title} ${escapeHtml(facts.rxNumber)}</title><style>${STYLE}</style></head>
<body>
<div class="row"><span class="patient">${own(facts.patientName)}</span>${isCopy ? `<span class="copy">${words.copy}</span>` : ''}<span>${ltr(facts.dispensedOn)}</span></div>
<div class="row drug"><span>${own(facts.drugName)}${facts.strength === null ? '' : ` ${ltr(facts.strength)}`}</span></div>
<div class="sig">${own(facts.sig)}</div>
<div class="row"><span>${words.quantity} ${ltr(facts.quantity)} ${own(facts.baseUnit)}${facts.dosageForm === null ? '' : ` · ${own(facts.dosageForm)}`}</span><span>${words.rx} ${ltr(facts.rxNumber)} · ${words.fill} ${fill}</span></div>
<div class="row small"><span>${words.by} ${own(facts.prescriberName)}</span><span>${lots}</span></div>
<div class="small">${branch.join(' · ')}</div>
</body>
</html>
`;
}
