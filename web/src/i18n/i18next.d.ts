import 'i18next';
import type access from './access.en.json';
import type afterSale from './after-sale.en.json';
import type accounts from './accounts.en.json';
import type audit from './audit.en.json';
import type bills from './bills.en.json';
import type board from './board.en.json';
import type catalog from './catalog.en.json';
import type clinical from './clinical.en.json';
import type compounding from './compounding.en.json';
import type controlled from './controlled.en.json';
import type en from './en.json';
import type errors from './errors.en.json';
import type insurance from './insurance.en.json';
import type money from './money.en.json';
import type offline from './offline.en.json';
import type operations from './operations.en.json';
import type packs from './packs.en.json';
import type people from './people.en.json';
import type pricing from './pricing.en.json';
import type procurement from './procurement.en.json';
import type replenishment from './replenishment.en.json';
import type salesReports from './sales-reports.en.json';
import type screens from './screens.en.json';
import type stock from './stock.en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: {
      translation: typeof en &
        typeof afterSale &
        typeof access &
        typeof accounts &
        typeof audit &
        typeof bills &
        typeof board &
        typeof catalog &
        typeof clinical &
        typeof compounding &
        typeof controlled &
        typeof errors &
        typeof insurance &
        typeof money &
        typeof offline &
        typeof operations &
        typeof packs &
        typeof people &
        typeof pricing &
        typeof procurement &
        typeof replenishment &
        typeof salesReports &
        typeof screens &
        typeof stock;
    };
  }
}
