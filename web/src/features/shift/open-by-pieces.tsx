import { Group, Stack } from '@mantine/core';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { useOpenShiftMutation } from '../till/till-queries';
import { type PiecesTyped, piecesOf } from './pieces.domain';
import { PiecesFields } from './pieces-fields';
import { useDenominations } from './shift-queries';

/** Opens a shift with a float that is counted by notes and coins. */
export function OpenByPieces() {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<PiecesTyped>({});
  const denominations = useDenominations();
  const open = useOpenShiftMutation();
  if (denominations.isPending) return <LoadingRows rows={8} />;
  if (denominations.isError)
    return <ErrorView error={denominations.error} retry={() => void denominations.refetch()} />;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    open.mutate({ pieces: piecesOf(typed) });
  }

  return (
    <Card label={t('till.openShift')}>
      <form ref={form} onSubmit={onSubmit}>
        <Stack gap="sm" maw={480}>
          <ProblemAlert problem={open.error} notSaved={t('till.shiftNotOpened')} />
          <PiecesFields denominations={denominations.data.data} typed={typed} onChange={setTyped} />
          <Group justify="flex-end">
            <KeyButton
              combo="F4"
              label={t('till.openShift')}
              loading={open.isPending}
              onPress={() => form.current?.requestSubmit()}
            />
          </Group>
        </Stack>
      </form>
    </Card>
  );
}
