import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { toastRefused } from '../../ui/toasts';

interface Print {
  printLabel: (fillId: number) => void;
  printLeaflet: (fillId: number) => void;
  printReceipt: (saleId: number) => void;
  /** A page of the server in the language of the interface. */
  printPage: (path: string) => void;
}

// Fetched with the first paper: the till is there before.
const papers = () => import('./papers');

/** Prints labels, leaflets, receipts and other papers; a failure is said aloud, nothing else changes. */
export function usePrint(): Print {
  const { t } = useTranslation();

  function told(print: (all: Awaited<ReturnType<typeof papers>>) => Promise<void>): void {
    papers()
      .then(print)
      .catch((error: unknown) => {
        const problem = asProblem(error);
        const blocked = problem.code === 'window-blocked';
        toastRefused(t('print.failed'), blocked ? t('print.blocked') : problem);
      });
  }

  return {
    // A label is written in the patient's language, which the server knows.
    printLabel: (fillId) => told(({ page }) => page(`/fills/${fillId}/label`, false)),
    printLeaflet: (fillId) => told(({ page }) => page(`/fills/${fillId}/leaflet`, false)),
    printReceipt: (saleId) => told(({ receipt }) => receipt(saleId)),
    printPage: (path) => told(({ page }) => page(path, true)),
  };
}
