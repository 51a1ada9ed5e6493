import { useTranslation } from 'react-i18next';
import { openPrintable } from '../../api/printable';
import { asProblem } from '../../api/problem';
import { currentLanguage } from '../../i18n/i18n';
import { toastRefused } from '../../ui/toasts';

interface Print {
  printLabel: (fillId: number) => void;
  printLeaflet: (fillId: number) => void;
  printReceipt: (saleId: number) => void;
}

/** Opens labels, leaflets and receipts for printing; a failure is said aloud, nothing else changes. */
export function usePrint(): Print {
  const { t } = useTranslation();

  function print(path: string, query?: { lang: string }): void {
    openPrintable(path, query).catch((error: unknown) => {
      const problem = asProblem(error);
      const blocked = problem.code === 'window-blocked';
      toastRefused(t('print.failed'), blocked ? t('print.blocked') : problem);
    });
  }

  return {
    // A label is written in the patient's language, which the server knows.
    printLabel: (fillId) => print(`/fills/${fillId}/label`),
    printLeaflet: (fillId) => print(`/fills/${fillId}/leaflet`),
    printReceipt: (saleId) => print(`/sales/${saleId}/receipt`, { lang: currentLanguage() }),
  };
}
