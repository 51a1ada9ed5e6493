import { useTranslation } from 'react-i18next';
import type { StorageReport } from '../../api/operations-types';
import { type Column, DataTable } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { sizeWords } from './bytes.domain';
import { Facts } from './facts';
import { useStorage } from './operations-queries';
import { Section } from './section';

type Table = StorageReport['tables'][number];

/** Free space, and what takes the rest. */
export function StorageSection() {
  const { t } = useTranslation();
  const storage = useStorage();
  const columns: Column<Table>[] = [
    { id: 'name', header: t('operations.table'), cell: ({ name }) => <Ltr>{name}</Ltr> },
    {
      id: 'bytes',
      header: t('operations.size'),
      numeric: true,
      cell: ({ bytes }) => <Ltr>{sizeWords(bytes)}</Ltr>,
    },
  ];
  return (
    <Section title={t('operations.storage')} query={storage}>
      {({ isLow, volumes, databaseBytes, walBytes, tables }) => (
        <>
          {isLow && <Notice tone="stop" title={t('storageLow.title')} />}
          <Facts
            facts={[
              ...volumes.map(
                ({ name, freeBytes, sizeBytes }) =>
                  [
                    t(`operations.volume.${name === 'wal' ? 'wal' : 'data'}`),
                    <Ltr key={name}>{`${sizeWords(freeBytes)} / ${sizeWords(sizeBytes)}`}</Ltr>,
                  ] as const,
              ),
              [t('operations.databaseSize'), <Ltr key="database">{sizeWords(databaseBytes)}</Ltr>],
              [
                t('operations.walSize'),
                walBytes === null ? t('common.none') : <Ltr key="wal">{sizeWords(walBytes)}</Ltr>,
              ],
            ]}
          />
          <DataTable
            label={t('operations.tables')}
            columns={columns}
            rows={tables}
            rowKey={({ name }) => name}
          />
        </>
      )}
    </Section>
  );
}
