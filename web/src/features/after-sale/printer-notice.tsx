import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StatusBadge } from '../../ui/status-badge';
import { usePrinters } from './after-sale-queries';
import { useWorkstationPrinter } from './workstation-printer';

/** Says that the printer of this workstation does not print, and how much waits for it; else nothing. */
export function PrinterNotice({ opened }: { opened: boolean }) {
  const { t } = useTranslation();
  const [chosen] = useWorkstationPrinter();
  const printers = usePrinters(opened && chosen !== undefined);
  const printer = printers.data?.data.find((one) => one.printerId === chosen?.printerId);
  if (!printer || printer.failure === null) return null;
  return (
    <Link to="/printing" role="status">
      <StatusBadge tone="warn">
        {t('printing.off', { name: printer.name, count: printer.waiting })}
      </StatusBadge>
    </Link>
  );
}
