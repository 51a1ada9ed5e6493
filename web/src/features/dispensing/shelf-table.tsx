import { useTranslation } from 'react-i18next';
import type { FillStation } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { decimalOrZero } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { StatusBadge } from '../../ui/status-badge';

type Place = FillStation['shelf'][number];

/** The lots kept for a fill, first expiry first: where they lie, how much to take, and whether a pack of each was scanned. */
export function ShelfTable({ station, stage }: { station: FillStation; stage: 'fill' | 'verify' }) {
  const { t } = useTranslation();
  const kept = station.shelf.filter((place) => decimalOrZero(place.quantityKept) > 0n);
  const scanned = new Set(
    station.scans.filter((scan) => scan.stage === stage).flatMap((scan) => scan.lot?.lotId ?? []),
  );
  const columns: Column<Place>[] = [
    {
      id: 'bin',
      header: t('station.bin'),
      cell: (place) => <strong>{place.bin === null ? t('common.none') : <Ltr>{place.bin}</Ltr>}</strong>,
    },
    {
      id: 'take',
      header: t('station.take'),
      numeric: true,
      cell: (place) => (
        <strong>
          <QuantityText value={place.quantityKept} />
        </strong>
      ),
    },
    {
      id: 'lot',
      header: t('station.lotNumber'),
      cell: ({ lotNumber, openedPack }) => (
        <>
          <Ltr>{lotNumber}</Ltr>
          {openedPack && (
            <>
              {' '}
              <StatusBadge tone="info">
                {t('station.opened')} <Ltr>{openedPack.serial}</Ltr> ·{' '}
                <QuantityText value={openedPack.remaining} />
              </StatusBadge>
            </>
          )}
        </>
      ),
    },
    { id: 'expiry', header: t('station.expiryDate'), cell: (place) => <DateText value={place.expiryDate} /> },
    {
      id: 'scanned',
      header: t('station.scanned'),
      cell: (place) =>
        scanned.has(place.lotId) ? (
          <StatusBadge tone="ok">{t('station.scanned')}</StatusBadge>
        ) : (
          t('common.none')
        ),
    },
  ];
  return (
    <DataTable label={t('station.shelf')} columns={columns} rows={kept} rowKey={(place) => place.lotId} />
  );
}
