import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Paper } from '../../api/types';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ProblemAlert } from '../../ui/problem-text';
import { toastRefused } from '../../ui/toasts';
import { MOST_PAPER_BYTES, useUploadPaper } from './paper-queries';
import classes from './paper.module.css';

const TAKEN = 'image/jpeg,image/png,image/webp,application/pdf';

interface PaperIntakeProps {
  /** Where the papers go; undefined: they wait for a prescription. */
  prescriptionId?: number;
  onTaken: (paper: Paper) => void;
  /** Beside the buttons. */
  children?: ReactNode;
}

/** Takes papers in: dropped anywhere on the page, pasted, chosen, or photographed where there is a camera to hold. */
export function PaperIntake({ prescriptionId, onTaken, children }: PaperIntakeProps) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const { upload, progress } = useUploadPaper(prescriptionId);
  const [hasCamera] = useState(() => window.matchMedia('(any-pointer: coarse)').matches);

  async function take(files: readonly File[]): Promise<void> {
    for (const file of files) {
      if (file.size > MOST_PAPER_BYTES)
        toastRefused(t('paper.notUploaded'), t('paper.tooLarge', { name: file.name }));
      else if (!(await takeOne(file))) return;
    }
  }

  /** False where it was refused: why stands above the buttons, and those behind it wait for another try. */
  async function takeOne(file: File): Promise<boolean> {
    try {
      onTaken(await upload.mutateAsync(file));
      return true;
    } catch {
      return false; // shown by upload.error
    }
  }

  const isOver = useDropped((files) => void take(files));
  usePasted((files) => void take(files));

  const input = (ref: typeof chooser, capture?: 'environment') => (
    <input
      ref={ref}
      type="file"
      hidden
      multiple={capture === undefined}
      accept={capture === undefined ? TAKEN : 'image/*'}
      capture={capture}
      aria-label={t(capture === undefined ? 'paper.choose' : 'paper.photograph')}
      onChange={({ currentTarget }) => {
        void take([...(currentTarget.files ?? [])]);
        currentTarget.value = '';
      }}
    />
  );
  return (
    <Stack gap={6}>
      <ProblemAlert problem={upload.error} notSaved={t('paper.notUploaded')} />
      <Group gap="xs">
        <KeyButton
          combo="Alt+O"
          label={t('paper.choose')}
          variant="default"
          size="xs"
          loading={upload.isPending}
          onPress={() => chooser.current?.click()}
        />
        {hasCamera && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconCamera size={16} />}
            onClick={() => camera.current?.click()}
          >
            {t('paper.photograph')}
          </Button>
        )}
        {children}
      </Group>
      {upload.isPending && (
        <Progress value={progress * 100} aria-label={t('paper.uploading', { name: upload.variables.name })} />
      )}
      {input(chooser)}
      {hasCamera && input(camera, 'environment')}
      {isOver && (
        <div className={classes['drop']} aria-hidden="true">
          <Text fw={650}>{t('paper.dropHere')}</Text>
        </div>
      )}
    </Stack>
  );
}

const filesOf = (data: DataTransfer | null): File[] => [...(data?.files ?? [])];

/** Hears files dropped anywhere on the page; true while some are held over it. */
function useDropped(onFiles: (files: File[]) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const dropped = useEffectEvent(onFiles);
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setIsOver(false);
    const drop = (event: DragEvent) => {
      const files = filesOf(event.dataTransfer);
      setIsOver(false);
      if (files.length === 0) return;
      event.preventDefault();
      dropped(files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}

/** Hears files pasted anywhere on the page; text that is pasted goes where it goes. */
function usePasted(onFiles: (files: File[]) => void): void {
  const pasted = useEffectEvent(onFiles);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      pasted(files);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
}
