import { Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountSheet, DrugToCount, SignOff } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable } from '../../ui/data-table';
import { DateText, DateTimeText } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { cleanZeros } from '../../ui/money.domain';
import { QuantityText } from '../../ui/money-text';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { localName } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import { useCount, useCountSheet, useSignOff, useSignOffs } from './controlled-queries';
import { ControlledTabs } from './controlled-tabs';

const route = getRouteApi('/controlled/sign-off');

/** A day of controlled medicines counted, without being told what is expected, and signed off. */
export function SignOffScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const scope = search.scope === 'all' ? 'all' : 'moved';
  const sheet = useCountSheet({ day: search.day, scope });
  const signed = useSignOffs(1, can('ReadReports'));
  return (
    <Page title={t('signOff.title')} hint={sheet.data && <SheetHint sheet={sheet.data} />}>
      <ControlledTabs />
      {sheet.data && sheet.data.overdue.length > 0 && (
        <Notice tone="warn" title={t('signOff.overdue', { count: sheet.data.overdue.length })}>
          <Text size="sm">
            {sheet.data.overdue.slice(0, 7).map(({ day }, index) => (
              <span key={day}>
                {index > 0 && ' · '}
                <DateText value={day} />
              </span>
            ))}
          </Text>
        </Notice>
      )}
      <Group align="flex-end">
        <TextInput
          label={t('signOff.day')}
          type="date"
          max={sheet.data?.today}
          value={search.day ?? sheet.data?.today ?? ''}
          onChange={(event) =>
            void navigate({
              search: (previous) => ({ ...previous, day: event.currentTarget.value || undefined }),
              replace: true,
            })
          }
        />
        <NativeSelect
          label={t('signOff.scope')}
          description={sheet.data?.isAllDue ? t('signOff.allDue') : undefined}
          inputWrapperOrder={['label', 'input', 'description']}
          value={scope}
          onChange={(event) =>
            void navigate({
              search: (previous) => ({
                ...previous,
                scope: event.currentTarget.value === 'all' ? 'all' : undefined,
              }),
              replace: true,
            })
          }
          data={[
            { value: 'moved', label: t('signOff.moved') },
            { value: 'all', label: t('signOff.all') },
          ]}
        />
      </Group>
      {(!sheet.data || sheet.data.drugs.length === 0) && (
        <Card flush>
          {sheet.isPending && <LoadingRows />}
          {sheet.isError && <ErrorView error={sheet.error} retry={() => void sheet.refetch()} />}
          {sheet.data && <EmptyView title={t('signOff.nothing')} hint={t('signOff.nothingHint')} />}
        </Card>
      )}
      {sheet.data && <CountForm key={`${sheet.data.businessDay} ${scope}`} sheet={sheet.data} />}
      {signed.data && signed.data.data.length > 0 && <SignedDays rows={signed.data.data} />}
    </Page>
  );
}

function SheetHint({ sheet }: { sheet: CountSheet }) {
  const { t } = useTranslation();
  if (sheet.lastDay === null) return <span>{t('signOff.never')}</span>;
  return (
    <span>
      {t('signOff.last')} <DateText value={sheet.lastDay} />
    </span>
  );
}

const isCounted = (drug: DrugToCount): boolean => drug.countId !== null && drug.isStale !== true;

/** One field for each product: Enter keeps the count and goes to the next. */
function CountForm({ sheet }: { sheet: CountSheet }) {
  const { t } = useTranslation();
  const [explanations, setExplanations] = useState<Readonly<Record<number, string>>>({});
  const [note, setNote] = useState('');
  const signOff = useSignOff(() => toastDone(t('signOff.done')));
  const { drugs } = sheet;
  const left = drugs.filter((drug) => !isCounted(drug));
  const differing = drugs.filter((drug) => isCounted(drug) && drug.differs);
  const isExplained = differing.every(({ drugId }) => (explanations[drugId] ?? '').trim().length >= 5);
  const isOpen = sheet.lastDay === null || sheet.businessDay > sheet.lastDay;
  const isReady =
    isOpen && left.length === 0 && isExplained && (drugs.length > 0 || sheet.overdue.length === 0);
  const open =
    left.length === 0 && !isExplained ? t('signOff.explainFirst') : t('signOff.left', { count: left.length });
  const said = isOpen ? open : t('signOff.closed');
  return (
    <>
      {drugs.length > 0 && <CountTable drugs={drugs} />}
      {differing.length > 0 && (
        <Card label={t('signOff.explain')}>
          <Stack gap="sm">
            <Text size="sm">{t('signOff.explainHint')}</Text>
            {differing.map((drug) => (
              <Textarea
                key={drug.drugId}
                label={t('signOff.explainOf', { name: drug.drugName })}
                required
                autosize
                minRows={1}
                maxLength={1000}
                value={explanations[drug.drugId] ?? ''}
                onChange={(event) => {
                  const { value } = event.currentTarget;
                  setExplanations((before) => ({ ...before, [drug.drugId]: value }));
                }}
              />
            ))}
          </Stack>
        </Card>
      )}
      {drugs.length > 0 && (
        <Card>
          <Stack gap="sm">
            <ProblemAlert problem={signOff.error} notSaved={t('signOff.notDone')} />
            <Group align="flex-end" justify="space-between">
              <TextInput
                label={t('signOff.note')}
                maxLength={1000}
                flex={1}
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
              <Text size="sm" c="dimmed" role="status">
                {said}
              </Text>
              <KeyButton
                combo="F9"
                label={t('signOff.submit')}
                disabled={!isReady}
                loading={signOff.isPending}
                onPress={() =>
                  signOff.mutate({
                    businessDay: sheet.businessDay,
                    scope: sheet.scope,
                    explanations: differing.map(({ drugId }) => ({
                      drugId,
                      text: (explanations[drugId] ?? '').trim(),
                    })),
                    ...(note.trim() === '' ? {} : { note: note.trim() }),
                  })
                }
              />
            </Group>
          </Stack>
        </Card>
      )}
    </>
  );
}

function CountTable({ drugs }: { drugs: readonly DrugToCount[] }) {
  const { t, i18n } = useTranslation();
  const fields = useRef(new Map<number, HTMLInputElement>());
  const goOn = (at: number) => {
    const next = drugs[at + 1];
    if (next) fields.current.get(next.drugId)?.select();
  };
  const columns: Column<DrugToCount>[] = [
    {
      id: 'drug',
      header: t('stock.drug'),
      cell: (row) => <bdi>{localName({ name: row.drugName, nameAr: row.drugNameAr }, i18n.language)}</bdi>,
    },
    { id: 'schedule', header: t('signOff.schedule'), cell: (row) => <Ltr>{row.schedule ?? ''}</Ltr> },
    {
      id: 'lots',
      header: t('signOff.lots'),
      cell: (row) => <Ltr>{row.lots.map(({ lotNumber }) => lotNumber).join(', ')}</Ltr>,
    },
    {
      id: 'counted',
      header: t('signOff.counted'),
      cell: (row) => (
        <CountField
          drug={row}
          fieldRef={(field) => {
            if (field) fields.current.set(row.drugId, field);
            else fields.current.delete(row.drugId);
          }}
          onKept={() => goOn(drugs.indexOf(row))}
          isFirst={drugs[0] === row}
        />
      ),
    },
    { id: 'state', header: t('stock.status'), cell: (row) => <CountState drug={row} /> },
  ];
  return (
    <Card flush label={t('signOff.title')}>
      <DataTable label={t('signOff.title')} columns={columns} rows={drugs} rowKey={(row) => row.drugId} />
    </Card>
  );
}

interface CountFieldProps {
  drug: DrugToCount;
  isFirst: boolean;
  fieldRef: (field: HTMLInputElement | null) => void;
  onKept: () => void;
}

function CountField({ drug, isFirst, fieldRef, onKept }: CountFieldProps) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const [text, setText] = useState(drug.counted ?? '');
  const count = useCount();
  function keep(): void {
    if (text === '' || count.isPending) return;
    count.mutate({ drugId: drug.drugId, counted: cleanZeros(text) }, { onSuccess: onKept });
  }
  return (
    <>
      <DecimalInput
        ref={fieldRef}
        aria-label={t('signOff.countOf', { name: drug.drugName })}
        value={text}
        onChange={setText}
        maxLength={13}
        w={150}
        autoFocus={isFirst}
        rightSectionWidth={64}
        rightSection={<Text size="xs">{nameOfUnit(drug.baseUnit, text === '' ? '1' : text)}</Text>}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          keep();
        }}
      />
      <ProblemAlert problem={count.error} notSaved={t('signOff.notCounted')} />
    </>
  );
}

/** Whether it agrees; never by how much it does not. */
function CountState({ drug }: { drug: DrugToCount }) {
  const { t } = useTranslation();
  if (drug.countId === null) return <StatusBadge tone="neutral">{t('signOff.open')}</StatusBadge>;
  if (drug.isStale) return <StatusBadge tone="warn">{t('signOff.stale')}</StatusBadge>;
  const times = drug.attempts > 1 ? ` · ${t('signOff.attempts', { count: drug.attempts })}` : '';
  return drug.differs ? (
    <StatusBadge tone="stop">{`${t('signOff.differs')}${times}`}</StatusBadge>
  ) : (
    <StatusBadge tone="ok">{`${t('signOff.agrees')}${times}`}</StatusBadge>
  );
}

function SignedDays({ rows }: { rows: readonly SignOff[] }) {
  const { t } = useTranslation();
  const columns: Column<SignOff>[] = [
    { id: 'day', header: t('signOff.day'), cell: (row) => <DateText value={row.businessDay} /> },
    {
      id: 'scope',
      header: t('signOff.scope'),
      cell: (row) => <span>{row.scope === 'all' ? t('signOff.all') : t('signOff.moved')}</span>,
    },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.signedBy}</bdi> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.signedAt} /> },
    {
      id: 'products',
      header: t('signOff.products'),
      numeric: true,
      cell: (row) => <Ltr>{row.counts.length}</Ltr>,
    },
    { id: 'differences', header: t('signOff.differences'), cell: (row) => <Differences row={row} /> },
  ];
  return (
    <Card flush label={t('signOff.signed')}>
      <DataTable label={t('signOff.signed')} columns={columns} rows={rows} rowKey={(row) => row.signOffId} />
    </Card>
  );
}

function Differences({ row }: { row: SignOff }) {
  const { t } = useTranslation();
  const found = row.counts.filter(({ difference }) => difference !== '0');
  if (found.length === 0) return <span>{t('common.none')}</span>;
  return (
    <Stack gap={2}>
      {found.map((count) => (
        <span key={count.drugId}>
          <bdi>{count.drugName}</bdi> <QuantityText value={count.difference} /> ·{' '}
          <bdi>{count.explanation}</bdi>
        </span>
      ))}
    </Stack>
  );
}
