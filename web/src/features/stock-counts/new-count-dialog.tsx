import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugHit, StartStockCount } from '../../api/types';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { DrugPicker } from '../shared/drug-picker';
import { DrugName } from '../shared/names';
import { useStartCount } from './count-queries';

const SCOPES = ['bin', 'drugs', 'abc', 'all'] as const;
type Scope = (typeof SCOPES)[number];
const CLASSES = ['A', 'B', 'C'] as const;

/** Begins a count: what of, and it is opened for counting. */
export function NewCountDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('counts.new')}>
      <NewCountForm onClose={onClose} />
    </Dialog>
  );
}

function NewCountForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [scope, setScope] = useState<Scope>('bin');
  const [bin, setBin] = useState('');
  const [drugs, setDrugs] = useState<readonly DrugHit[]>([]);
  const [abcClass, setAbcClass] = useState<(typeof CLASSES)[number]>('A');
  const [note, setNote] = useState('');
  const start = useStartCount(({ countId }) => {
    onClose();
    void navigate({ to: '/inventory/counts/$countId', params: { countId: String(countId) } });
  });

  function body(): StartStockCount {
    const rest = note.trim() === '' ? {} : { note: note.trim() };
    if (scope === 'bin') return { scope, bin: bin.trim(), ...rest };
    if (scope === 'drugs') return { scope, drugIds: drugs.map(({ drugId }) => drugId), ...rest };
    return scope === 'abc' ? { scope, abcClass, ...rest } : { scope, ...rest };
  }
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    start.mutate(body());
  }
  const isReady = (scope !== 'bin' || bin.trim() !== '') && (scope !== 'drugs' || drugs.length > 0);

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={start.error} notSaved={t('counts.notStarted')} />
        <NativeSelect
          label={t('counts.what')}
          value={scope}
          onChange={(event) => setScope(SCOPES.find((one) => one === event.currentTarget.value) ?? 'bin')}
          data={SCOPES.map((value) => ({ value, label: t(`counts.scope.${value}`) }))}
          data-autofocus
        />
        {scope === 'bin' && (
          <TextInput
            label={t('stock.bin')}
            required
            dir="ltr"
            maxLength={40}
            value={bin}
            onChange={(event) => setBin(event.currentTarget.value)}
          />
        )}
        {scope === 'drugs' && (
          <>
            <DrugPicker
              label={t('stock.drug')}
              value={null}
              clearAfterPick
              onChange={(drug) =>
                drug && setDrugs((before) => [...before.filter((one) => one.drugId !== drug.drugId), drug])
              }
            />
            {drugs.map((drug) => (
              <Group key={drug.drugId} justify="space-between" wrap="nowrap">
                <DrugName drug={drug} />
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={t('counts.dropDrug', { name: drug.name })}
                  onClick={() => setDrugs((before) => before.filter((one) => one !== drug))}
                >
                  {t('counts.drop')}
                </Button>
              </Group>
            ))}
          </>
        )}
        {scope === 'abc' && (
          <NativeSelect
            label={t('counts.scope.abc')}
            description={t('counts.classHint')}
            value={abcClass}
            onChange={(event) => setAbcClass(CLASSES.find((one) => one === event.currentTarget.value) ?? 'A')}
            data={[...CLASSES]}
          />
        )}
        {scope === 'all' && <Text size="sm">{t('counts.allHint')}</Text>}
        <TextInput
          label={t('counts.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={start.isPending}
          onCancel={onClose}
          saveLabel={t('counts.start')}
          disabled={!isReady}
        />
      </Stack>
    </form>
  );
}
