import { useState } from 'react';
import type { Problem } from '../../api/problem';
import { asProblem } from '../../api/problem';
import type { DispenseFill, Fill, WillCallRow } from '../../api/types';
import { useFillStep } from '../prescriptions/prescription-queries';

/** How far a hand-over of several bags has come. */
export interface HandedOver {
  readonly done: readonly Fill[];
  /** The bag that was refused, and why; those after it were not tried. */
  readonly refused?: { readonly row: WillCallRow; readonly problem: Problem };
}

/** Hands bags over one after the other, each by itself; the first refusal ends it, and what was given before stays given. */
export function useHandOver() {
  const step = useFillStep();
  const [state, setState] = useState<HandedOver>({ done: [] });
  const [isBusy, setIsBusy] = useState(false);

  /** Answers all that has been handed over on this screen with what was `given` before; undefined when one was refused. */
  async function run(
    rows: readonly WillCallRow[],
    pickUp: NonNullable<DispenseFill['pickUp']>,
    given: readonly Fill[] = state.done,
  ): Promise<readonly Fill[] | undefined> {
    setIsBusy(true);
    const done = [...given];
    const isGiven = ({ fillId }: WillCallRow) => given.some((fill) => fill.fillId === fillId);
    try {
      for (const row of rows.filter((one) => !isGiven(one))) {
        try {
          done.push(
            await step.mutateAsync({
              fillId: row.fillId,
              step: 'dispense',
              answers: { overrides: [], pickUp },
            }),
          );
        } catch (error) {
          setState({ done, refused: { row, problem: asProblem(error) } });
          return undefined;
        }
      }
      setState({ done });
      return done;
    } finally {
      setIsBusy(false);
    }
  }

  /** A bag that was refused has been handed over by another way. */
  const settle = (fill: Fill): readonly Fill[] => {
    const done = [...state.done, fill];
    setState({ done });
    return done;
  };

  return { ...state, run, settle, isBusy, forget: () => setState({ done: state.done }) };
}
