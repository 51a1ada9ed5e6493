import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PatientAdherence, ProductAdherence } from '../../api/types';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { MixedText } from '../../ui/mixed-text';
import { Notice } from '../../ui/notice';

interface SynchroniseDialogProps {
  opened: boolean;
  onClose: () => void;
  products: readonly ProductAdherence[];
  proposed: PatientAdherence['commonRefill'];
}

/** One day for all refills, and how many days of each product are supplied once to last until then. */
export function SynchroniseDialog({ opened, onClose, products, proposed }: SynchroniseDialogProps) {
  const { t, i18n } = useTranslation();
  const bridges = new Map(proposed?.bridges.map(({ drugId, days }) => [drugId, days]));
  const rows = products.filter(({ drugId }) => bridges.has(drugId));
  const columns: Column<ProductAdherence>[] = [
    {
      id: 'drug',
      header: t('prescriptions.drug'),
      cell: (row) => (
        <MixedText text={i18n.language === 'ar' && row.drugNameAr !== null ? row.drugNameAr : row.drugName} />
      ),
    },
    {
      id: 'out',
      header: t('people.medicines.runsOut'),
      cell: (row) => <DateText value={row.runsOutOn} />,
    },
    {
      id: 'bridge',
      header: t('people.sync.bridge'),
      numeric: true,
      cell: (row) => t('people.days', { count: bridges.get(row.drugId) ?? 0 }),
    },
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('people.sync.title')} size="lg" closeOnClickOutside>
      <Stack gap="sm">
        {proposed === null ? (
          <Notice tone="info" title={t('people.sync.none')}>
            <Text size="sm">{t('people.sync.noneHint')}</Text>
          </Notice>
        ) : (
          <>
            <Text>
              {t('people.sync.day')}{' '}
              <strong>
                <DateText value={proposed.on} />
              </strong>
            </Text>
            <DataTable
              label={t('people.sync.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.drugId}
            />
            <Text size="sm" c="dimmed">
              {t('people.sync.hint')}
            </Text>
          </>
        )}
      </Stack>
    </Dialog>
  );
}
