import { Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardCard, BoardColumn, BoardColumnId, WorkBoard } from '../../api/types';
import { useSession } from '../../session/session';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Page } from '../../ui/page';
import { usePersonSearch } from '../../ui/person-search';
import { ErrorView, LoadingRows } from '../../ui/states';
import { COLUMNS, columnToTake, filterCards, nextPromised, type Step } from './board.domain';
import { WorkColumn } from './board-column';
import { MoveDialog } from './move-dialog';
import { useBoard } from './board-queries';
import { useClockText } from './board-texts';
import { UndoBar } from './undo-bar';
import { useBoardActions } from './use-board-actions';
import { useBoardFocus } from './use-board-focus';
import { useLiveBoard } from './use-live-board';
import { WhyDialog } from './why-dialog';
import classes from './board.module.css';

const route = getRouteApi('/prescriptions');

/** What is to be done in the dispensary, as it stands: F6 takes next, arrows move, Enter opens. */
export function BoardScreen() {
  const { t } = useTranslation();
  const board = useBoard();
  const { isLive, now } = useLiveBoard();
  if (!board.data)
    return (
      <Page title={t('board.title')}>
        {board.isError ? (
          <ErrorView error={board.error} retry={() => void board.refetch()} />
        ) : (
          <LoadingRows rows={8} />
        )}
      </Page>
    );
  // By the server's clock: the one of this PC may be wrong.
  const ahead = Date.parse(board.data.asOf) - board.dataUpdatedAt;
  const state = !isLive || board.isError ? 'stale' : board.isFetchedAfterMount ? 'live' : 'loading';
  return (
    <LoadedBoard board={board.data} now={now + ahead} state={state} onRefresh={() => void board.refetch()} />
  );
}

interface LoadedBoardProps {
  board: WorkBoard;
  now: number;
  /** `loading`: the last known board, until the present one is there. `stale`: nothing was heard for a while. */
  state: 'live' | 'loading' | 'stale';
  onRefresh: () => void;
}

function LoadedBoard({ board, now, state, onRefresh }: LoadedBoardProps) {
  const { t } = useTranslation();
  const { me, can } = useSession();
  const { mine } = route.useSearch();
  const q = usePersonSearch();
  const navigate = route.useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const clock = useClockText();
  const columnOf = (id: BoardColumnId): BoardColumn | undefined =>
    board.columns.find(({ column }) => column === id);
  const shownOf = (id: BoardColumnId): BoardCard[] =>
    filterCards(columnOf(id)?.cards ?? [], { q, mine: mine ? me.userId : undefined });
  const shown: Record<BoardColumnId, BoardCard[]> = {
    entry: shownOf('entry'),
    fill: shownOf('fill'),
    verify: shownOf('verify'),
    ready: shownOf('ready'),
    problem: shownOf('problem'),
  };
  const focus = useBoardFocus(frame, shown);
  const actions = useBoardActions(focus.focusCard);
  const from = columnToTake(board.columns, focus.current, can);
  const inHand = board.columns
    .flatMap(({ cards }) => cards)
    .find(({ lease, column }) => lease?.userId === me.userId && column === (focus.current ?? from));
  const meant = focus.focused ?? inHand;
  const own = meant?.lease?.userId === me.userId ? meant : inHand;
  const isHeld = meant?.kind === 'on_hold';
  const next = nextPromised(board);
  const isMovable = meant?.kind === 'pick_up' || meant?.kind === 'bin_hold';

  const { forget } = actions;
  const onGone = useCallback(() => forget(), [forget]);
  const arrow = (combo: string, step: Step) => ({
    combo,
    label: t(`board.move.${step}`),
    run: () => focus.move(step),
    whileTyping: false,
  });
  useKeys([
    arrow('ArrowDown', 'down'),
    arrow('ArrowUp', 'up'),
    arrow('ArrowLeft', 'left'),
    arrow('ArrowRight', 'right'),
    ...COLUMNS.map((column, index) => ({
      combo: String(index + 1),
      label: t('board.toColumn', { column: t(`board.column.${column}`) }),
      run: () => focus.focusColumn(column),
    })),
  ]);

  return (
    <Page
      title={t('board.title')}
      actions={
        <Group gap="xs" wrap="nowrap">
          <KeyButton
            combo="A"
            label={t('board.all')}
            variant="subtle"
            onPress={() => void navigate({ to: '/prescriptions/all' })}
          />
          {can('WritePrescription') && (
            <KeyButton
              combo="F7"
              label={t(isHeld ? 'board.releaseHold' : 'board.hold')}
              variant="default"
              disabled={!meant || !(isHeld || meant.isHoldable)}
              onPress={() => meant && actions.ask({ kind: isHeld ? 'release' : 'hold', card: meant })}
            />
          )}
          {can('WritePrescription') && (
            <KeyButton
              combo="F9"
              label={t('prescriptions.new')}
              variant="default"
              onPress={() => void navigate({ to: '/prescriptions/new' })}
            />
          )}
          <KeyButton
            combo="F6"
            label={from ? t('board.takeFrom', { column: t(`board.column.${from}`) }) : t('board.take')}
            disabled={from === undefined}
            loading={actions.isTaking}
            onPress={() => from && actions.takeNext(from)}
          />
        </Group>
      }
    >
      <div className={classes['bar']}>
        <BoardFilter
          value={q}
          onFilter={(text) => void navigate({ search: true, state: { q: text }, replace: true })}
        />
        <KeyButton
          combo="M"
          label={t('board.onlyMine')}
          variant={mine ? 'filled' : 'default'}
          aria-pressed={mine === true}
          onPress={() =>
            void navigate({ search: { mine: mine ? undefined : true }, state: true, replace: true })
          }
        />
        <Group gap="xs" ms="auto" wrap="nowrap">
          {meant && isMovable && can('DispensePrescription') && (
            <KeyButton
              combo="P"
              label={t('board.otherBin')}
              variant="default"
              onPress={() => actions.ask({ kind: 'move', card: meant })}
            />
          )}
          {own && (
            <>
              <KeyButton
                combo="S"
                label={t('board.skip')}
                variant="default"
                onPress={() => actions.ask({ kind: 'skip', card: own })}
              />
              <KeyButton
                combo="B"
                label={t('board.giveBack')}
                variant="default"
                onPress={() => actions.giveBack(own)}
              />
            </>
          )}
        </Group>
      </div>
      {state !== 'live' && (
        <div className={classes['strip']} role="status">
          <span>
            {t(state === 'stale' ? 'board.notLive' : 'board.lastKnown', { time: clock(board.asOf) })}
          </span>
          <KeyButton combo="R" label={t('board.refresh')} size="xs" variant="default" onPress={onRefresh} />
        </div>
      )}
      <div className={classes['board']} ref={frame}>
        {COLUMNS.map((id, index) => {
          const column = columnOf(id);
          return (
            column && (
              <WorkColumn
                key={id}
                column={column}
                cards={shown[id]}
                combo={String(index + 1)}
                now={now}
                me={me.userId}
                next={next}
                isCurrent={focus.current === id}
                onFocus={(card) => focus.note(id, card)}
              />
            )
          );
        })}
      </div>
      {actions.question?.kind === 'move' && (
        <MoveDialog
          card={actions.question.card}
          problem={actions.problem}
          isPending={actions.isAnswering}
          onSubmit={actions.answer}
          onClose={actions.withdraw}
        />
      )}
      {actions.question && actions.question.kind !== 'move' && (
        <WhyDialog
          title={t(`board.ask.${actions.question.kind}`, { number: actions.question.card.rxNumber })}
          submit={t(`board.askSubmit.${actions.question.kind}`)}
          isRequired={actions.question.kind !== 'release'}
          problem={actions.problem}
          isPending={actions.isAnswering}
          onSubmit={actions.answer}
          onClose={actions.withdraw}
        />
      )}
      {actions.done && <UndoBar done={actions.done} onGone={onGone} />}
    </Page>
  );
}

interface BoardFilterProps {
  value: string | undefined;
  onFilter: (text: string | undefined) => void;
}

/** Narrows what is shown; Escape or an empty field shows everything. */
function BoardFilter({ value, onFilter }: BoardFilterProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  // The address follows a moment later: what is typed must not wait for it.
  const [text, setText] = useState(value ?? '');
  const narrow = (typed: string) => {
    setText(typed);
    onFilter(typed || undefined);
  };
  useKeys([{ combo: '/', label: t('board.toFilter'), run: () => field.current?.select() }]);
  return (
    <TextInput
      ref={field}
      className={classes['filter']}
      type="search"
      aria-label={t('board.filter')}
      placeholder={t('board.filter')}
      leftSection={<IconSearch size={16} />}
      rightSection={<Keys combo="/" />}
      value={text}
      onChange={(event) => narrow(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        narrow('');
        event.currentTarget.blur();
      }}
    />
  );
}
