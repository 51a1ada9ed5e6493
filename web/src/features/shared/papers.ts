import { api } from '../../api/client';
import { openPrintable } from '../../api/printable';
import { currentLanguage } from '../../i18n/i18n';
import { workstationPrinter } from '../after-sale/workstation-printer';

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
export async function receipt(saleId: number): Promise<void> {
  const printer = workstationPrinter();
  if (!printer) return receiptInWindow(saleId);
  const body = { printerId: printer.printerId, saleId, lang: currentLanguage() };
  const isQueued = await api.post('/print-jobs', body, crypto.randomUUID()).then(
    () => true,
    () => false,
  );
  return isQueued ? undefined : receiptInWindow(saleId);
}

/** A page of the server in its own language, or in that of the interface. */
export const page = (path: string, inOurLanguage: boolean): Promise<void> =>
  openPrintable(path, inOurLanguage ? { lang: currentLanguage() } : undefined);
