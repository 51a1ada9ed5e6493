import { type RefObject, useEffect, useRef, useState } from 'react';
import type { BoardCard, BoardColumnId } from '../../api/types';
import { cardKey, COLUMNS, type Place, type Step, stepFrom } from './board.domain';

/** A card that is moved appears in another column a moment after it was shown in its old one, ms. */
const SETTLES_MS = 1_500;

type Shown = Readonly<Record<BoardColumnId, readonly BoardCard[]>>;

/** Where one is on the board, and how the keys move it. Cards come and go under it: the place stays. */
export function useBoardFocus(board: RefObject<HTMLElement | null>, shown: Shown) {
  const [current, setCurrent] = useState<BoardColumnId>();
  const [key, setKey] = useState<string>();
  const place = useRef<Place>(undefined);
  const wanted = useRef<{ name: string; isReached: boolean; until: number }>(undefined);
  const all = COLUMNS.flatMap((column) => shown[column]);
  const focused = all.find((card) => cardKey(card) === key);

  const elementOf = (name: string) =>
    board.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(name)}"]`) ?? undefined;

  // A card that was taken or moved is focused as soon as it is shown, and again where it then goes to another column.
  useEffect(() => {
    const want = wanted.current;
    const element = want && elementOf(want.name);
    if (!element) return;
    if (!want.isReached || document.activeElement === document.body) element.focus();
    want.isReached = true;
    if (want.until < performance.now()) wanted.current = undefined;
  });

  function focusPlace(next: Place | undefined): void {
    const column = next && COLUMNS[next.column];
    const card = column && shown[column][next.row];
    if (card) elementOf(cardKey(card))?.focus();
  }

  return {
    focused,
    current,
    /** Notes the card, or the head of a column, that has the focus. */
    note: (column: BoardColumnId, card?: BoardCard) => {
      setCurrent(column);
      setKey(card && cardKey(card));
      if (card && cardKey(card) !== wanted.current?.name) wanted.current = undefined;
      const row = card ? shown[column].indexOf(card) : -1;
      if (row >= 0) place.current = { column: COLUMNS.indexOf(column), row };
    },
    focusCard: (name: string) => {
      wanted.current = { name, isReached: false, until: performance.now() + SETTLES_MS };
      elementOf(name)?.focus();
    },
    focusColumn: (column: BoardColumnId) => {
      const section = board.current?.querySelector(`[data-column="${column}"]`);
      section?.querySelector<HTMLElement>('[data-card], h2')?.focus();
      const [first] = shown[column];
      if (first) elementOf(cardKey(first))?.focus();
    },
    move: (step: Step) => {
      const heights = COLUMNS.map((column) => shown[column].length);
      const isRtl = document.documentElement.dir === 'rtl';
      const isOnCard = document.activeElement?.matches('[data-card]') ?? false;
      const from = place.current;
      if (isOnCard || !from) return focusPlace(stepFrom(from, step, heights, isRtl));
      // What one stood on is gone: the card in its place comes first.
      const height = heights[from.column] ?? 0;
      focusPlace(
        height > 0
          ? { column: from.column, row: Math.min(from.row, height - 1) }
          : stepFrom(undefined, step, heights, isRtl),
      );
    },
  };
}
