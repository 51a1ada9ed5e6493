import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import type { Bin, BoardCard } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { Ltr } from '../../ui/ltr';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { useBins } from './board-queries';

interface MoveDialogProps {
  card: BoardCard;
  problem: Problem | null | undefined;
  isPending: boolean;
  onSubmit: (bin: string) => void;
  onClose: () => void;
}

/** Another bin for what waits, typed, scanned or chosen from the branch's list, where each says why it holds back. */
export function MoveDialog({ card, problem, isPending, onSubmit, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const bins = useBins();
  const [bin, setBin] = useState('');
  const others = bins.data?.data.filter(({ active, code }) => active && code !== card.bin) ?? [];
  const meant = others.find(({ code }) => code === bin.trim().toUpperCase());
  const reasonText = ({ holdReason }: Bin): string =>
    holdReason === null ? '' : t(`willCall.holdReason.${holdReason}`);
  function send(event: FormEvent): void {
    event.preventDefault();
    onSubmit(bin.trim());
  }
  return (
    <Dialog opened onClose={onClose} title={t('board.moveTitle', { number: card.rxNumber })}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <ProblemAlert problem={problem} notSaved={t('station.unchanged')} />
          <TextInput
            label={t('board.toBin')}
            description={
              meant?.holdReason ? t('board.holdsBack', { why: reasonText(meant) }) : t('board.toBinHint')
            }
            required
            dir="ltr"
            maxLength={40}
            value={bin}
            onChange={(event) => setBin(event.currentTarget.value)}
            data-autofocus
          />
          {bins.isPending && <LoadingRows rows={1} />}
          {bins.isError && <ErrorView error={bins.error} retry={() => void bins.refetch()} />}
          <Group gap="xs">
            {others.map((one) => (
              <Button
                key={one.binId}
                variant={one === meant ? 'light' : 'default'}
                size="xs"
                aria-pressed={one === meant}
                title={one.note ?? undefined}
                onClick={() => setBin(one.code)}
              >
                <Ltr>{one.code}</Ltr>
                {one.holdReason !== null && <>&nbsp;· {reasonText(one)}</>}
              </Button>
            ))}
          </Group>
          <FormFoot isSaving={isPending} onCancel={onClose} saveLabel={t('board.moveIt')} />
        </Stack>
      </form>
    </Dialog>
  );
}
