import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import { printHtml } from '../../api/printable';
import { currentLanguage } from '../../i18n/i18n';
import { toastRefused } from '../../ui/toasts';
import { renderOfflineReceipt } from './offline-receipt.domain';
import type { OfflineSale } from './offline-sale.domain';

/** Prints the receipt of an offline sale, made here; a copy says that it is one. */
export function usePrintOffline(): (sale: OfflineSale, isCopy: boolean) => void {
  const { t } = useTranslation();
  return (sale, isCopy) => {
    try {
      printHtml(renderOfflineReceipt(sale, { language: currentLanguage(), isCopy }));
    } catch (error) {
      const problem = asProblem(error);
      toastRefused(t('print.failed'), problem.code === 'window-blocked' ? t('print.blocked') : problem);
    }
  };
}
