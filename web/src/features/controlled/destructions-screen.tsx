import { Button, Group, NativeSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { Destruction, StepUpConfirmation } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateTimeText } from '../../ui/date-text';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { QuantityText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { ProblemAlert, useProblemText } from '../../ui/problem-text';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { useCancelDestruction, useDestructions, useWitnessDestruction } from './controlled-queries';
import { ControlledTabs } from './controlled-tabs';
import { usePrintRecord } from './destruction-texts';

const route = getRouteApi('/controlled/destructions');
const STATUSES = ['pending', 'destroyed', 'cancelled'] as const;
const TONES = { pending: 'warn', destroyed: 'ok', cancelled: 'neutral' } as const;

type Open = { kind: 'witness' | 'cancel'; destruction: Destruction };

/** What was destroyed, and what waits for a second person to have seen it. */
export function DestructionsScreen() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const status =
    STATUSES.find((one) => one === search.status) ?? (search.status === 'all' ? 'all' : 'pending');
  const list = useDestructions({
    ...(status === 'all' ? {} : { status }),
    page: search.page ?? 1,
    limit: 20,
  });
  const [open, setOpen] = useState<Open>();
  const columns = useColumns(setOpen);
  const close = () => setOpen(undefined);
  return (
    <Page title={t('destruction.list')}>
      <ControlledTabs />
      <Group align="flex-end">
        <NativeSelect
          label={t('stock.status')}
          value={status}
          autoFocus
          onChange={(event) =>
            void navigate({ search: { status: event.currentTarget.value }, replace: true })
          }
          data={[...STATUSES, 'all' as const].map((value) => ({
            value,
            label: t(`destruction.status.${value}`),
          }))}
        />
      </Group>
      <Card flush isBusy={list.isPlaceholderData}>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorView error={list.error} retry={() => void list.refetch()} />}
        {list.data?.data.length === 0 && (
          <EmptyView title={t('destruction.empty')} hint={t('destruction.emptyHint')} />
        )}
        {list.data && list.data.data.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('destruction.list')}
              columns={columns}
              rows={list.data.data}
              rowKey={(row) => row.destructionId}
            />
            <Pager
              meta={list.data.meta}
              onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
            />
          </div>
        )}
      </Card>
      <Dialog opened={open?.kind === 'witness'} onClose={close} title={t('destruction.witnessTitle')}>
        {open && <WitnessForm destruction={open.destruction} onClose={close} />}
      </Dialog>
      <Dialog opened={open?.kind === 'cancel'} onClose={close} title={t('destruction.cancelTitle')}>
        {open && <CancelForm destruction={open.destruction} onClose={close} />}
      </Dialog>
    </Page>
  );
}

function useColumns(open: (open: Open) => void): Column<Destruction>[] {
  const { t } = useTranslation();
  const { can, me } = useSession();
  const print = usePrintRecord();
  return [
    {
      id: 'no',
      header: t('controlled.no'),
      cell: (row) => (
        <button
          type="button"
          className={rowLinkClass}
          data-row-link
          title={t('destruction.print')}
          onClick={() => print(row.destructionId)}
        >
          <Ltr>{row.destructionId}</Ltr>
        </button>
      ),
    },
    { id: 'drug', header: t('stock.drug'), cell: (row) => <bdi>{row.drugName}</bdi> },
    { id: 'lot', header: t('stock.lot'), cell: (row) => <Ltr>{row.lotNumber}</Ltr> },
    {
      id: 'quantity',
      header: t('stock.quantity'),
      numeric: true,
      cell: (row) => <QuantityText value={row.quantity} />,
    },
    {
      id: 'why',
      header: t('destruction.why'),
      cell: (row) => (
        <span>
          {t(`destruction.reason.${row.reason}`)} <bdi>{row.note}</bdi>
        </span>
      ),
    },
    { id: 'by', header: t('history.who'), cell: (row) => <bdi>{row.requestedBy}</bdi> },
    { id: 'when', header: t('history.when'), cell: (row) => <DateTimeText value={row.requestedAt} /> },
    { id: 'witness', header: t('destruction.witness'), cell: (row) => <bdi>{row.witnessedBy}</bdi> },
    {
      id: 'status',
      header: t('stock.status'),
      cell: (row) => (
        <StatusBadge tone={TONES[row.status]}>{t(`destruction.status.${row.status}`)}</StatusBadge>
      ),
    },
    {
      id: 'actions',
      header: t('destruction.actions'),
      hideHeader: true,
      cell: (row) =>
        row.status === 'pending' && (
          <Group gap={6} wrap="nowrap">
            {can('WitnessStock') && row.requestedById !== me.userId && (
              <Button
                size="compact-sm"
                aria-label={t('destruction.witnessNo', { no: row.destructionId })}
                onClick={() => open({ kind: 'witness', destruction: row })}
              >
                {t('destruction.sign')}
              </Button>
            )}
            {can('WriteInventory') && (
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('destruction.cancelNo', { no: row.destructionId })}
                onClick={() => open({ kind: 'cancel', destruction: row })}
              >
                {t('common.cancel')}
              </Button>
            )}
          </Group>
        ),
    },
  ];
}

interface FormProps {
  destruction: Destruction;
  onClose: () => void;
}

function What({ destruction }: { destruction: Destruction }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      <strong>
        <bdi>{destruction.drugName}</bdi>
      </strong>{' '}
      · <Ltr>{destruction.lotNumber}</Ltr> · <QuantityText value={destruction.quantity} /> ·{' '}
      {t(`destruction.reason.${destruction.reason}`)} · <bdi>{destruction.requestedBy}</bdi>
    </Text>
  );
}

/** The second person says, with his own password, that he saw it destroyed. */
function WitnessForm({ destruction, onClose }: FormProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const confirm = useMutation<StepUpConfirmation, Problem>({
    mutationFn: () => api.post<StepUpConfirmation>('/auth/step-up', { password }),
  });
  const witness = useWitnessDestruction(destruction.destructionId, () => {
    toastDone(t('destruction.done'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    confirm.mutate(undefined, { onSuccess: ({ token }) => witness.mutate({ stepUp: token }) });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <What destruction={destruction} />
        <Text size="sm">{t('destruction.witnessHint')}</Text>
        <ProblemAlert problem={witness.error} notSaved={t('destruction.notDone')} />
        <PasswordInput
          label={t('destruction.password')}
          required
          dir="ltr"
          maxLength={200}
          autoComplete="current-password"
          error={confirm.error ? <Refusal problem={confirm.error} /> : undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
          data-autofocus
        />
        <FormFoot
          isSaving={confirm.isPending || witness.isPending}
          onCancel={onClose}
          saveLabel={t('destruction.sign')}
          disabled={password === ''}
        />
      </Stack>
    </form>
  );
}

function Refusal({ problem }: { problem: Problem }) {
  return <span role="alert">{useProblemText(problem).title}</span>;
}

function CancelForm({ destruction, onClose }: FormProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const cancel = useCancelDestruction(destruction.destructionId, () => {
    toastDone(t('destruction.cancelled'));
    onClose();
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    cancel.mutate({ reason: reason.trim() });
  }
  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <What destruction={destruction} />
        <ProblemAlert problem={cancel.error} notSaved={t('destruction.notCancelled')} />
        <TextInput
          label={t('transition.reason')}
          required
          maxLength={400}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot
          isSaving={cancel.isPending}
          onCancel={onClose}
          saveLabel={t('destruction.cancelSubmit')}
          disabled={reason.trim() === ''}
        />
      </Stack>
    </form>
  );
}
