import { Button } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CreditNoteRow } from '../../api/after-sale-types';
import type { Column } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { useScan } from '../../ui/scan/scan';
import { type Tone, StatusBadge } from '../../ui/status-badge';
import { decimalOrZero } from '../../ui/money.domain';
import { usePrint } from '../shared/print';
import { AfterSaleTabs } from './after-sale-tabs';
import { useCreditNotes } from './after-sale-queries';

const route = getRouteApi('/credit-notes');

/** Credit notes that were given, the newest first; scanning one finds it. */
export function CreditNotesScreen() {
  const { t } = useTranslation();
  const { q, page } = route.useSearch();
  const navigate = route.useNavigate();
  const find = (wanted: string | undefined) => void navigate({ search: { q: wanted }, replace: true });
  useScan(find);
  return (
    <ListScreen
      title={t('creditNotes.title')}
      above={<AfterSaleTabs />}
      search={{
        value: q,
        label: t('creditNotes.search'),
        placeholder: t('creditNotes.searchHint'),
        focusLabel: t('creditNotes.search'),
        onSearch: find,
      }}
      result={useCreditNotes({ number: q, page: page ?? 1, limit: 20 })}
      columns={useColumns()}
      rowKey={(note) => note.creditNoteId}
      empty={{ title: t('creditNotes.empty'), hint: t('creditNotes.emptyHint') }}
      onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
    />
  );
}

function useColumns(): Column<CreditNoteRow>[] {
  const { t } = useTranslation();
  const { printPage } = usePrint();
  return [
    { id: 'number', header: t('creditNotes.number'), cell: (note) => <Ltr>{note.creditNoteNumber}</Ltr> },
    { id: 'issued', header: t('creditNotes.issued'), cell: (note) => <DateTimeText value={note.issuedAt} /> },
    { id: 'by', header: t('sales.cashier'), cell: (note) => <bdi>{note.issuedBy}</bdi> },
    {
      id: 'for',
      header: t('creditNotes.for'),
      cell: (note) => (
        <Link to="/sales/$saleId" params={{ saleId: String(note.returnSaleId) }}>
          <Ltr>{note.returnSaleNumber}</Ltr>
        </Link>
      ),
    },
    { id: 'until', header: t('creditNotes.until'), cell: (note) => <DateText value={note.expiresOn} /> },
    {
      id: 'amount',
      header: t('creditNotes.amount'),
      numeric: true,
      cell: (note) => <MoneyText value={note.amount} />,
    },
    {
      id: 'balance',
      header: t('creditNotes.balance'),
      numeric: true,
      cell: (note) => <MoneyText value={note.balance} strong />,
    },
    { id: 'state', header: t('creditNotes.state'), cell: (note) => <NoteState note={note} /> },
    {
      id: 'print',
      header: t('creditNotes.print'),
      hideHeader: true,
      cell: (note) => (
        <Button
          size="compact-sm"
          variant="default"
          data-row-link
          aria-label={t('creditNotes.printNamed', { number: note.creditNoteNumber })}
          onClick={() => printPage(`/credit-notes/${note.creditNoteId}/print`)}
        >
          {t('creditNotes.print')}
        </Button>
      ),
    },
  ];
}

function NoteState({ note }: { note: CreditNoteRow }) {
  const { t } = useTranslation();
  const isSpent = decimalOrZero(note.balance) === 0n;
  const [tone, text]: [Tone, string] = isSpent
    ? ['neutral', t('creditNotes.spent')]
    : note.isExpired
      ? ['warn', t('creditNotes.expired')]
      : ['ok', t('creditNotes.open')];
  return <StatusBadge tone={tone}>{text}</StatusBadge>;
}
