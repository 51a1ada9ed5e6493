import { Group, NativeSelect, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Claim } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { localName } from '../shared/names';
import { BatchDialog } from './batch-dialog';
import { ClaimDialog } from './claim-dialog';
import { CLAIM_STATUSES, ClaimStatusBadge, REJECT_CODES } from './claim-text';
import { useClaims, usePayersInUse } from './insurance-queries';
import { InsuranceTabs } from './insurance-tabs';

const route = getRouteApi('/claims');
const PAGE_SIZE = 20;
const AGES = [0, 2, 7, 30];

/** Claims of the branch; first the queue of those a payer refused, the oldest first. */
export function ClaimsScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [openId, setOpenId] = useState<number>();
  const [isBatching, setIsBatching] = useState(false);
  const columns = useColumns(setOpenId);
  const payers = usePayersInUse();
  const status = CLAIM_STATUSES.find((one) => one === search.status);
  const isAll = search.status === 'all';
  const shown = isAll ? undefined : (status ?? 'rejected');
  const claims = useClaims({
    status: shown,
    payerId: search.payerId,
    rejectCode: search.rejectCode,
    olderThanDays: search.olderThanDays,
    page: search.page ?? 1,
    limit: PAGE_SIZE,
  });
  const narrow = (change: Partial<typeof search>) =>
    void navigate({ search: (previous) => ({ ...previous, page: undefined, ...change }), replace: true });
  const countOf = (one: string) => claims.data?.counts.find((row) => row.status === one)?.count ?? 0;

  return (
    <Page
      title={t('claims.title')}
      hint={t('claims.hint')}
      actions={
        can('WriteClaims') && (
          <KeyButton
            combo="F8"
            label={t('claims.batches')}
            variant="default"
            onPress={() => setIsBatching(true)}
          />
        )
      }
    >
      <InsuranceTabs />
      <Group align="flex-end">
        <NativeSelect
          label={t('claims.statusLabel')}
          value={isAll ? 'all' : shown}
          onChange={(event) => narrow({ status: event.currentTarget.value, rejectCode: undefined })}
          data={[
            ...CLAIM_STATUSES.map((one) => ({
              value: one,
              label: `${t(`claims.status.${one}`)} (${countOf(one)})`,
            })),
            { value: 'all', label: t('claims.all') },
          ]}
          autoFocus
        />
        <NativeSelect
          label={t('claims.payer')}
          value={search.payerId ?? ''}
          onChange={(event) => narrow({ payerId: Number(event.currentTarget.value) || undefined })}
          data={[
            { value: '', label: t('claims.anyPayer') },
            ...(payers.data?.data ?? []).map((one) => ({ value: String(one.payerId), label: one.name })),
          ]}
        />
        {(shown === 'rejected' || isAll) && (
          <NativeSelect
            label={t('claims.reason')}
            value={search.rejectCode ?? ''}
            onChange={(event) => narrow({ rejectCode: event.currentTarget.value || undefined })}
            data={[
              { value: '', label: t('claims.anyReason') },
              ...REJECT_CODES.map((one) => ({ value: one, label: t(`claims.reject.${one}`) })),
            ]}
          />
        )}
        <NativeSelect
          label={t('claims.age')}
          value={search.olderThanDays ?? 0}
          onChange={(event) => narrow({ olderThanDays: Number(event.currentTarget.value) || undefined })}
          data={AGES.map((days) => ({
            value: String(days),
            label: days === 0 ? t('claims.anyAge') : t('claims.olderThan', { count: days }),
          }))}
        />
      </Group>
      <div onKeyDown={moveThroughRows}>
        <Card flush isBusy={claims.isPlaceholderData}>
          {claims.isPending && <LoadingRows />}
          {claims.isError && <ErrorView error={claims.error} retry={() => void claims.refetch()} />}
          {claims.data?.data.length === 0 && (
            <EmptyView
              title={shown === 'rejected' ? t('claims.queueClear') : t('claims.empty')}
              hint={shown === 'rejected' ? t('claims.queueClearHint') : t('claims.emptyHint')}
            />
          )}
          {claims.data && claims.data.data.length > 0 && (
            <>
              <DataTable
                label={t('claims.title')}
                columns={columns}
                rows={claims.data.data}
                rowKey={(claim) => claim.claimId}
              />
              <Pager
                meta={claims.data.meta}
                onPage={(page) => void navigate({ search: (previous) => ({ ...previous, page }) })}
              />
            </>
          )}
        </Card>
      </div>
      <ClaimDialog claimId={openId} onOpen={setOpenId} onClose={() => setOpenId(undefined)} />
      <BatchDialog opened={isBatching} onClose={() => setIsBatching(false)} />
    </Page>
  );
}

function useColumns(onOpen: (claimId: number) => void): Column<Claim>[] {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return [
    {
      id: 'claim',
      header: t('claims.claim'),
      cell: (claim) => (
        <button type="button" className={rowLinkClass} data-row-link onClick={() => onOpen(claim.claimId)}>
          <Ltr>{claim.claimNumber}</Ltr>
        </button>
      ),
    },
    {
      id: 'patient',
      header: t('claims.patient'),
      cell: (claim) => (
        <>
          <bdi>{localName({ name: claim.patientName, nameAr: claim.patientNameAr }, language)}</bdi>
          <Text size="xs" c="dimmed">
            <bdi>{claim.drugName}</bdi> · <Ltr>{claim.rxNumber}</Ltr>
          </Text>
        </>
      ),
    },
    {
      id: 'payer',
      header: t('claims.payer'),
      cell: (claim) => (
        <>
          <bdi>{localName({ name: claim.payerName, nameAr: claim.payerNameAr }, language)}</bdi>
          <Text size="xs" c="dimmed">
            {claim.planName !== null && (
              <>
                <bdi>{claim.planName}</bdi>
                {' · '}
              </>
            )}
            <Ltr>{claim.memberNumber}</Ltr>
          </Text>
        </>
      ),
    },
    {
      id: 'status',
      header: t('claims.statusLabel'),
      cell: (claim) => (
        <>
          <ClaimStatusBadge status={claim.status} />
          {claim.rejectCode !== null && (
            <Text size="xs" c="dimmed">
              {t(`claims.reject.${claim.rejectCode}`)}
            </Text>
          )}
        </>
      ),
    },
    {
      id: 'amount',
      header: t('claims.amount'),
      numeric: true,
      cell: (claim) => <MoneyText value={claim.amountClaimed} />,
    },
    {
      id: 'share',
      header: t('claims.payerShare'),
      numeric: true,
      cell: (claim) => <MoneyText value={claim.payerShare} />,
    },
    {
      id: 'day',
      header: t('claims.serviceDate'),
      cell: (claim) => (
        <>
          <DateText value={claim.serviceDate} />
          <Text size="xs" c="dimmed">
            {t('claims.daysOld', { count: claim.ageDays })}
          </Text>
        </>
      ),
    },
  ];
}
