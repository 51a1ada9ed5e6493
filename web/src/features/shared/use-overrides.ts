import { useState } from 'react';
import { api } from '../../api/client';
import { asProblem, type Problem } from '../../api/problem';
import type { GivenOverride, KeptAlert, OverrideReason, StepUpConfirmation } from '../../api/types';
import { isReasoned } from './override.domain';

/** An override as far as it has been written. */
interface OverrideDraft {
  readonly reason: OverrideReason | '';
  readonly note: string;
}

const NOTHING: OverrideDraft = { reason: '', note: '' };

/** What a command says in spite of its stops. */
export interface StopAnswers {
  readonly overrides: GivenOverride[];
  /** Confirmation by password; only where a contraindicated finding is overridden. */
  readonly stepUp?: string;
}

/** Answers to stops while they are being given, see `useOverrides`. */
export type Overrides = ReturnType<typeof useOverrides>;

/**
 * Collects an override for each of `stops` and, where one is contraindicated, the password. A confirmation is kept until the
 * command went through or an answer changed, so that a repeat after a lost answer is the same request.
 */
export function useOverrides(stops: readonly KeptAlert[]) {
  const [drafts, setDrafts] = useState<ReadonlyMap<number, OverrideDraft>>(new Map());
  const [password, setPassword] = useState('');
  const [confirmation, setConfirmation] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [isConfirming, setIsConfirming] = useState(false);
  const overrides = stops.flatMap(({ alertId }) => {
    const { reason, note } = drafts.get(alertId) ?? NOTHING;
    return reason !== '' && isReasoned(note) ? [{ alertId, reason, note: note.trim() }] : [];
  });
  const openCount = stops.length - overrides.length;
  const asksPassword = stops.some((alert) => alert.severity === 'contraindicated');
  const isConfirmed = confirmation !== undefined;

  function change(alertId: number, part: Partial<OverrideDraft>): void {
    setDrafts((before) => new Map(before).set(alertId, { ...(before.get(alertId) ?? NOTHING), ...part }));
    setConfirmation(undefined);
  }

  /** The answers to send, after the password was found right; undefined when it was not, which `problem` tells. */
  async function confirm(): Promise<StopAnswers | undefined> {
    if (!asksPassword) return { overrides };
    if (confirmation !== undefined) return { overrides, stepUp: confirmation };
    setIsConfirming(true);
    setProblem(undefined);
    try {
      const { token } = await api.post<StepUpConfirmation>('/auth/step-up', { password });
      setConfirmation(token);
      return { overrides, stepUp: token };
    } catch (error) {
      setProblem(asProblem(error));
      return undefined;
    } finally {
      setPassword('');
      setIsConfirming(false);
    }
  }

  /** To be told of a refused command: a confirmation that was not accepted is not sent again. */
  function refused(refusal: Problem): void {
    if (refusal.code !== 'step-up-required') return;
    setConfirmation(undefined);
    setProblem(refusal);
  }

  return {
    draftOf: (alertId: number): OverrideDraft => drafts.get(alertId) ?? NOTHING,
    change,
    password,
    setPassword,
    problem,
    asksPassword,
    isConfirmed,
    isConfirming,
    openCount,
    isReady: openCount === 0 && (!asksPassword || isConfirmed || password !== ''),
    confirm,
    refused,
  };
}
