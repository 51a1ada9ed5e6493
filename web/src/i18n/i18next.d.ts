import 'i18next';
import type catalog from './catalog.en.json';
import type clinical from './clinical.en.json';
import type en from './en.json';
import type screens from './screens.en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en & typeof catalog & typeof clinical & typeof screens };
  }
}
