import type { ReactNode } from 'react';
import classes from './notice.module.css';
import { type Tone, toneIcons } from './status-badge';

interface NoticeProps {
  tone: Tone;
  title: string;
  /** `alert` is spoken at once, `status` when there is a pause. */
  role?: 'alert' | 'status';
  children?: ReactNode;
}

/** Something to know before going on, in the colours of its tone (the kit's own yellow is too pale to read). */
export function Notice({ tone, title, role = 'status', children }: NoticeProps) {
  const Icon = toneIcons[tone];
  return (
    <div role={role} className={classes['notice']} data-tone={tone}>
      <Icon size={18} aria-hidden="true" />
      <div>
        <p className={classes['title']}>{title}</p>
        {children}
      </div>
    </div>
  );
}
