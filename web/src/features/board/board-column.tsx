import { useTranslation } from 'react-i18next';
import type { BoardCard, BoardColumn } from '../../api/types';
import { ariaKeys, Keys } from '../../ui/hotkeys/hotkeys';
import { cardKey } from './board.domain';
import { WorkCard } from './board-card';
import { useAgeText, useClockText } from './board-texts';
import classes from './board.module.css';

interface ColumnProps {
  column: BoardColumn;
  /** The cards a filter left. */
  cards: readonly BoardCard[];
  combo: string;
  now: number;
  me: number;
  /** The next time promised anywhere on the board. */
  next: string | undefined;
  isCurrent: boolean;
  /** A card, or else the head of the column, has the focus. */
  onFocus: (card?: BoardCard) => void;
}

/** A station: how much lies there, how old, how late, and the most urgent cards of it. */
export function WorkColumn({ column, cards, combo, now, me, next, isCurrent, onFocus }: ColumnProps) {
  const { t } = useTranslation();
  const ageText = useAgeText();
  const clock = useClockText();
  const title = t(`board.column.${column.column}`);
  const hidden = column.count - column.cards.length;
  return (
    <section
      className={classes['column']}
      aria-label={title}
      data-column={column.column}
      data-current={isCurrent}
    >
      <header className={classes['columnHead']}>
        <h2
          tabIndex={-1}
          className={classes['columnTitle']}
          aria-keyshortcuts={ariaKeys(combo)}
          onFocus={() => onFocus()}
        >
          <Keys combo={combo} />
          <span>{title}</span>
          <span className={classes['count']}>{column.count}</span>
        </h2>
        <p className={classes['facts']}>
          {column.overdue > 0 && (
            <span className={classes['late']}>{t('board.overdue', { count: column.overdue })}</span>
          )}
          {column.oldestSince !== null && (
            <span>{t('board.oldest', { age: ageText(column.oldestSince, now) })}</span>
          )}
        </p>
      </header>
      {cards.length === 0 ? (
        <p className={classes['clear']}>
          {column.count > 0
            ? t('board.nothingLeft')
            : next === undefined
              ? t('board.clear')
              : t('board.clearNext', { time: clock(next) })}
        </p>
      ) : (
        <ul className={classes['cards']}>
          {cards.map((card) => (
            <li key={cardKey(card)}>
              <WorkCard card={card} now={now} me={me} onFocus={() => onFocus(card)} />
            </li>
          ))}
        </ul>
      )}
      {hidden > 0 && <p className={classes['more']}>{t('board.more', { count: hidden })}</p>}
    </section>
  );
}
