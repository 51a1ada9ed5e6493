import { IconClockExclamation, IconClockHour4, IconClockPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BoardCard } from '../../api/types';
import { StatusBadge } from '../../ui/status-badge';
import { ageOf, standingOf } from './board.domain';

const localeOf = (language: string): string =>
  `${language === 'en' ? 'en-GB' : language}-u-nu-latn-ca-gregory`;

/** "14:20" today, "Tue 14:20" on another day; Latin digits in every language. */
export function useClockText(): (instant: string) => string {
  const { i18n } = useTranslation();
  return (instant) => {
    const moment = new Date(instant);
    const isToday = moment.toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(localeOf(i18n.language), {
      ...(isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }).format(moment);
  };
}

/** "12 min", "3 hr", "2 days", as the language writes it. */
export function useSpanText(): (value: number, unit: 'minute' | 'hour' | 'day') => string {
  const { i18n } = useTranslation();
  return (value, unit) =>
    new Intl.NumberFormat(localeOf(i18n.language), { style: 'unit', unit, unitDisplay: 'short' }).format(
      value,
    );
}

/** How long something has lain. */
export function useAgeText(): (since: string, now: number) => string {
  const span = useSpanText();
  return (since, now) => {
    const { value, unit } = ageOf(since, now);
    return span(value, unit);
  };
}

const ICONS = { late: IconClockExclamation, soon: IconClockPlay, later: IconClockHour4 } as const;
const TONES = { late: 'stop', soon: 'warn', later: 'neutral' } as const;

/** By when it is promised, and how that stands: in colour, with an icon and in words. */
export function Promised({ card, now }: { card: Pick<BoardCard, 'promisedAt'>; now: number }) {
  const { t } = useTranslation();
  const clock = useClockText();
  const ageText = useAgeText();
  const { promisedAt } = card;
  if (promisedAt === null) return null;
  const { kind } = standingOf(promisedAt, now);
  const time = clock(promisedAt);
  return (
    <StatusBadge tone={TONES[kind]} icon={ICONS[kind]}>
      <bdi>
        {kind === 'late'
          ? t('board.late', { span: ageText(promisedAt, now) })
          : t(`board.promised.${kind}`, { time })}
      </bdi>
    </StatusBadge>
  );
}
