import { Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './sales-reports.module.css';

/** Reports that have screens of their own. */
const OTHERS = [
  { to: '/dashboard', text: 'nav.dashboard' },
  { to: '/inventory/reports', text: 'nav.stockReports' },
  { to: '/reports/overrides', text: 'nav.overrides' },
  { to: '/controlled', text: 'nav.controlled' },
  { to: '/near-misses', text: 'nav.nearMisses' },
] as const;

/** The way to reports of stock, overrides, controlled medicines and near misses. */
export function OtherReports() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('salesReports.others')} className={classes['links']}>
      <Text span c="dimmed">
        {t('salesReports.others')}
      </Text>
      {OTHERS.map(({ to, text }) => (
        <Link key={to} to={to}>
          {t(text)}
        </Link>
      ))}
    </nav>
  );
}
