import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem } from '../../api/problem';
import type { BoardCard, BoardColumnId } from '../../api/types';
import { announce } from '../../ui/announcer';
import { toastRefused } from '../../ui/toasts';
import { cardKey } from './board.domain';
import { useHoldStep, useLeaseStep, useMoveFill, useTakeNext } from './board-queries';
import type { Undoable } from './undo-bar';

/** What is asked about before it is done: a card put on hold or released from it, passed over, or put into another bin. */
export type Question = { kind: 'hold' | 'release' | 'skip' | 'move'; card: BoardCard };

/** What one does on the board. Each thing done can be undone for ten seconds; a refusal is said. */
export function useBoardActions(
  /** Leads to a card that was taken, or asked about. */
  onShown: (key: string) => void,
) {
  const { t } = useTranslation();
  const [question, setQuestion] = useState<Question>();
  const [done, setDone] = useState<Undoable>();
  const take = useTakeNext();
  const lease = useLeaseStep();
  const hold = useHoldStep();
  const move = useMoveFill();

  const refused = (title: string) => (problem: Problem) => toastRefused(title, problem);
  const say = (text: string, undo: () => void) =>
    setDone((before) => ({ id: (before?.id ?? 0) + 1, text, undo }));
  const step = (leaseId: number, verb: 'release' | 'resume', onSuccess?: () => void) =>
    lease.mutate({ leaseId, step: verb }, { onSuccess, onError: refused(t('board.notUndone')) });

  const takeNext = (column: BoardColumnId) =>
    take.mutate(
      { column },
      {
        onSuccess: ({ card, wasHeld }) => {
          if (!card) return announce(t('board.nothingToTake'));
          onShown(cardKey(card));
          const { lease: own, rxNumber: number } = card;
          if (own && !wasHeld) say(t('board.taken', { number }), () => step(own.leaseId, 'release'));
        },
        onError: refused(t('board.notTaken')),
      },
    );

  /** Passes over what is in hand; undone, it is in hand again and the other one is not. */
  const skip = (card: BoardCard, reason: string) => {
    const passed = card.lease?.leaseId;
    if (passed === undefined) return;
    take.mutate(
      { column: card.column, skipReason: reason },
      {
        onSuccess: ({ card: other }) => {
          setQuestion(undefined);
          if (other) onShown(cardKey(other));
          say(t('board.skipped', { number: card.rxNumber }), () => {
            step(passed, 'resume', () => onShown(cardKey(card)));
            if (other?.lease) step(other.lease.leaseId, 'release');
          });
        },
      },
    );
  };

  const giveBack = ({ lease: own, rxNumber: number }: BoardCard) => {
    if (!own) return;
    lease.mutate(
      { leaseId: own.leaseId, step: 'release' },
      {
        onSuccess: () => say(t('board.givenBack', { number }), () => step(own.leaseId, 'resume')),
        onError: refused(t('board.notGivenBack')),
      },
    );
  };

  const changeHold = (card: BoardCard, verb: 'hold' | 'release', reason: string) => {
    const { prescriptionId, rxNumber: number } = card;
    const back = verb === 'hold' ? 'release' : 'hold';
    const undo = () =>
      hold.mutate(
        { prescriptionId, verb: back, reason: t('board.undone') },
        { onError: refused(t('board.notUndone')) },
      );
    hold.mutate(
      { prescriptionId, verb, reason },
      {
        onSuccess: () => {
          setQuestion(undefined);
          onShown(cardKey(card));
          say(t(verb === 'hold' ? 'board.held' : 'board.released', { number }), undo);
        },
      },
    );
  };

  /** Into another bin; what lay in none cannot be put back by one key. */
  const moveTo = (card: BoardCard, bin: string) => {
    const { fillId, rxNumber: number, bin: before } = card;
    if (fillId === null) return;
    move.mutate(
      { fillId, bin },
      {
        onSuccess: (moved) => {
          setQuestion(undefined);
          onShown(cardKey(card));
          const text = t('board.moved', { number, bin: moved.bin ?? bin });
          if (before === null) return announce(text);
          say(text, () => move.mutate({ fillId, bin: before }, { onError: refused(t('board.notUndone')) }));
        },
      },
    );
  };

  return {
    takeNext,
    isTaking: take.isPending,
    giveBack,
    question,
    ask: setQuestion,
    /** Nothing is done after all: one is back where one was. */
    withdraw: () => {
      if (question) onShown(cardKey(question.card));
      setQuestion(undefined);
    },
    /** With the reason, or with the bin. */
    answer: (said: string) => {
      if (!question) return;
      const { kind, card } = question;
      if (kind === 'skip') skip(card, said);
      else if (kind === 'move') moveTo(card, said);
      else changeHold(card, kind, said);
    },
    problem: question && { skip: take, move, hold, release: hold }[question.kind].error,
    isAnswering: take.isPending || hold.isPending || move.isPending,
    done,
    forget: () => setDone(undefined),
  };
}
