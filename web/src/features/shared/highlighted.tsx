import type { DrugHit } from '../../api/types';
import { MixedText } from '../../ui/mixed-text';

type Highlight = DrugHit['match']['highlights'][number];

/** A text cut where the words of the query stand in it; ranges may touch or overlap. */
function cut(text: string, ranges: readonly Pick<Highlight, 'start' | 'end'>[]): [string, boolean][] {
  const pieces: [string, boolean][] = [];
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= at || start >= text.length) continue;
    if (start > at) pieces.push([text.slice(at, start), false]);
    pieces.push([text.slice(Math.max(start, at), end), true]);
    at = end;
  }
  if (at < text.length) pieces.push([text.slice(at), false]);
  return pieces;
}

interface HighlightedProps {
  text: string;
  highlights: readonly Highlight[];
  /** Which of the highlighted fields `text` is. */
  field: Highlight['field'];
}

/** A text of a search hit with the words of the query marked. */
export function Highlighted({ text, highlights, field }: HighlightedProps) {
  const own = highlights.filter((one) => one.field === field && one.text === text);
  return (
    <MixedText
      text={text}
      render={(piece, from) =>
        cut(
          piece,
          own.map(({ start, end }) => ({ start: start - from, end: end - from })),
        ).map(([part, isMarked], index) =>
          isMarked ? <mark key={index}>{part}</mark> : <span key={index}>{part}</span>,
        )
      }
    />
  );
}
