import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportNearMiss } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Keys, useKeys } from '../../ui/hotkeys/hotkeys';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import classes from './controlled.module.css';
import { useReportNearMiss } from './near-miss-queries';
import { digitOf, KINDS, STAGES } from './near-miss-texts';

interface NearMissDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Reports an error that was caught: a digit for what, a digit for where, Enter. */
export function NearMissDialog({ opened, onClose }: NearMissDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('nearMiss.report')}>
      {opened && <NearMissForm onClose={onClose} />}
    </Dialog>
  );
}

function NearMissForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ReportNearMiss['kind']>();
  const [stage, setStage] = useState<ReportNearMiss['stage']>();
  const [description, setDescription] = useState('');
  const start = useRef<HTMLDivElement>(null);
  const report = useReportNearMiss(() => {
    toastDone(t('nearMiss.thanks'));
    onClose();
  });
  const isReady = kind !== undefined && stage !== undefined;
  // Not in the text field: there a digit is a digit.
  useEffect(() => start.current?.focus(), []);

  function submit(): void {
    if (!isReady || report.isPending) return;
    const words = description.trim();
    report.mutate({ kind, stage, ...(words === '' ? {} : { description: words }) });
  }
  function choose(place: number): void {
    const [what, where] = [KINDS[place], STAGES[place]];
    if (kind === undefined) {
      if (what !== undefined) setKind(what);
    } else if (where !== undefined) setStage(where);
  }

  useKeys([
    ...KINDS.map((_, place) => ({
      combo: digitOf(place),
      label: place === 0 ? t('nearMiss.digits') : '',
      run: () => choose(place),
    })),
    { combo: 'Enter', label: t('nearMiss.submit'), run: submit, whileTyping: true },
    {
      combo: 'Backspace',
      label: t('nearMiss.back'),
      run: () => (stage === undefined ? setKind(undefined) : setStage(undefined)),
      whileTyping: false,
    },
  ]);

  return (
    <div
      ref={start}
      tabIndex={-1}
      data-autofocus
      aria-label={t('nearMiss.report')}
      style={{ outline: 'none' }}
    >
      <Stack gap="sm">
        <ProblemAlert problem={report.error} notSaved={t('nearMiss.notSaved')} />
        <Choices
          label={t('nearMiss.what')}
          options={KINDS}
          chosen={kind}
          text={(one) => t(`nearMiss.kind.${one}`)}
          showsKeys={kind === undefined}
          onChoose={setKind}
        />
        <Choices
          label={t('nearMiss.where')}
          options={STAGES}
          chosen={stage}
          text={(one) => t(`nearMiss.stage.${one}`)}
          showsKeys={kind !== undefined}
          onChoose={setStage}
        />
        <TextInput
          label={t('nearMiss.description')}
          description={t('nearMiss.anonymous')}
          maxLength={2000}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <Group justify="space-between">
          <Text size="sm" c="dimmed" role="status">
            {isReady ? t('nearMiss.ready') : kind === undefined ? t('nearMiss.first') : t('nearMiss.second')}
          </Text>
          <KeyButton
            combo="F9"
            label={t('nearMiss.submit')}
            disabled={!isReady}
            loading={report.isPending}
            onPress={submit}
          />
        </Group>
      </Stack>
    </div>
  );
}

interface ChoicesProps<Value extends string> {
  label: string;
  options: readonly Value[];
  chosen: Value | undefined;
  text: (value: Value) => string;
  /** True where the digits choose here now. */
  showsKeys: boolean;
  onChoose: (value: Value) => void;
}

function Choices<Value extends string>({
  label,
  options,
  chosen,
  text,
  showsKeys,
  onChoose,
}: ChoicesProps<Value>) {
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <div className={classes['choices']}>
        {options.map((option, place) => (
          <button
            key={option}
            type="button"
            className={classes['choice']}
            aria-pressed={option === chosen}
            onClick={() => onChoose(option)}
          >
            {showsKeys && <Keys combo={digitOf(place)} />}
            <span>{text(option)}</span>
          </button>
        ))}
      </div>
    </Stack>
  );
}
