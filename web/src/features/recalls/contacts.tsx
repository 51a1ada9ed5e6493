import { Button, Group, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { Recall, RecallContacts } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { saveFile } from '../../ui/save-file';
import { ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { useContacts } from './recall-queries';
import classes from './recalls.module.css';

type Contact = RecallContacts['data'][number];

/** Who got something of it, to telephone by. Shown on demand: whoever is named is a record read, and that is logged. */
export function Contacts({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  const contacts = useContacts(recall.recallId, isShown);
  const download = useMutation<string, Problem>({
    mutationFn: () => api.csv(`/inventory/recalls/${recall.recallId}/contacts`, { format: 'csv' }),
    onSuccess: (text) => saveFile(`recall-${recall.recallId}-contacts.csv`, text),
  });
  const columns = useColumns();
  const rows = contacts.data?.pages.flatMap(({ data }) => data) ?? [];
  return (
    <Card flush label={t('recall.contacts')}>
      <div className={classes['head']}>
        <Title order={2} size="h5">
          {t('recall.contacts')} · <Ltr>{recall.contacts}</Ltr>
        </Title>
        {recall.contacts > 0 && (
          <Group gap="sm">
            {!isShown && (
              <Button variant="default" size="xs" onClick={() => setIsShown(true)}>
                {t('recall.showContacts')}
              </Button>
            )}
            <Button
              variant="default"
              size="xs"
              leftSection={<IconDownload size={16} aria-hidden="true" />}
              loading={download.isPending}
              onClick={() => download.mutate()}
            >
              {t('recall.download')}
            </Button>
          </Group>
        )}
      </div>
      <ProblemAlert problem={download.error} notSaved={t('recall.notDownloaded')} />
      {!isShown && (
        <Text size="sm" c="dimmed" px="sm" pb="sm">
          {t(recall.contacts === 0 ? 'recall.noContacts' : 'recall.contactsHint')}
        </Text>
      )}
      {isShown && contacts.isPending && <LoadingRows rows={3} />}
      {isShown && contacts.isError && (
        <ErrorView error={contacts.error} retry={() => void contacts.refetch()} />
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('recall.contacts')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.movementId}
        />
      )}
      {contacts.hasNextPage && (
        <Group justify="center" p="sm">
          <Button
            variant="default"
            loading={contacts.isFetchingNextPage}
            onClick={() => void contacts.fetchNextPage()}
          >
            {t('recall.moreContacts')}
          </Button>
        </Group>
      )}
    </Card>
  );
}

function useColumns(): Column<Contact>[] {
  const { t } = useTranslation();
  return [
    { id: 'who', header: t('recall.person'), cell: (row) => <Person row={row} /> },
    { id: 'phone', header: t('patients.phone'), cell: (row) => <Ltr>{row.phone ?? ''}</Ltr> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.handedOutAt} /> },
    {
      id: 'papers',
      header: t('recall.papers'),
      cell: (row) => <Ltr>{[row.rxNumber, row.saleNumber].filter((one) => one !== null).join(' · ')}</Ltr>,
    },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    {
      id: 'quantity',
      header: t('recall.handedOut'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'back',
      header: t('recall.cameBack'),
      numeric: true,
      cell: (row) => <QuantityText value={row.cameBack} />,
    },
  ];
}

function Person({ row }: { row: Contact }) {
  const { t, i18n } = useTranslation();
  if (row.patientId === null) return <span>{t('recall.unknownPerson')}</span>;
  const name = i18n.language === 'ar' ? (row.patientNameAr ?? row.patientName) : row.patientName;
  return (
    <Group gap={8}>
      <Link to="/patients/$patientId" params={{ patientId: String(row.patientId) }} className={rowLinkClass}>
        <bdi>{name}</bdi>
      </Link>
      {row.isDeceased === true && <StatusBadge tone="neutral">{t('patients.deceased')}</StatusBadge>}
    </Group>
  );
}
