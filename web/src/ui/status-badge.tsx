import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconHandStop,
  IconInfoCircle,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status-badge.module.css';

/** How a status feels; each has its own icon, so that colour never stands alone. */
export type Tone = 'ok' | 'info' | 'warn' | 'stop' | 'neutral';

/** The icon of each tone. */
export const toneIcons: Record<Tone, TablerIcon> = {
  ok: IconCircleCheck,
  info: IconInfoCircle,
  warn: IconAlertTriangle,
  stop: IconHandStop,
  neutral: IconCircleDashed,
};

interface StatusBadgeProps {
  tone: Tone;
  children: ReactNode;
  icon?: TablerIcon;
}

/** Status as icon + word + colour. */
export function StatusBadge({ tone, children, icon }: StatusBadgeProps) {
  const Icon = icon ?? toneIcons[tone];
  return (
    <span className={`${classes['badge']} ${classes[tone]}`}>
      <Icon size={14} stroke={2.2} aria-hidden="true" />
      {children}
    </span>
  );
}
