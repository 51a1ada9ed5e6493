import { escapeHtml, own, printablePage, type PageLanguage } from '../../platform/text/print-html.js';

type Texts = Readonly<Record<PageLanguage, string>>;
type Column = readonly [key: string, en: string, ar: string];
type Row = Readonly<Record<string, unknown>>;

/** What is printed; the data holds it too, with what is of no use on paper. */
export interface PrintedExport {
  readonly exportedAt: string | Date;
  readonly exportedBy: string;
  readonly reason: string;
  readonly record: Row;
  readonly formerNumbers: readonly number[];
  readonly allergies: readonly Row[];
  readonly conditions: readonly Row[];
  readonly medications: readonly Row[];
  readonly insurance: readonly Row[];
  readonly prescriptions: readonly Row[];
  readonly papers: readonly Row[];
  readonly fills: readonly Row[];
  readonly claims: readonly Row[];
  readonly sales: readonly Row[];
  readonly accounts: readonly Row[];
  readonly points: readonly Row[];
  readonly consents: readonly Row[];
  readonly alerts: readonly Row[];
}

const TITLE: Texts = { en: 'What is held about you', ar: 'البيانات المحفوظة عنك' };
const NOTHING: Texts = { en: 'Nothing', ar: 'لا شيء' };

const RECORD: readonly Column[] = [
  ['patientId', 'Number', 'الرقم'],
  ['firstName', 'First name', 'الاسم الأول'],
  ['lastName', 'Last name', 'اسم العائلة'],
  ['firstNameAr', 'First name in Arabic', 'الاسم الأول بالعربية'],
  ['lastNameAr', 'Last name in Arabic', 'اسم العائلة بالعربية'],
  ['birthDate', 'Birth date', 'تاريخ الميلاد'],
  ['sex', 'Sex', 'الجنس'],
  ['phone', 'Phone', 'الهاتف'],
  ['nationalId', 'National number', 'الرقم القومي'],
  ['weightKg', 'Weight, kg', 'الوزن، كجم'],
  ['heightCm', 'Height, cm', 'الطول، سم'],
  ['egfr', 'eGFR', 'معدل الترشيح الكبيبي'],
  ['creatinineUmolL', 'Creatinine, µmol/L', 'الكرياتينين، ميكرومول/لتر'],
  ['childPugh', 'Child-Pugh class', 'درجة تشايلد-بو'],
  ['pregnant', 'Pregnant', 'حمل'],
  ['dueDate', 'Due date', 'موعد الولادة'],
  ['lactating', 'Breast-feeding', 'رضاعة'],
  ['allergyStatus', 'Allergies asked', 'حالة الحساسية'],
  ['notes', 'Notes', 'ملاحظات'],
];

type Section = Exclude<
  keyof PrintedExport,
  'exportedAt' | 'exportedBy' | 'reason' | 'record' | 'formerNumbers'
>;

const SECTIONS: readonly {
  readonly of: Section;
  readonly title: Texts;
  readonly columns: readonly Column[];
}[] = [
  {
    of: 'allergies',
    title: { en: 'Allergies', ar: 'الحساسية' },
    columns: [
      ['substance', 'Substance', 'المادة'],
      ['reaction', 'Reaction', 'التفاعل'],
      ['severity', 'Severity', 'الشدة'],
      ['status', 'State', 'الحالة'],
      ['recordedAt', 'Recorded', 'سُجلت'],
    ],
  },
  {
    of: 'conditions',
    title: { en: 'Conditions', ar: 'الأمراض' },
    columns: [
      ['name', 'Condition', 'المرض'],
      ['icd10', 'ICD-10', 'ICD-10'],
      ['onsetDate', 'Since', 'منذ'],
      ['status', 'State', 'الحالة'],
      ['recordedAt', 'Recorded', 'سُجلت'],
    ],
  },
  {
    of: 'medications',
    title: { en: 'Medicines from elsewhere', ar: 'أدوية من مكان آخر' },
    columns: [
      ['name', 'Medicine', 'الدواء'],
      ['dose', 'Dose', 'الجرعة'],
      ['startedOn', 'From', 'من'],
      ['endedOn', 'Until', 'حتى'],
    ],
  },
  {
    of: 'insurance',
    title: { en: 'Insurance', ar: 'التأمين' },
    columns: [
      ['payerName', 'Payer', 'الجهة'],
      ['planName', 'Plan', 'الخطة'],
      ['memberNumber', 'Member number', 'رقم العضوية'],
      ['validFrom', 'From', 'من'],
      ['validTo', 'Until', 'حتى'],
    ],
  },
  {
    of: 'prescriptions',
    title: { en: 'Prescriptions', ar: 'الوصفات' },
    columns: [
      ['rxNumber', 'Number', 'الرقم'],
      ['drugName', 'Medicine', 'الدواء'],
      ['prescriberName', 'Prescriber', 'الطبيب'],
      ['prescribedDate', 'Day', 'اليوم'],
      ['quantity', 'Quantity', 'الكمية'],
      ['sig', 'Directions', 'طريقة الاستعمال'],
      ['status', 'State', 'الحالة'],
    ],
  },
  {
    of: 'papers',
    title: { en: 'Papers of prescriptions', ar: 'أوراق الوصفات' },
    columns: [
      ['rxNumber', 'Prescription', 'الوصفة'],
      ['documentId', 'Paper', 'الورقة'],
      ['mediaType', 'Kind', 'النوع'],
      ['uploadedAt', 'Taken in', 'أُضيفت'],
      ['withdrawnAt', 'Withdrawn', 'سُحبت'],
      ['withdrawalReason', 'Why', 'السبب'],
    ],
  },
  {
    of: 'fills',
    title: { en: 'Dispensed', ar: 'ما صُرف' },
    columns: [
      ['rxNumber', 'Prescription', 'الوصفة'],
      ['drugName', 'Medicine', 'الدواء'],
      ['quantity', 'Quantity', 'الكمية'],
      ['price', 'Price', 'السعر'],
      ['dispensedOn', 'Day', 'اليوم'],
      ['status', 'State', 'الحالة'],
      ['counselling', 'Advice', 'الإرشاد'],
      ['counsellingNote', 'Spoken of', 'ما ذُكر'],
      ['collector', 'Collected by', 'استلمه'],
      ['collectorName', 'Name', 'الاسم'],
    ],
  },
  {
    of: 'claims',
    title: { en: 'Claims on payers', ar: 'مطالبات التأمين' },
    columns: [
      ['claimNumber', 'Number', 'الرقم'],
      ['rxNumber', 'Prescription', 'الوصفة'],
      ['payerName', 'Payer', 'الجهة'],
      ['memberNumber', 'Member number', 'رقم العضوية'],
      ['serviceDate', 'Day', 'اليوم'],
      ['amountClaimed', 'Claimed', 'المطلوب'],
      ['payerShare', 'Payer bears', 'تتحمله الجهة'],
      ['patientShare', 'Patient bears', 'يتحمله المريض'],
      ['status', 'State', 'الحالة'],
    ],
  },
  {
    of: 'sales',
    title: { en: 'Sales and returns', ar: 'المبيعات والمرتجعات' },
    columns: [
      ['saleNumber', 'Number', 'الرقم'],
      ['soldOn', 'Day', 'اليوم'],
      ['saleType', 'Kind', 'النوع'],
      ['description', 'What', 'الصنف'],
      ['quantity', 'Quantity', 'الكمية'],
      ['lineTotal', 'Amount', 'المبلغ'],
    ],
  },
  {
    of: 'accounts',
    title: { en: 'On account and paid ahead', ar: 'على الحساب والمدفوع مقدمًا' },
    columns: [
      ['accountNumber', 'Account', 'الحساب'],
      ['enteredOn', 'Day', 'اليوم'],
      ['kind', 'Kind', 'النوع'],
      ['saleNumber', 'Sale', 'البيع'],
      ['amount', 'Amount', 'المبلغ'],
      ['balanceAfter', 'Balance', 'الرصيد'],
      ['reason', 'Why', 'السبب'],
    ],
  },
  {
    of: 'points',
    title: { en: 'Points', ar: 'النقاط' },
    columns: [
      ['accountNumber', 'Account', 'الحساب'],
      ['enteredOn', 'Day', 'اليوم'],
      ['kind', 'Kind', 'النوع'],
      ['saleNumber', 'Sale', 'البيع'],
      ['points', 'Points', 'النقاط'],
      ['balanceAfter', 'Balance', 'الرصيد'],
      ['expiresOn', 'Until', 'صالحة حتى'],
    ],
  },
  {
    of: 'consents',
    title: { en: 'Consents', ar: 'الموافقات' },
    columns: [
      ['kind', 'To what', 'على ماذا'],
      ['decision', 'Decision', 'القرار'],
      ['method', 'How', 'كيف'],
      ['decidedBy', 'By', 'بواسطة'],
      ['deciderName', 'Name', 'الاسم'],
      ['recordedAt', 'Recorded', 'سُجلت'],
    ],
  },
  {
    of: 'alerts',
    title: { en: 'Clinical alerts and decisions', ar: 'التنبيهات السريرية والقرارات' },
    columns: [
      ['severity', 'Severity', 'الشدة'],
      ['message', 'Alert', 'التنبيه'],
      ['raisedAt', 'Raised', 'ظهر'],
      ['overrideReason', 'Reason to go on', 'سبب المتابعة'],
      ['overrideNote', 'In words', 'بالكلمات'],
    ],
  },
];

const STYLE = `@page { size: A4; margin: 15mm } body { font: 10pt sans-serif } h1 { font-size: 16pt } h2 { font-size: 12pt; margin: 6mm 0 2mm }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #999; padding: 1mm 2mm; text-align: start; vertical-align: top }
tr { break-inside: avoid }`;

const written = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** A page to print of everything held about one person, in one of the two languages. Every value is made inert. */
export function exportPage(data: PrintedExport, language: PageLanguage): string {
  const said = ([, en, ar]: Column): string => escapeHtml(language === 'ar' ? ar : en);
  const cell = (row: Row, [key]: Column): string =>
    `<td>${Object.hasOwn(row, key) ? own(written(row[key])) : ''}</td>`;
  const record = RECORD.filter(([key]) => Object.hasOwn(data.record, key) && written(data.record[key]) !== '')
    .map((column) => `<tr><th scope="row">${said(column)}</th>${cell(data.record, column)}</tr>`)
    .join('\n');
  const tables = SECTIONS.map(({ of, title, columns }) => {
    const heading = `<h2>${escapeHtml(title[language])}</h2>`;
    const rows = data[of];
    if (rows.length === 0) return `${heading}\n<p>${escapeHtml(NOTHING[language])}</p>`;
    const head = columns.map((column) => `<th scope="col">${said(column)}</th>`).join('');
    const body = rows
      .map((row) => `<tr>${columns.map((column) => cell(row, column)).join('')}</tr>`)
      .join('\n');
    return `${heading}\n<table><thead><tr>${head}</tr></thead>\n<tbody>${body}</tbody></table>`;
  });
  const former = data.formerNumbers.length === 0 ? '' : ` · ${data.formerNumbers.map(String).join(', ')}`;
  const made = [written(data.exportedAt), data.exportedBy, data.reason].map(own).join(' · ');
  return printablePage({
    language,
    title: TITLE[language],
    style: STYLE,
    body: `<h1>${escapeHtml(TITLE[language])}</h1>\n<p>${made}${former}</p>\n<table>${record}</table>\n${tables.join('\n')}`,
  });
}
