import type { PageLanguage } from '../../../platform/text/print-html.js';

/** Words of an order on paper. */
export const TEXTS = {
  en: {
    order: 'Purchase order',
    draft: 'Draft: not an order yet',
    cancelled: 'Cancelled',
    to: 'To',
    date: 'Date',
    expected: 'Delivery expected on',
    columns: ['No.', 'Product', 'Ordered in', 'Quantity', 'Free', 'Price', 'Discount', 'Net'],
    levels: { unit: 'unit', strip: 'strip', pack: 'pack', case: 'case' },
    net: 'Net',
    tax: 'Tax',
    landed: 'Freight and charges',
    total: 'Total',
    approved: 'Approved by',
    subject: 'Purchase order',
    greeting: 'Please deliver:',
    free: 'free',
  },
  ar: {
    order: 'أمر شراء',
    draft: 'مسودة: ليست أمر شراء بعد',
    cancelled: 'ملغى',
    to: 'إلى',
    date: 'التاريخ',
    expected: 'التسليم المتوقع',
    columns: ['م', 'الصنف', 'وحدة الطلب', 'الكمية', 'مجاناً', 'السعر', 'الخصم', 'الصافي'],
    levels: { unit: 'وحدة', strip: 'شريط', pack: 'عبوة', case: 'كرتونة' },
    net: 'الصافي',
    tax: 'الضريبة',
    landed: 'الشحن والمصروفات',
    total: 'الإجمالي',
    approved: 'اعتمده',
    subject: 'أمر شراء',
    greeting: 'نرجو توريد:',
    free: 'مجاناً',
  },
} as const;

/** Where it is ordered from. */
export interface At {
  readonly name: string;
  readonly nameAr: string | null;
  readonly address: string | null;
  readonly phone: string | null;
  readonly timeZone: string;
  readonly currency: string;
}

/** The name in the language of the paper, where there is one. */
export const named = (name: string, nameAr: string | null, language: PageLanguage): string =>
  language === 'ar' ? (nameAr ?? name) : name;

/** The day of an instant at the branch, YYYY-MM-DD. */
export const dayOf = (instant: string | Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(instant));
