import { useTranslation } from 'react-i18next';
import { ChangeText, FigureText } from '../sales-reports/figure-text';
import { type Figure, figureOf } from '../sales-reports/reports';
import type { Report } from '../sales-reports/use-report';
import { beforeBy } from './hours.domain';
import classes from './dashboard.module.css';

const TILES = [
  { id: 'total', kind: 'money' },
  { id: 'margin', kind: 'money' },
  { id: 'sales', kind: 'count' },
  { id: 'average', kind: 'money' },
  { id: 'returned', kind: 'money', isWorse: true },
] as const satisfies readonly (Figure & { isWorse?: boolean })[];

/** The figures of today, each beside those of last week by this hour. */
export function TodayTiles({ report: { totals, data } }: { report: Report }) {
  const { t } = useTranslation();
  const before = beforeBy(data, new Date().getHours());
  return (
    <dl className={classes['tiles']} aria-label={t('dashboard.today')}>
      {TILES.map((tile) => (
        <div key={tile.id} className={classes['tile']}>
          <dt>{t(`dashboard.tile.${tile.id}`)}</dt>
          <dd>
            <span className={classes['big']}>
              <FigureText figure={tile} of={totals} />
            </span>
            {before && (
              <span className={classes['small']}>
                {t('dashboard.lastWeekByNow')} <FigureText figure={tile} of={before} />
                {Number(figureOf(before, tile.id)) > 0 && (
                  <>
                    {' '}
                    <ChangeText
                      value={Number(figureOf(totals, tile.id))}
                      before={Number(figureOf(before, tile.id))}
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
