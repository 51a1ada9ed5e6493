import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import type { DrugHit } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { cleanZeros, decimalOrZero } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { DrugPicker } from '../shared/drug-picker';
import { DrugName } from '../shared/names';
import { useUnitName } from '../shared/unit-text';
import { useCreateTransfer, useOtherBranches } from './transfer-queries';

const ORIGINS = ['request', 'send'] as const;

interface Wanted {
  readonly drug: DrugHit;
  readonly quantity: string;
}

/** Asks another branch for stock, or begins to send it some. */
export function NewTransferDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} size="lg" title={t('transfers.new')}>
      <NewTransferForm onClose={onClose} />
    </Dialog>
  );
}

function NewTransferForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const navigate = useNavigate();
  const branches = useOtherBranches();
  const [origin, setOrigin] = useState<(typeof ORIGINS)[number]>('request');
  const [branchId, setBranchId] = useState('');
  const [lines, setLines] = useState<readonly Wanted[]>([]);
  const [note, setNote] = useState('');
  const create = useCreateTransfer(({ transferId }) => {
    onClose();
    void navigate({ to: '/inventory/transfers/$transferId', params: { transferId: String(transferId) } });
  });
  const isReady =
    branchId !== '' && lines.length > 0 && lines.every(({ quantity }) => decimalOrZero(quantity) > 0n);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({
      origin,
      otherBranchId: Number.parseInt(branchId, 10),
      lines: lines.map(({ drug, quantity }) => ({ drugId: drug.drugId, quantity: cleanZeros(quantity) })),
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert
          problem={create.error ?? (branches.error && asProblem(branches.error))}
          notSaved={t('transfers.notMade')}
        />
        <Group grow align="flex-end">
          <NativeSelect
            label={t('transfers.origin')}
            value={origin}
            onChange={(event) =>
              setOrigin(ORIGINS.find((one) => one === event.currentTarget.value) ?? 'request')
            }
            data={ORIGINS.map((value) => ({ value, label: t(`transfers.originOf.${value}`) }))}
            data-autofocus
          />
          <NativeSelect
            label={t(origin === 'request' ? 'transfers.askedOf' : 'transfers.sentTo')}
            required
            value={branchId}
            onChange={(event) => setBranchId(event.currentTarget.value)}
            data={[
              { value: '', label: t('transfers.chooseBranch') },
              ...(branches.data?.data ?? []).map((one) => ({ value: String(one.branchId), label: one.name })),
            ]}
          />
        </Group>
        {lines.map(({ drug, quantity }) => (
          <Group key={drug.drugId} wrap="nowrap" align="center">
            <Text flex={1}>
              <DrugName drug={drug} />
            </Text>
            <DecimalInput
              aria-label={t('transfers.quantityOf', { name: drug.name })}
              autoFocus
              w={170}
              value={quantity}
              rightSectionWidth={80}
              rightSection={
                <Text size="xs" c="dimmed">
                  {nameOfUnit(drug.baseUnit, quantity === '' ? '1' : quantity)}
                </Text>
              }
              onChange={(value) =>
                setLines((before) =>
                  before.map((one) => (one.drug === drug ? { drug, quantity: value } : one)),
                )
              }
            />
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t('counts.dropDrug', { name: drug.name })}
              onClick={() => setLines((before) => before.filter((one) => one.drug !== drug))}
            >
              {t('counts.drop')}
            </Button>
          </Group>
        ))}
        <DrugPicker
          label={t('transfers.addDrug')}
          value={null}
          clearAfterPick
          onChange={(drug) =>
            drug &&
            setLines((before) =>
              before.some((one) => one.drug.drugId === drug.drugId)
                ? before
                : [...before, { drug, quantity: '' }],
            )
          }
        />
        <TextInput
          label={t('counts.note')}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormFoot
          isSaving={create.isPending}
          onCancel={onClose}
          saveLabel={t(`transfers.submit.${origin}`)}
          disabled={!isReady}
        />
      </Stack>
    </form>
  );
}
