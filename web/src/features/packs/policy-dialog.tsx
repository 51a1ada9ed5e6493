import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TracePolicy } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { useSaveTracePolicy, useTracePolicy } from './pack-queries';

interface PolicyDialogProps {
  opened: boolean;
  onClose: () => void;
}

const FORMATS = ['none', 'EG', 'US'] as const;
const SWITCHES = ['demandKnown', 'demandScan', 'stopWhenLate'] as const;
const HOURS = ['deadlineHours', 'warnHours'] as const;

/** Most hours the server takes: thirty days. */
const MOST_HOURS = 720;

/** To whom a branch reports its packs, and what it asks of them. */
export function PolicyDialog({ opened, onClose }: PolicyDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('packs.policy.title')}>
      <Loaded onClose={onClose} />
    </Dialog>
  );
}

function Loaded({ onClose }: { onClose: () => void }) {
  const policy = useTracePolicy();
  if (policy.isPending) return <LoadingRows />;
  if (policy.isError) return <ErrorView error={policy.error} retry={() => void policy.refetch()} />;
  // Another version is another form: what was typed for the old one is not sent for the new one.
  return <PolicyForm key={policy.data.version} policy={policy.data} onClose={onClose} />;
}

const hoursOf = (text: string): number | undefined => {
  const hours = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return hours >= 1 && hours <= MOST_HOURS ? hours : undefined;
};

function PolicyForm({ policy, onClose }: { policy: TracePolicy; onClose: () => void }) {
  const { t } = useTranslation();
  const [format, setFormat] = useState(policy.format);
  const [gln, setGln] = useState(policy.gln ?? '');
  const [on, setOn] = useState({
    demandKnown: policy.demandKnown,
    demandScan: policy.demandScan,
    stopWhenLate: policy.stopWhenLate,
  });
  const [typed, setTyped] = useState({
    deadlineHours: String(policy.deadlineHours),
    warnHours: String(policy.warnHours),
  });
  const save = useSaveTracePolicy(() => {
    toastDone(t('packs.policy.saved'));
    onClose();
  });
  const [deadlineHours, warnHours] = [hoursOf(typed.deadlineHours), hoursOf(typed.warnHours)];
  const isLate = deadlineHours !== undefined && warnHours !== undefined && warnHours > deadlineHours;
  const isReady =
    deadlineHours !== undefined && warnHours !== undefined && !isLate && (format === 'none' || gln !== '');

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (deadlineHours === undefined || warnHours === undefined) return;
    save.mutate({
      ...on,
      ...{ format, gln: gln === '' ? null : gln, deadlineHours, warnHours, version: policy.version },
    });
  }

  function faultOf(field: (typeof HOURS)[number]): string | undefined {
    if (hoursOf(typed[field]) === undefined) return t('packs.policy.hoursFault');
    return field === 'warnHours' && isLate ? t('packs.policy.warnFault') : undefined;
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('packs.policy.notSaved')} />
        <NativeSelect
          label={t('packs.policy.format')}
          value={format}
          autoFocus
          onChange={(event) =>
            setFormat(FORMATS.find((one) => one === event.currentTarget.value) ?? policy.format)
          }
          data={FORMATS.map((value) => ({ value, label: t(`packs.policy.formats.${value}`) }))}
        />
        <TextInput
          label={t('packs.policy.gln')}
          description={t('packs.policy.glnHint')}
          dir="ltr"
          inputMode="numeric"
          maxLength={13}
          required={format !== 'none'}
          value={gln}
          onChange={(event) => setGln(event.currentTarget.value.replaceAll(/\D/g, ''))}
        />
        <Group grow align="flex-start">
          {HOURS.map((field) => (
            <TextInput
              key={field}
              label={t(`packs.policy.${field}`)}
              required
              dir="ltr"
              inputMode="numeric"
              maxLength={3}
              value={typed[field]}
              error={faultOf(field)}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setTyped((so) => ({ ...so, [field]: value }));
              }}
            />
          ))}
        </Group>
        {SWITCHES.map((field) => (
          <Checkbox
            key={field}
            label={t(`packs.policy.${field}`)}
            checked={on[field]}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setOn((so) => ({ ...so, [field]: checked }));
            }}
          />
        ))}
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={!isReady} />
      </Stack>
    </form>
  );
}
