import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IngredientDecisions } from '../../../api/types';
import { type Column, DataTable } from '../../../ui/data-table';
import { DateTimeText } from '../../../ui/date-text';
import { Dialog } from '../../../ui/dialog';
import { Ltr } from '../../../ui/ltr';
import { Pager } from '../../../ui/pager';
import { ProblemAlert } from '../../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { toastDone } from '../../../ui/toasts';
import { useDecisions, useUndoLink } from './worklist-queries';

const PAGE_SIZE = 10;

type Row = IngredientDecisions['data'][number];

/** What pharmacists decided about texts and ingredients, newest first; each decision can be taken back. */
export function DecisionsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="xl" closeOnClickOutside title={t('catalog.decisions')}>
      <Decisions opened={opened} />
    </Dialog>
  );
}

function Decisions({ opened }: { opened: boolean }) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const decisions = useDecisions({ page, limit: PAGE_SIZE }, opened);
  const undo = useUndoLink((done) => toastDone(t('catalog.undoneIn', { count: done.products })));
  const columns: Column<Row>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.madeAt} /> },
    { id: 'kind', header: t('catalog.field.kind'), cell: (row) => t(`catalog.decision.${row.kind}`) },
    { id: 'text', header: t('catalog.asWritten'), cell: (row) => <bdi dir="auto">{row.rawText}</bdi> },
    { id: 'means', header: t('catalog.means'), cell: (row) => <bdi>{row.ingredientName}</bdi> },
    { id: 'lines', header: t('catalog.lines'), numeric: true, cell: (row) => <Ltr>{row.lines}</Ltr> },
    {
      id: 'undo',
      header: t('catalog.undo'),
      hideHeader: true,
      cell: (row) =>
        row.undoneAt === null ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={undo.isPending && undo.variables === row.linkId}
            aria-label={t('catalog.undoNamed', { text: row.rawText })}
            onClick={() => undo.mutate(row.linkId)}
          >
            {t('catalog.undo')}
          </Button>
        ) : (
          t('catalog.wasUndone')
        ),
    },
  ];
  if (decisions.isError) return <ErrorView error={decisions.error} retry={() => void decisions.refetch()} />;
  if (!decisions.data) return <LoadingRows />;
  if (decisions.data.data.length === 0) return <EmptyView title={t('catalog.noDecisions')} />;
  return (
    <>
      <ProblemAlert problem={undo.error} notSaved={t('catalog.notSaved')} />
      <DataTable
        label={t('catalog.decisions')}
        columns={columns}
        rows={decisions.data.data}
        rowKey={(row) => row.linkId}
      />
      <Pager meta={decisions.data.meta} onPage={setPage} />
    </>
  );
}
