import { useTranslation } from 'react-i18next';
import { ChangeText, FigureText } from '../sales-reports/figure-text';
import { type Figure, figureOf } from '../sales-reports/reports';
import type { Report } from '../sales-reports/use-report';
import classes from './dashboard.module.css';

const TILES = [
  { id: 'total', kind: 'money' },
  { id: 'margin', kind: 'money' },
  { id: 'sales', kind: 'count' },
  { id: 'average', kind: 'money' },
  { id: 'returned', kind: 'money', isWorse: true },
] as const satisfies readonly (Figure & { isWorse?: boolean })[];

/** The figures of today, each beside last week's. */
export function TodayTiles({ report: { totals, comparedTotals } }: { report: Report }) {
  const { t } = useTranslation();
  return (
    <dl className={classes['tiles']} aria-label={t('dashboard.today')}>
      {TILES.map((tile) => (
        <div key={tile.id} className={classes['tile']}>
          <dt>{t(`dashboard.tile.${tile.id}`)}</dt>
          <dd>
            <span className={classes['big']}>
              <FigureText figure={tile} of={totals} />
            </span>
            {comparedTotals && (
              <span className={classes['small']}>
                {t('dashboard.lastWeek')} <FigureText figure={tile} of={comparedTotals} />
                {Number(figureOf(comparedTotals, tile.id)) > 0 && (
                  <>
                    {' '}
                    <ChangeText
                      value={Number(figureOf(totals, tile.id))}
                      before={Number(figureOf(comparedTotals, tile.id))}
                      isWorse={'isWorse' in tile}
                    />
                  </>
                )}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
