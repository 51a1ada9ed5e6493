import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { ExpiryReport, StockValuation, WorkBoard } from '../../api/types';
import { CountText, MoneyText } from '../../ui/money-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { Part } from './dashboard-parts';
import classes from './dashboard.module.css';

/** Names with their figures, one under the other. */
function Standing({ lines }: { lines: readonly { id: string; name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes['lines']}>
      {lines.map(({ id, name, value }) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What stock is worth at cost, and what of it expires. */
export function StockPart() {
  const { t } = useTranslation();
  const asked = { by: 'status', limit: 1 };
  const value = useQuery({
    queryKey: [...keys.stock, 'reports', '/reports/stock-valuation', asked],
    queryFn: ({ signal }) => api.get<StockValuation>('/reports/stock-valuation', asked, signal),
  });
  const expiry = useQuery({
    queryKey: [...keys.stock, 'reports', '/reports/expiry', { limit: 1 }],
    queryFn: ({ signal }) => api.get<ExpiryReport>('/reports/expiry', { limit: 1 }, signal),
  });
  const failed = value.isError ? value : expiry.isError ? expiry : undefined;
  return (
    <Part
      title={t('dashboard.stock')}
      more={<Link to="/inventory/reports">{t('dashboard.more', { report: t('nav.stockReports') })}</Link>}
    >
      {failed && <ErrorView error={failed.error} retry={() => void failed.refetch()} />}
      {!failed && (value.isPending || expiry.isPending) && <LoadingRows rows={3} />}
      {value.data && expiry.data && (
        <Standing
          lines={[
            {
              id: 'value',
              name: t('dashboard.stockValue'),
              value: <MoneyText value={value.data.totalValue} strong />,
            },
            ...expiry.data.bands.map((band) => ({
              id: band.band,
              name: t(`dashboard.band.${band.band}`),
              value: <MoneyText value={band.value} />,
            })),
          ]}
        />
      )}
    </Part>
  );
}

/** What waits in the dispensary. */
export function WorkPart() {
  const { t } = useTranslation();
  const board = useQuery({
    queryKey: keys.board,
    queryFn: ({ signal }) => api.get<WorkBoard>('/work-board', undefined, signal),
  });
  return (
    <Part title={t('dashboard.work')} more={<Link to="/prescriptions">{t('dashboard.toBoard')}</Link>}>
      {board.isPending && <LoadingRows rows={3} />}
      {board.isError && <ErrorView error={board.error} retry={() => void board.refetch()} />}
      {board.data && (
        <Standing
          lines={board.data.columns.map(({ column, count, overdue }) => ({
            id: column,
            name: t(`dashboard.column.${column}`),
            value: (
              <>
                <CountText value={count} />
                {overdue > 0 && <> · {t('dashboard.overdue', { count: overdue })}</>}
              </>
            ),
          }))}
        />
      )}
    </Part>
  );
}
