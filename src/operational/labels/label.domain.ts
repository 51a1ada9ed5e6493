import { code128Svg } from './code128.domain.js';
import { ltr, own, printablePage, said, type PageLanguage } from '../../platform/text/print-html.js';
import type { LabelLine, LabelSize, LabelTemplate } from './label-template.types.js';

/** What a page is marked as that is not the original: printed before, or only shown on a screen. */
export type LabelMark = 'copy' | 'preview';

/** A sentence in the languages of the label. */
export type Said = Readonly<Record<PageLanguage, string>>;

/** What a label says. Quantities are decimal strings in base units, dates 'YYYY-MM-DD'. */
export interface LabelFacts {
  readonly patientName: string;
  readonly drugName: string;
  readonly strength: string | null;
  readonly dosageForm: string | null;
  /** Directions as written, where no more is understood of them, else in both languages. */
  readonly directions: string | Said;
  readonly cautions: readonly Said[];
  readonly storage: Said;
  /** Quantity with its unit in the language of the page. */
  readonly quantity: string;
  readonly rxNumber: string;
  /** Code of the fill, as its barcode says it. */
  readonly fillCode: string;
  /** 1 for the first fill. */
  readonly fillOrdinal: number;
  readonly partNumber: number;
  readonly refillsAuthorized: number;
  readonly prescriberName: string;
  readonly branchName: string;
  readonly branchAddress: string | null;
  readonly branchPhone: string | null;
  readonly dispensedOn: string;
  /** Names of what it was compounded of here; null: it was not. Its lots expire on their beyond-use date. */
  readonly compoundedOf: readonly string[] | null;
  readonly lots: readonly {
    readonly lotNumber: string;
    readonly expiryDate: string | null;
    readonly quantity: string;
  }[];
}

const WORDS = {
  en: {
    quantity: 'Qty',
    rx: 'Rx',
    fill: 'fill',
    part: 'part',
    by: 'Prescriber',
    lot: 'Lot',
    expiry: 'Exp',
    compounded: 'Compounded here of',
    useBy: 'Use by',
    copy: 'COPY',
    preview: 'PREVIEW',
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
    compounded: 'محضر في الصيدلية من',
    useBy: 'يستعمل حتى',
    copy: 'نسخة COPY',
    preview: 'معاينة PREVIEW',
    title: 'ملصق',
  },
} as const satisfies Record<PageLanguage, Record<string, string>>;

/**
 * Paper, type size and width of what is printed. Nothing is cut off: what does not fit a label goes on to the next one,
 * and each block stays together.
 */
const PAPERS: Readonly<
  Record<
    LabelSize,
    { readonly page: string; readonly width: string; readonly font: string; readonly bar: string }
  >
> = {
  '70x35': { page: 'size: 70mm 35mm; margin: 1.2mm 1.5mm', width: '67mm', font: '6.4pt', bar: '26mm' },
  '80mm': { page: 'size: 80mm 150mm; margin: 3mm 4mm', width: '72mm', font: '9pt', bar: '46mm' },
  A4: { page: 'size: A4; margin: 14mm', width: '182mm', font: '12pt', bar: '60mm' },
};

const styleOf = (size: LabelSize): string => {
  const { page, width, font, bar } = PAPERS[size];
  return `
@page { ${page}; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-family: system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif; font-size: ${font}; line-height: 1.2; color: #000; background: #fff; }
body { width: ${width}; overflow-wrap: anywhere; }
.row { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5mm; }
.row > *, .sig, .caution, .foot { min-width: 0; break-inside: avoid; }
.patient, .drug, .sig { font-size: 1.2em; font-weight: 700; }
.sig > span, .cautions > span { display: block; }
.caution { font-weight: 600; }
.caution::before { content: "! "; }
bdi[dir] { display: inline-block; max-width: 100%; }
.small { font-size: 0.85em; }
.copy { border: 0.3mm solid #000; padding: 0 1mm; font-weight: 700; }
.foot { display: flex; justify-content: space-between; align-items: flex-end; gap: 1.5mm; }
.foot > div { min-width: 0; flex: 1; }
.barcode { width: ${bar}; height: ${size === '70x35' ? '5mm' : '9mm'}; flex: none; fill: #000; }
@media screen { body { margin: 6mm auto; outline: 0.2mm solid #999; padding: 1mm; } }`;
};

/** Languages a sentence is said in: that of the page first. */
const languagesOf = (template: LabelTemplate, page: PageLanguage): PageLanguage[] =>
  template.languages === 'both' ? [page, page === 'ar' ? 'en' : 'ar'] : [page];

const inLanguages = (text: Said, languages: readonly PageLanguage[]): string =>
  languages.map((language) => said(text[language], language)).join(' ');

function lotsText(facts: LabelFacts, language: PageLanguage): string {
  const words = WORDS[language];
  return facts.lots
    .map(
      (lot) =>
        `${words.lot} ${ltr(lot.lotNumber)} ${words.expiry} ${ltr(lot.expiryDate ?? '–')}${facts.lots.length > 1 ? ` × ${ltr(lot.quantity)}` : ''}`,
    )
    .join(' · ');
}

/** What was compounded says so, of what, and to when it may be used: whatever lines the template leaves out. */
function compoundedLines({ compoundedOf, lots }: LabelFacts, languages: readonly PageLanguage[]): string[] {
  if (compoundedOf === null) return [];
  const days = lots.flatMap(({ expiryDate }) => expiryDate ?? []).sort();
  return languages.flatMap((language) => {
    const words = WORDS[language];
    const open = `<span lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`;
    return [
      `<div class="caution">${open}${words.compounded} ${compoundedOf.map(own).join(', ')}</span></div>`,
      days[0] === undefined ? '' : `<div class="caution">${open}${words.useBy} ${ltr(days[0])}</span></div>`,
    ];
  });
}

function fillText(facts: LabelFacts, language: PageLanguage): string {
  const words = WORDS[language];
  const part = facts.partNumber > 1 ? ` ${words.part} ${ltr(String(facts.partNumber))}` : '';
  return `${words.rx} ${ltr(facts.rxNumber)} · ${words.fill} ${ltr(`${facts.fillOrdinal}/${facts.refillsAuthorized + 1}`)}${part}`;
}

function branchText(facts: LabelFacts, hasAddress: boolean): string {
  const parts = [own(facts.branchName)];
  if (hasAddress && facts.branchAddress !== null) parts.push(own(facts.branchAddress));
  if (hasAddress && facts.branchPhone !== null) parts.push(ltr(facts.branchPhone));
  return parts.join(' · ');
}

/** The strength, unless the name says it already. */
export function strengthBeside({ drugName, strength }: Pick<LabelFacts, 'drugName' | 'strength'>): string {
  const compact = (text: string): string => text.replace(/\s/g, '').toLowerCase();
  return strength === null || compact(drugName).includes(compact(strength)) ? '' : ` ${ltr(strength)}`;
}

/** Height of a barcode in its own modules: its width is stretched to what the style says. */
const BARCODE_HEIGHT = 24;

/**
 * Printable label as a whole HTML document without scripts, on the paper and with the lines of the branch's template.
 * Everything from records is escaped; strength, numbers and dates stay left to right on an Arabic label. A reprint is
 * marked COPY, what is only shown PREVIEW.
 */
export function renderLabel(
  facts: LabelFacts,
  template: LabelTemplate,
  language: PageLanguage,
  mark: LabelMark | undefined,
): string {
  const words = WORDS[language];
  const languages = languagesOf(template, language);
  const has = (line: LabelLine): boolean => template.lines.includes(line);
  const { directions } = facts;
  const sig = typeof directions === 'string' ? own(directions) : inLanguages(directions, languages);
  const strength = strengthBeside(facts);
  const form = facts.dosageForm === null ? '' : ` · ${own(facts.dosageForm)}`;
  const cautions = has('cautions') ? facts.cautions : [];
  const lines = [
    template.header === null ? '' : `<div class="small">${own(template.header)}</div>`,
    `<div class="row"><span class="patient">${own(facts.patientName)}</span>${mark ? `<span class="copy">${words[mark]}</span>` : ''}<span>${ltr(facts.dispensedOn)}</span></div>`,
    `<div class="drug">${own(facts.drugName)}${strength}</div>`,
    `<div class="sig">${sig}</div>`,
    ...compoundedLines(facts, languages),
    ...cautions.map((caution) => `<div class="caution">${inLanguages(caution, languages)}</div>`),
    has('storage') ? `<div class="small">${inLanguages(facts.storage, languages)}</div>` : '',
    `<div class="row"><span>${words.quantity} ${own(facts.quantity)}${form}</span><span>${fillText(facts, language)}</span></div>`,
    '<div class="foot"><div>',
    has('prescriber') ? `<div class="small">${words.by} ${own(facts.prescriberName)}</div>` : '',
    has('lots') && facts.lots.length > 0 ? `<div class="small">${lotsText(facts, language)}</div>` : '',
    `<div class="small">${branchText(facts, has('address'))}</div>`,
    template.footer === null ? '' : `<div class="small">${own(template.footer)}</div>`,
    `</div>${has('barcode') ? code128Svg(facts.fillCode, BARCODE_HEIGHT) : ''}</div>`,
  ];
  return printablePage({
    language,
    title: `${words.title} ${facts.rxNumber}`,
    style: styleOf(template.size),
    body: lines.filter((line) => line !== '').join('\n'),
  });
}
