import { Fragment, type ReactNode } from 'react';
import { directionRuns } from './mixed-text.domain';
import classes from './mixed-text.module.css';

interface MixedTextProps {
  text: string;
  /** How a stretch of the text is drawn, from its place in the whole; as it is when left out. */
  render?: (piece: string, start: number) => ReactNode;
}

/** A text in any script, in its own direction; strengths, numbers and Latin words in Arabic stay readable. */
export function MixedText({ text, render = (piece) => piece }: MixedTextProps) {
  const runs = directionRuns(text);
  return (
    <bdi dir="auto">
      {runs.map((run, at) => {
        if (run.isLtr) {
          return (
            <bdi key={run.start} dir="ltr">
              {render(run.text, run.start)}
            </bdi>
          );
        }
        const isBetween = run.text.trim() === '' && runs[at - 1]?.isLtr && runs[at + 1]?.isLtr;
        return isBetween ? (
          <span key={run.start} className={classes['between']}>
            {run.text}
          </span>
        ) : (
          <Fragment key={run.start}>{render(run.text, run.start)}</Fragment>
        );
      })}
    </bdi>
  );
}
