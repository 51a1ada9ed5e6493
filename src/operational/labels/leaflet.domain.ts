import { escapeHtml, ltr, own, printablePage, type PageLanguage } from '../../platform/text/print-html.js';
import { strengthBeside, type LabelFacts, type Said } from './label.domain.js';

/** A fact with where it is from. */
interface Sourced {
  readonly text: Said;
  readonly source: string;
}

export interface LeafletFacts extends LabelFacts {
  readonly sourcedCautions: readonly Sourced[];
  readonly missedDose: Sourced | null;
  readonly storageSource: string;
}

const WORDS = {
  en: {
    title: 'About your medicine',
    for: 'For',
    directions: 'How to use it',
    asWritten: 'As the prescriber wrote it',
    cautions: 'Take care',
    none: 'No special caution is kept for this medicine. Read the leaflet in the pack.',
    missed: 'If you miss a dose',
    storage: 'How to keep it',
    children: 'Keep it out of the sight and reach of children. Do not pass it on to others.',
    more: 'This page does not replace the leaflet in the pack. Ask your pharmacist if anything is not clear, and get help at once if you feel unwell.',
    sources: 'Sources',
    date: 'Given on',
    rx: 'Prescription',
  },
  ar: {
    title: 'معلومات عن دوائك',
    for: 'المريض',
    directions: 'طريقة الاستعمال',
    asWritten: 'كما كتبها الطبيب',
    cautions: 'تنبيهات',
    none: 'لا توجد تنبيهات خاصة محفوظة لهذا الدواء. اقرأ النشرة داخل العبوة.',
    missed: 'إذا نسيت جرعة',
    storage: 'كيف تحفظه',
    children: 'يُحفظ بعيدًا عن نظر الأطفال ومتناول أيديهم. لا تعطه لغيرك.',
    more: 'هذه الصفحة لا تغني عن النشرة داخل العبوة. اسأل الصيدلي عن أي شيء غير واضح، واطلب المساعدة فورًا إذا شعرت بتعب.',
    sources: 'المصادر',
    date: 'تاريخ الصرف',
    rx: 'وصفة',
  },
} as const satisfies Record<PageLanguage, Record<string, string>>;

const STYLE = `
@page { size: A4; margin: 16mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-family: system-ui, "Segoe UI", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif; font-size: 12pt; line-height: 1.45; color: #000; background: #fff; }
body { max-width: 178mm; margin: 0 auto; overflow-wrap: anywhere; }
h1 { font-size: 1.5em; margin-bottom: 3mm; }
h2 { font-size: 1.15em; margin: 5mm 0 1.5mm; break-after: avoid; }
ul { padding-inline-start: 6mm; }
li, p { break-inside: avoid; }
bdi[dir] { display: inline-block; max-width: 100%; }
.sig { font-size: 1.2em; font-weight: 700; }
.sources { font-size: 0.75em; margin-top: 6mm; border-top: 0.2mm solid #000; padding-top: 2mm; }`;

/**
 * Page for the patient, A4: directions, cautions, missed dose, storage, each with its source. What a medicine is for is
 * not said: only the prescriber knows.
 */
export function renderLeaflet(facts: LeafletFacts, language: PageLanguage): string {
  const words = WORDS[language];
  const { directions } = facts;
  const sources = new Set([
    ...facts.sourcedCautions.map(({ source }) => source),
    ...(facts.missedDose ? [facts.missedDose.source] : []),
    facts.storageSource,
  ]);
  const cautions = facts.sourcedCautions
    .map(({ text }) => `<li>${escapeHtml(text[language])}</li>`)
    .join('\n');
  const strength = strengthBeside(facts);
  const body = [
    `<h1>${words.title}</h1>`,
    `<p><strong>${own(facts.drugName)}${strength}</strong></p>`,
    `<p>${words.for}: ${own(facts.patientName)} · ${words.rx} ${ltr(facts.rxNumber)} · ${words.date} ${ltr(facts.dispensedOn)}</p>`,
    `<h2>${words.directions}</h2>`,
    typeof directions === 'string'
      ? `<p>${words.asWritten}:</p><p class="sig">${own(directions)}</p>`
      : `<p class="sig">${escapeHtml(directions[language])}</p>`,
    `<h2>${words.cautions}</h2>`,
    cautions === '' ? `<p>${words.none}</p>` : `<ul>${cautions}</ul>`,
    facts.missedDose ? `<h2>${words.missed}</h2><p>${escapeHtml(facts.missedDose.text[language])}</p>` : '',
    `<h2>${words.storage}</h2><p>${escapeHtml(facts.storage[language])} ${words.children}</p>`,
    `<p style="margin-top:5mm">${words.more}</p>`,
    `<p>${own(facts.branchName)}${facts.branchPhone === null ? '' : ` · ${ltr(facts.branchPhone)}`}</p>`,
    `<div class="sources"><p>${words.sources}</p><ul dir="ltr">${[...sources].map((source) => `<li>${escapeHtml(source)}</li>`).join('')}</ul></div>`,
  ];
  return printablePage({
    language,
    title: `${words.title} ${facts.rxNumber}`,
    style: STYLE,
    body: body.filter((part) => part !== '').join('\n'),
  });
}
