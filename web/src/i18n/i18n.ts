import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Languages shipped with the interface. */
export const LANGUAGES = {
  en: { label: 'English', dir: 'ltr' },
  ar: { label: 'العربية', dir: 'rtl' },
} as const;
export type Language = keyof typeof LANGUAGES;

const STORAGE_KEY = 'meditory.language';

// Written out so that the bundler makes one file per part and language and a user downloads only what he needs:
// `core` with the first picture of the till, `screens` with any other screen, `catalog` with the first screen that looks after the catalogue, `clinical` with the clinical
// rules, their report, a verification, and alternatives to what stops, `board` with the work board and will-call, `controlled` with the register, destruction and near
// misses, `insurance` with payers and claims, `compounding` with formulas and batches, `people` with what is known of a patient beyond
// the first picture of his page, `stock` with counts, transfers, recalls, corrections and reports of stock, `packs` with packs by serial and their
// tracing, `replenishment` with what to buy, `procurement` with orders, deliveries and suppliers, `bills` with what suppliers charge and take back and the scanner's page, `errors`
// with any screen but the till, `after-sale` with returns, credit, quotations, printing, tags and the customer's display, which asks for it with the first refusal.
// `core` with the first picture of the till, `screens` with any other screen, `errors` with any screen but the till, which asks for it with the
// first refusal, and the rest each with the screens of its area.
const loaders = {
  core: { en: () => import('./en.json'), ar: () => import('./ar.json') },
  screens: { en: () => import('./screens.en.json'), ar: () => import('./screens.ar.json') },
  catalog: { en: () => import('./catalog.en.json'), ar: () => import('./catalog.ar.json') },
  clinical: { en: () => import('./clinical.en.json'), ar: () => import('./clinical.ar.json') },
  board: { en: () => import('./board.en.json'), ar: () => import('./board.ar.json') },
  controlled: { en: () => import('./controlled.en.json'), ar: () => import('./controlled.ar.json') },
  insurance: { en: () => import('./insurance.en.json'), ar: () => import('./insurance.ar.json') },
  compounding: { en: () => import('./compounding.en.json'), ar: () => import('./compounding.ar.json') },
  people: { en: () => import('./people.en.json'), ar: () => import('./people.ar.json') },
  errors: { en: () => import('./errors.en.json'), ar: () => import('./errors.ar.json') },
  procurement: { en: () => import('./procurement.en.json'), ar: () => import('./procurement.ar.json') },
  stock: { en: () => import('./stock.en.json'), ar: () => import('./stock.ar.json') },
  packs: { en: () => import('./packs.en.json'), ar: () => import('./packs.ar.json') },
  money: { en: () => import('./money.en.json'), ar: () => import('./money.ar.json') },
  'sales-reports': {
    en: () => import('./sales-reports.en.json'),
    ar: () => import('./sales-reports.ar.json'),
  },
  access: { en: () => import('./access.en.json'), ar: () => import('./access.ar.json') },
  accounts: { en: () => import('./accounts.en.json'), ar: () => import('./accounts.ar.json') },
  pricing: { en: () => import('./pricing.en.json'), ar: () => import('./pricing.ar.json') },
  operations: { en: () => import('./operations.en.json'), ar: () => import('./operations.ar.json') },
  offline: { en: () => import('./offline.en.json'), ar: () => import('./offline.ar.json') },
  audit: { en: () => import('./audit.en.json'), ar: () => import('./audit.ar.json') },
  bills: { en: () => import('./bills.en.json'), ar: () => import('./bills.ar.json') },
  'after-sale': { en: () => import('./after-sale.en.json'), ar: () => import('./after-sale.ar.json') },
  replenishment: {
    en: () => import('./replenishment.en.json'),
    ar: () => import('./replenishment.ar.json'),
  },
} as const;
type TextPart = keyof typeof loaders;

const wanted = new Set<TextPart>(['core']);

function isLanguage(value: string | null | undefined): value is Language {
  return value === 'en' || value === 'ar';
}

function preferredLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(stored)) return stored;
  const wanted = navigator.language.slice(0, 2);
  return isLanguage(wanted) ? wanted : 'en';
}

function applyToDocument(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].dir;
}

/** Starts i18next with the user's language loaded; resolves before the first render so that no key flashes up. */
export async function startI18n(): Promise<Language> {
  const language = preferredLanguage();
  const texts = await loaders.core[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: { [language]: { translation: texts.default } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  applyToDocument(language);
  return language;
}

async function addTexts(part: TextPart, language: Language): Promise<void> {
  const texts = await loaders[part][language]();
  i18next.addResourceBundle(language, 'translation', texts.default, true);
}

/** Loads a screen together with the texts only it and its neighbours need; `screens` and `errors` come along. */
export async function withTexts<Module>(
  part: TextPart | readonly TextPart[],
  load: () => Promise<Module>,
): Promise<Module> {
  const parts = [...new Set(['screens', 'errors', part].flat() as TextPart[])];
  for (const one of parts) wanted.add(one);
  const [module] = await Promise.all([load(), ...parts.map((one) => addTexts(one, currentLanguage()))]);
  return module;
}

/** Loads the words of refusals, where no screen has brought them along. */
export async function loadErrorTexts(): Promise<void> {
  if (i18next.exists('errors.not-found')) return;
  wanted.add('errors');
  await addTexts('errors', currentLanguage());
}

/** Loads (once) and switches to a language, remembers it and sets the document's `lang` and `dir`. */
export async function switchLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((part) => addTexts(part, language)));
  await i18next.changeLanguage(language);
  localStorage.setItem(STORAGE_KEY, language);
  applyToDocument(language);
}

/** The language in use. */
export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}
