import { useTranslation } from 'react-i18next';
import { openPrintable } from '../../api/printable';
import { asProblem } from '../../api/problem';
import type { DestroyRequest } from '../../api/types';
import { toastRefused } from '../../ui/toasts';

/** Why stock is destroyed, in the order they are offered. */
export const REASONS: readonly DestroyRequest['reason'][] = [
  'expired',
  'damaged',
  'recalled',
  'contaminated',
  'returned',
  'other',
];

/** Opens a printable page about controlled medicines; a failure is said aloud. */
export function usePrintPage(): (path: string, query?: Parameters<typeof openPrintable>[1]) => void {
  const { t } = useTranslation();
  return (path, query) => {
    openPrintable(path, query).catch((error: unknown) => {
      const problem = asProblem(error);
      const isBlocked = problem.code === 'window-blocked';
      toastRefused(t('print.failed'), isBlocked ? t('print.blocked') : problem);
    });
  };
}

/** Opens the record of a destruction to print. */
export function usePrintRecord(): (destructionId: number) => void {
  const print = usePrintPage();
  return (destructionId) => print(`/inventory/destructions/${destructionId}/record`);
}
