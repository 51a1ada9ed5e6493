import { useTranslation } from 'react-i18next';
import type { LicenceReport } from '../../api/operations-types';
import { type Column, DataTable } from '../../ui/data-table';
import { Ltr } from '../../ui/ltr';
import { CountText } from '../../ui/money-text';
import { useLicences } from './operations-queries';
import { Section } from './section';

type Licence = LicenceReport['data'][number];

/** What the program is made of, by licence. */
export function LicencesSection() {
  const { t } = useTranslation();
  const columns: Column<Licence>[] = [
    { id: 'licence', header: t('operations.licence'), cell: ({ licence }) => <Ltr>{licence}</Ltr> },
    {
      id: 'count',
      header: t('operations.packages'),
      numeric: true,
      cell: ({ packages }) => <CountText value={packages.length} />,
    },
    {
      id: 'packages',
      header: t('operations.packageNames'),
      cell: ({ packages }) => (
        <details>
          <summary>{t('operations.show')}</summary>
          <Ltr>{packages.join(', ')}</Ltr>
        </details>
      ),
    },
  ];
  return (
    <Section title={t('operations.licences')} query={useLicences()}>
      {({ data }) => (
        <DataTable
          label={t('operations.licences')}
          columns={columns}
          rows={data}
          rowKey={({ licence }) => licence}
        />
      )}
    </Section>
  );
}
