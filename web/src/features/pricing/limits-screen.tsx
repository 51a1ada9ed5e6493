import { getRouteApi } from '@tanstack/react-router';
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseLimit } from '../../api/types';
import { rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { AmountOfLimit } from './limit-amount';
import { LimitDialog } from './limit-dialog';
import { PricingTabs } from './pricing-tabs';
import { usePurchaseLimits } from './pricing-queries';

const route = getRouteApi('/pricing/limits');

/** What may be bought over the counter of which product or ingredient, and by whom. */
export function LimitsScreen() {
  const { t, i18n } = useTranslation();
  const { ended, page } = route.useSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<{ limit: PurchaseLimit | undefined }>();
  const result = usePurchaseLimits({ ended, page });
  return (
    <>
      <ListScreen
        title={t('purchaseLimits.title')}
        hint={t('purchaseLimits.hint')}
        above={<PricingTabs />}
        actions={
          <KeyButton
            combo="F9"
            label={t('purchaseLimits.new')}
            onPress={() => setDialog({ limit: undefined })}
          />
        }
        filters={
          <Checkbox
            label={t('purchaseLimits.showEnded')}
            checked={ended === true}
            onChange={(event) =>
              void navigate({ search: { ended: event.currentTarget.checked || undefined }, replace: true })
            }
          />
        }
        result={result}
        columns={[
          {
            id: 'name',
            header: t('purchaseLimits.on'),
            cell: (limit) =>
              limit.endedAt === null ? (
                <button
                  type="button"
                  className={rowLinkClass}
                  data-row-link
                  onClick={() => setDialog({ limit })}
                >
                  <bdi>{localName(limit, i18n.language)}</bdi>
                </button>
              ) : (
                <bdi>{localName(limit, i18n.language)}</bdi>
              ),
          },
          {
            id: 'sale',
            header: t('purchaseLimits.perSale'),
            cell: ({ maxPerSale, unit }) => <AmountOfLimit amount={maxPerSale} unit={unit} />,
          },
          {
            id: 'period',
            header: t('purchaseLimits.perPeriod'),
            cell: ({ maxPerPeriod, periodDays, unit }) => (
              <>
                <AmountOfLimit amount={maxPerPeriod} unit={unit} />
                {periodDays !== null && ` ${t('purchaseLimits.inDays', { count: periodDays })}`}
              </>
            ),
          },
          {
            id: 'age',
            header: t('purchaseLimits.buyer'),
            cell: ({ minimumAge, idRequired }) =>
              [
                ...(minimumAge === null ? [] : [t('purchaseLimits.fromAge', { count: minimumAge })]),
                ...(idRequired ? [t('purchaseLimits.withDocument')] : []),
              ].join(' · ') || t('common.none'),
          },
          { id: 'reason', header: t('purchaseLimits.reason'), cell: ({ reason }) => <bdi>{reason}</bdi> },
          {
            id: 'state',
            header: t('promotions.state'),
            cell: ({ endedAt }) => (
              <StatusBadge tone={endedAt === null ? 'ok' : 'neutral'}>
                {t(endedAt === null ? 'purchaseLimits.inForce' : 'purchaseLimits.ended')}
              </StatusBadge>
            ),
          },
        ]}
        rowKey={(limit) => limit.limitId}
        empty={{ title: t('purchaseLimits.empty'), hint: t('purchaseLimits.emptyHint') }}
        onPage={(next) => void navigate({ search: { ended, page: next } })}
      />
      <LimitDialog opened={dialog !== undefined} limit={dialog?.limit} onClose={() => setDialog(undefined)} />
    </>
  );
}
