import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { openPrintable } from '../../api/printable';
import { asProblem } from '../../api/problem';
import { currentLanguage } from '../../i18n/i18n';
import { toastRefused } from '../../ui/toasts';
import { workstationPrinter } from '../after-sale/workstation-printer';

interface Print {
  printLabel: (fillId: number) => void;
  printLeaflet: (fillId: number) => void;
  printReceipt: (saleId: number) => void;
  /** A page of the server in the language of the interface. */
  printPage: (path: string, body?: unknown) => void;
}

/** A receipt in a window of its own; it is counted, and all after the first are marked as copies. */
async function receiptInWindow(saleId: number): Promise<void> {
  const { printNo } = await api.post<{ printNo: number }>(
    `/sales/${saleId}/receipt-prints`,
    undefined,
    crypto.randomUUID(),
  );
  await openPrintable(`/sales/${saleId}/receipt`, { lang: currentLanguage(), copy: printNo > 1 });
}

/** A receipt at the printer of this workstation; where that takes none, in a window, so that the customer gets one. */
async function receipt(saleId: number): Promise<void> {
  const printer = workstationPrinter();
  if (!printer) return receiptInWindow(saleId);
  const body = { printerId: printer.printerId, saleId, lang: currentLanguage() };
  const isQueued = await api.post('/print-jobs', body, crypto.randomUUID()).then(
    () => true,
    () => false,
  );
  return isQueued ? undefined : receiptInWindow(saleId);
}

/** Prints labels, leaflets, receipts and other papers; a failure is said aloud, nothing else changes. */
export function usePrint(): Print {
  const { t } = useTranslation();

  function told(printing: Promise<void>): void {
    printing.catch((error: unknown) => {
      const problem = asProblem(error);
      const blocked = problem.code === 'window-blocked';
      toastRefused(t('print.failed'), blocked ? t('print.blocked') : problem);
    });
  }

  return {
    // A label is written in the patient's language, which the server knows.
    printLabel: (fillId) => told(openPrintable(`/fills/${fillId}/label`)),
    printLeaflet: (fillId) => told(openPrintable(`/fills/${fillId}/leaflet`)),
    printReceipt: (saleId) => told(receipt(saleId)),
    printPage: (path, body) => told(openPrintable(path, { lang: currentLanguage() }, body)),
  };
}
