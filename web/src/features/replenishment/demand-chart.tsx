import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProductDemand } from '../../api/types';
import { QuantityIn } from '../shared/unit-text';
import { shapeOf } from './demand-chart.domain';
import classes from './replenishment.module.css';

const WIDTH = 320;
const HEIGHT = 92;

/** Weeks of demand: what was sold, what would have been with stock, and what is expected. Time goes from left to right in every language. */
export function DemandChart({ demand }: { demand: ProductDemand }) {
  const { t } = useTranslation();
  const { bars, line, area, today, top } = shapeOf(
    demand.past.map((week) => ({ value: Number(week.used), corrected: Number(week.corrected) })),
    demand.ahead.map((week) => ({ value: Number(week.expected), deviation: Number(week.deviation) })),
    WIDTH,
    HEIGHT,
  );
  return (
    <figure className={classes['figure']} dir="ltr">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className={classes['chart']}
        role="img"
        aria-label={t('replenishment.chart')}
      >
        {bars.map(({ x, width, sold, missed }) => (
          <g key={x}>
            <rect x={x} y={HEIGHT - sold} width={width} height={sold} className={classes['sold']} />
            <rect
              x={x}
              y={HEIGHT - sold - missed}
              width={width}
              height={missed}
              className={classes['missed']}
            />
          </g>
        ))}
        <path d={area} className={classes['area']} />
        <path d={line} className={classes['line']} />
        <line x1={today} x2={today} y1={0} y2={HEIGHT} className={classes['today']} />
      </svg>
      <Text component="figcaption" size="xs" c="dimmed" dir="auto">
        {t('replenishment.chartTop')} <QuantityIn value={top.toFixed(0)} unit={demand.baseUnit} /> ·{' '}
        <span className={classes['keySold']} /> {t('replenishment.sold')} ·{' '}
        <span className={classes['keyMissed']} /> {t('replenishment.missed')} ·{' '}
        <span className={classes['keyLine']} /> {t('replenishment.expected')}
      </Text>
    </figure>
  );
}
