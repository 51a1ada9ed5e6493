import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { daysBetween, todayLocal } from '../../ui/date-text';
import { Page } from '../../ui/page';
import { AccountsView } from './accounts-view';
import { DayBookView } from './day-book-view';
import { FileButtons } from './file-buttons';
import { LinesView } from './lines-view';
import { VatView } from './vat-view';

const route = getRouteApi('/journal');
const VIEWS = ['lines', 'dayBook', 'vat', 'accounts'] as const;
const FILES = {
  lines: { path: '/journal', name: 'journal', formats: ['csv', 'beancount', 'ledger'] },
  dayBook: { path: '/journal/day-book', name: 'day-book', formats: ['csv'] },
  vat: { path: '/journal/vat', name: 'vat', formats: ['csv'] },
} as const;

/** Days that are shown at once; a file may hold more. */
const MOST_DAYS = 31;

/** The double-entry journal of the branch: entries, day book, tax report, and its accounts. */
export function JournalScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const view = VIEWS.find((one) => one === search.view) ?? 'lines';
  const to = search.to ?? todayLocal();
  const from = search.from ?? `${to.slice(0, 8)}01`;
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...change }), replace: true });
  const days = daysBetween(from, to);
  const isShown = days >= 0 && (days < MOST_DAYS || view === 'vat');
  const narrowing = { from, to, account: search.account, by: search.by, page: search.page, narrow };
  return (
    <Page title={t('journal.title')}>
      <Group align="flex-end" justify="space-between">
        <Group align="flex-end">
          <NativeSelect
            label={t('journal.which')}
            value={view}
            autoFocus
            onChange={(event) => narrow({ view: event.currentTarget.value, account: undefined })}
            data={VIEWS.map((value) => ({ value, label: t(`journal.view.${value}`) }))}
          />
          {view !== 'accounts' &&
            (
              [
                ['from', from],
                ['to', to],
              ] as const
            ).map(([name, value]) => (
              <TextInput
                key={name}
                type="date"
                label={t(`journal.${name}`)}
                value={value}
                onChange={(event) => narrow({ [name]: event.currentTarget.value || undefined })}
              />
            ))}
        </Group>
        {view !== 'accounts' && (
          <FileButtons
            {...FILES[view]}
            query={{ from, to, ...(view === 'vat' ? { by: search.by ?? 'month' } : {}) }}
          />
        )}
      </Group>
      {view === 'accounts' && <AccountsView />}
      {view !== 'accounts' && !isShown && <Text role="status">{t('journal.tooLong')}</Text>}
      {view === 'lines' && isShown && <LinesView {...narrowing} />}
      {view === 'dayBook' && isShown && <DayBookView {...narrowing} />}
      {view === 'vat' && isShown && <VatView {...narrowing} />}
    </Page>
  );
}
