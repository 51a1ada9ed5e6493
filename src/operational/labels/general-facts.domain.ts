import type { Said } from './label.domain.js';

/** How the catalogue says a medicine is kept. */
export type Storage = 'room' | 'refrigerate' | 'freeze';

/** Temperatures of the storage classes. */
export const STORAGE_SOURCE = 'WHO Technical Report Series 961, Annex 9: storage conditions';

export const STORAGE: Readonly<Record<Storage, Said>> = {
  room: {
    en: 'Keep at room temperature, not above 30 °C unless the pack says less, dry and away from light.',
    ar: 'يُحفظ في درجة حرارة الغرفة بما لا يتجاوز \u206630 °C\u2069 ما لم تذكر العبوة أقل من ذلك، بعيدًا عن الرطوبة والضوء.',
  },
  refrigerate: {
    en: 'Keep in the refrigerator, 2–8 °C. Do not freeze.',
    ar: 'يُحفظ في الثلاجة عند \u20662–8 °C\u2069. لا يُجمد.',
  },
  freeze: {
    en: 'Keep frozen, −25 to −10 °C.',
    ar: 'يُحفظ مجمدًا عند \u2066−25 … −10 °C\u2069.',
  },
};

interface MissedDose {
  readonly text: Said;
  readonly source: string;
}

/** Medicines whose missed dose has rules of its own: contraceptives, warfarin, insulins, methotrexate, antiepileptics. */
const OWN_RULES = ['G03A', 'B01AA', 'A10A', 'L04AX03', 'L01BA01', 'N03A'];

const MISSED_SOURCE = 'NHS general advice on missed doses; the product’s own leaflet goes before it';

/** What to do about a missed dose; null for what is taken once or only when needed. */
export function missedDoseOf(atcCodes: readonly string[], isRegular: boolean): MissedDose | null {
  if (!isRegular) return null;
  if (OWN_RULES.some((prefix) => atcCodes.some((code) => code.startsWith(prefix))))
    return {
      text: {
        en: 'Do not take a double dose. What to do depends on this medicine: read the leaflet in the pack or ask your pharmacist.',
        ar: 'لا تأخذ جرعة مضاعفة. يعتمد التصرف على هذا الدواء: اقرأ النشرة داخل العبوة أو اسأل الصيدلي.',
      },
      source: MISSED_SOURCE,
    };
  return {
    text: {
      en: 'Take it as soon as you remember, unless the next dose is nearly due: then leave the missed one out. Never take a double dose.',
      ar: 'خذها فور تذكرها، إلا إذا اقترب موعد الجرعة التالية فاترك الفائتة. لا تأخذ جرعة مضاعفة أبدًا.',
    },
    source: MISSED_SOURCE,
  };
}
