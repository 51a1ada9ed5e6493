import {
  IconAlertOctagon,
  IconArmchair,
  IconLock,
  IconPackage,
  IconSnowflake,
  IconStack2,
  IconUserCheck,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardCard } from '../../api/types';
import { Ltr } from '../../ui/ltr';
import { MixedText } from '../../ui/mixed-text';
import { QuantityText } from '../../ui/money-text';
import { localName } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import { cardKey, targetOf } from './board.domain';
import { Promised, useAgeText } from './board-texts';
import classes from './board.module.css';

interface CardProps {
  card: BoardCard;
  now: number;
  /** The user who looks: his cards are marked. */
  me: number;
  onFocus: () => void;
}

/** What is to be done, for whom, by when, what to look out for, and who is at it. */
export function WorkCard({ card, now, me, onFocus }: CardProps) {
  const { t, i18n } = useTranslation();
  const nameOfUnit = useUnitName();
  const ageText = useAgeText();
  const isMine = card.lease?.userId === me;
  return (
    <Link
      {...targetOf(card)}
      className={classes['card']}
      data-card={cardKey(card)}
      data-mine={isMine}
      onFocus={onFocus}
    >
      <span className={classes['line']}>
        <Ltr>{card.rxNumber}</Ltr>
        <Promised card={card} now={now} />
      </span>
      <strong className={classes['patient']}>
        <bdi>{localName({ name: card.patientName, nameAr: card.patientNameAr }, i18n.language)}</bdi>
      </strong>
      <span className={classes['drug']}>
        <MixedText text={localName({ name: card.drugName, nameAr: card.drugNameAr }, i18n.language)} />
      </span>
      <span className={classes['line']}>
        <span>
          <QuantityText value={card.quantity} /> {nameOfUnit(card.baseUnit)}
        </span>
        <span className={classes['age']}>
          <bdi>{ageText(card.since, now)}</bdi>
        </span>
      </span>
      <Flags card={card} />
      {card.lease && (
        <span className={classes['holder']}>
          <IconUserCheck size={14} aria-hidden="true" />
          <bdi>{isMine ? t('board.mine') : card.lease.userName}</bdi>
        </span>
      )}
    </Link>
  );
}

const BIN_REASONS = ['counsel', 'prior_authorisation', 'payment', 'identity', 'other'] as const;

function Flags({ card }: { card: BoardCard }) {
  const { t } = useTranslation();
  const reason = BIN_REASONS.find((one) => one === card.holdReason);
  const flags: ReactNode[] = [];
  if (card.waitingInStore)
    flags.push(<Flag key="w" tone="info" icon={<IconArmchair size={14} />} text={t('board.flag.waiting')} />);
  if (card.stops > 0)
    flags.push(
      <Flag
        key="s"
        tone="stop"
        icon={<IconAlertOctagon size={14} />}
        text={t('board.flag.stops', { count: card.stops })}
      />,
    );
  if (card.controlledSchedule !== null)
    flags.push(
      <Flag
        key="c"
        tone="warn"
        icon={<IconLock size={14} />}
        text={t('board.flag.controlled', { schedule: card.controlledSchedule })}
      />,
    );
  if (card.isColdChain)
    flags.push(<Flag key="f" tone="info" icon={<IconSnowflake size={14} />} text={t('board.flag.cold')} />);
  // What is one of its kind in a column needs no word; in the others the kind tells what to do.
  if (card.kind !== 'fill' && card.kind !== 'verify')
    flags.push(
      <Flag
        key="k"
        tone="neutral"
        icon={<IconStack2 size={14} />}
        text={reason ? t(`board.binHold.${reason}`) : t(`board.kind.${card.kind}`)}
      />,
    );
  if (card.bin !== null)
    flags.push(<Flag key="b" tone="neutral" icon={<IconPackage size={14} />} text={<Ltr>{card.bin}</Ltr>} />);
  if (flags.length === 0) return null;
  return <span className={classes['flags']}>{flags}</span>;
}

function Flag({ tone, icon, text }: { tone: string; icon: ReactNode; text: ReactNode }) {
  return (
    <span className={classes['flag']} data-tone={tone}>
      <span aria-hidden="true">{icon}</span>
      <bdi>{text}</bdi>
    </span>
  );
}
