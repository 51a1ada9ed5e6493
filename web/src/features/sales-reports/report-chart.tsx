import '@mantine/core/styles/ColorSwatch.css';
import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useTranslation } from 'react-i18next';
import classes from './sales-reports.module.css';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly before?: number | undefined;
}

interface ReportChartProps {
  /** What is drawn, for who cannot see it; the same figures stand in a table beside it. */
  label: string;
  bars: readonly Bar[];
  /** Names of the period and of the one it is compared with. */
  series: { value: string; before: string };
  height?: number;
}

/** Bars of a figure, those of the period compared with beside them; from the right where one reads from there. */
export function ReportChart({ label, bars, series, height = 240 }: ReportChartProps) {
  const { i18n } = useTranslation();
  const isRtl = i18n.dir() === 'rtl';
  const number = new Intl.NumberFormat(`${i18n.language}-u-nu-latn`, { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const isCompared = bars.some(({ before }) => before !== undefined);
  return (
    <div className={classes['chart']} role="img" aria-label={label}>
      <div aria-hidden="true" dir="ltr">
        <BarChart
          h={height}
          data={bars.map((bar) => ({ ...bar }))}
          dataKey="label"
          series={[
            ...(isCompared ? [{ name: 'before', label: series.before, color: 'var(--m-muted)' }] : []),
            { name: 'value', label: series.value, color: 'var(--m-focus)' },
          ]}
          withLegend={isCompared}
          accessibilityLayer={false}
          tickLine="none"
          textColor="var(--m-muted)"
          gridColor="var(--m-line)"
          maxBarWidth={40}
          valueFormatter={(value) => number.format(value)}
          barProps={{ isAnimationActive: false }}
          xAxisProps={{ reversed: isRtl, interval: 'preserveStartEnd', minTickGap: 12 }}
          yAxisProps={{
            orientation: isRtl ? 'right' : 'left',
            width: 56,
            tickFormatter: (value: number) => short.format(value),
          }}
        />
      </div>
    </div>
  );
}
