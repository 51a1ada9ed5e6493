import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Promotion } from '../../api/types';
import { rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { MoneyText } from '../../ui/money-text';
import { StatusBadge, type Tone } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { StatusFilter } from '../shared/status-filter';
import { PromotionDialog } from './promotion-dialog';
import { usePromotions } from './pricing-queries';
import { PricingTabs } from './pricing-tabs';
import { TermsText } from './terms-text';

const route = getRouteApi('/pricing/promotions');

const TONES = { scheduled: 'info', active: 'ok', ended: 'neutral' } as const satisfies Record<
  Promotion['status'],
  Tone
>;
const STATUSES = ['active', 'scheduled', 'ended'] as const;

/** What the branch takes off prices by itself: begun, to come, over. */
export function PromotionsScreen() {
  const { t, i18n } = useTranslation();
  const { status, page } = route.useSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<{ promotion: Promotion | undefined }>();
  const result = usePromotions({ status, page });
  return (
    <>
      <ListScreen
        title={t('promotions.title')}
        hint={t('promotions.hint')}
        above={<PricingTabs />}
        actions={
          <KeyButton
            combo="F9"
            label={t('promotions.new')}
            onPress={() => setDialog({ promotion: undefined })}
          />
        }
        filters={
          <StatusFilter
            value={status}
            options={STATUSES.map((value) => ({ value, label: t(`promotions.status.${value}`) }))}
            onChange={(wanted) =>
              void navigate({ search: { status: wanted, page: undefined }, replace: true })
            }
          />
        }
        result={result}
        columns={[
          {
            id: 'name',
            header: t('promotions.name'),
            cell: (promotion) => (
              <button
                type="button"
                className={rowLinkClass}
                data-row-link
                onClick={() => setDialog({ promotion })}
              >
                <bdi>{localName(promotion, i18n.language)}</bdi>
              </button>
            ),
          },
          {
            id: 'terms',
            header: t('promotions.terms'),
            cell: (promotion) => <TermsText promotion={promotion} />,
          },
          {
            id: 'on',
            header: t('promotions.on'),
            cell: ({ targets }) => (
              <>
                <bdi>{targets[0] ? localName(targets[0], i18n.language) : t('common.none')}</bdi>
                {targets.length > 1 && ` ${t('promotions.more', { count: targets.length - 1 })}`}
              </>
            ),
          },
          {
            id: 'days',
            header: t('promotions.days'),
            cell: ({ startsOn, endsOn }) => (
              <>
                <DateText value={startsOn} /> –{' '}
                {endsOn === null ? t('promotions.open') : <DateText value={endsOn} />}
              </>
            ),
          },
          {
            id: 'takenOff',
            header: t('promotions.takenOff'),
            numeric: true,
            cell: ({ takenOff }) => <MoneyText value={takenOff} />,
          },
          {
            id: 'status',
            header: t('promotions.state'),
            cell: (promotion) => (
              <StatusBadge tone={TONES[promotion.status]}>
                {t(`promotions.status.${promotion.status}`)}
              </StatusBadge>
            ),
          },
        ]}
        rowKey={(promotion) => promotion.promotionId}
        empty={{ title: t('promotions.empty'), hint: t('promotions.emptyHint') }}
        onPage={(next) => void navigate({ search: { status, page: next } })}
      />
      <PromotionDialog
        opened={dialog !== undefined}
        promotion={dialog?.promotion}
        onClose={() => setDialog(undefined)}
      />
    </>
  );
}
