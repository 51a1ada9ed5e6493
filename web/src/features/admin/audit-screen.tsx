import { Button, Code, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditAction, AuditRow } from '../../api/types';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DataAge } from '../../ui/data-age';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { Ltr } from '../../ui/ltr';
import { Card, Page } from '../../ui/page';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { useAuditLog } from './admin-queries';
import { AuditChainCard } from './audit-chain';

const ACTIONS: readonly AuditAction[] = ['insert', 'update', 'delete', 'read', 'refused'];
const actionTone: Record<AuditAction, Tone> = {
  insert: 'ok',
  update: 'info',
  delete: 'stop',
  read: 'neutral',
  refused: 'warn',
};

/** Who did what, and who read what: newest first, narrowed by table, key, user, action and day; and whether the chain over it holds. */
export function AuditScreen() {
  const { t } = useTranslation();
  const [table, setTable] = useState('');
  const [key, setKey] = useState('');
  const [username, setUsername] = useState('');
  const [action, setAction] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [shown, setShown] = useState<AuditRow>();
  const [settled] = useDebouncedValue(
    { table, key, username: username.trim().toLowerCase(), action, from, to },
    250,
  );
  const log = useAuditLog(settled);
  const rows = log.data?.pages.flatMap((page) => page.data) ?? [];
  const columns: Column<AuditRow>[] = [
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.occurredAt} /> },
    {
      id: 'what',
      header: t('audit.what'),
      cell: (row) => (
        <button type="button" className={rowLinkClass} data-row-link onClick={() => setShown(row)}>
          <Ltr>
            {row.table} {row.key}
          </Ltr>
        </button>
      ),
    },
    {
      id: 'action',
      header: t('audit.action'),
      cell: (row) => (
        <StatusBadge tone={actionTone[row.action]}>{t(`auditAction.${row.action}`)}</StatusBadge>
      ),
    },
    { id: 'who', header: t('history.who'), cell: (row) => <Ltr>{row.username ?? row.dbUser}</Ltr> },
    { id: 'request', header: t('audit.request'), cell: (row) => <Ltr>{row.requestId}</Ltr> },
  ];
  return (
    <Page title={t('audit.title')} hint={t('audit.hint')}>
      <AuditChainCard />
      <Group align="flex-end">
        <TextInput
          label={t('audit.table')}
          value={table}
          dir="ltr"
          onChange={(event) => setTable(event.currentTarget.value.toLowerCase().replace(/[^a-z_]/g, ''))}
          autoFocus
        />
        <TextInput
          label={t('audit.key')}
          value={key}
          dir="ltr"
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        <TextInput
          label={t('audit.user')}
          value={username}
          dir="ltr"
          maxLength={60}
          onChange={(event) => setUsername(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('audit.action')}
          value={action}
          onChange={(event) => setAction(event.currentTarget.value)}
          data={[
            { value: '', label: t('audit.anyAction') },
            ...ACTIONS.map((one) => ({ value: one, label: t(`auditAction.${one}`) })),
          ]}
        />
        <TextInput
          label={t('audit.from')}
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label={t('audit.to')}
          type="date"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </Group>
      {action === 'refused' && (
        <Text size="sm" c="dimmed">
          {t('audit.refusedHint')}
        </Text>
      )}
      <DataAge path="/audit-logs" />
      <Card flush>
        {log.isPending && <LoadingRows />}
        {log.isError && <ErrorView error={log.error} retry={() => void log.refetch()} />}
        {log.data && rows.length === 0 && <EmptyView title={t('audit.empty')} hint={t('audit.emptyHint')} />}
        {rows.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('audit.title')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.auditLogId}
            />
          </div>
        )}
        {log.hasNextPage && (
          <Group p="md">
            <Button
              variant="default"
              loading={log.isFetchingNextPage}
              onClick={() => void log.fetchNextPage()}
            >
              {t('audit.older')}
            </Button>
          </Group>
        )}
      </Card>
      <Dialog
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
        closeOnClickOutside
        title={t('audit.entry', { id: shown?.auditLogId ?? 0 })}
      >
        {shown && <Change row={shown} />}
      </Dialog>
    </Page>
  );
}

interface ChangedField {
  name: string;
  before: string;
  after: string;
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fieldsOf(row: AuditRow): ChangedField[] {
  const names = new Set([...Object.keys(row.before ?? {}), ...Object.keys(row.after ?? {})]);
  return [...names]
    .map((name) => ({ name, before: shownValue(row.before?.[name]), after: shownValue(row.after?.[name]) }))
    .filter((field) => row.action !== 'update' || field.before !== field.after);
}

function Change({ row }: { row: AuditRow }) {
  const { t } = useTranslation();
  const columns: Column<ChangedField>[] = [
    {
      id: 'field',
      header: t('audit.field'),
      cell: (field) => (
        <Ltr>
          <Code>{field.name}</Code>
        </Ltr>
      ),
    },
    { id: 'before', header: t('audit.before'), cell: (field) => <bdi>{field.before}</bdi> },
    { id: 'after', header: t('audit.after'), cell: (field) => <bdi>{field.after}</bdi> },
  ];
  const fields = fieldsOf(row);
  return (
    <Stack gap="sm">
      <Text size="sm">
        <DateTimeText value={row.occurredAt} /> · <Ltr>{row.username ?? row.dbUser}</Ltr> ·{' '}
        <Ltr>
          {row.table} {row.key}
        </Ltr>
      </Text>
      {fields.length === 0 ? (
        <EmptyView title={t('audit.noFields')} />
      ) : (
        <DataTable label={t('audit.title')} columns={columns} rows={fields} rowKey={(field) => field.name} />
      )}
    </Stack>
  );
}
