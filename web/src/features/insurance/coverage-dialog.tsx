import { Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageRule } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { useAddRule, useChangeRule } from './insurance-queries';
import { SubjectFields, useSubject } from './subject-fields';

interface CoverageDialogProps {
  opened: boolean;
  planId: number;
  rule: CoverageRule | undefined;
  onClose: () => void;
}

type Pays = 'percent' | 'copay' | 'excluded';

/** What a plan pays for some medicines: a new rule, or a change of one; what it is about stays. */
export function CoverageDialog({ opened, rule, planId, onClose }: CoverageDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t(rule ? 'payers.editRule' : 'payers.newRule')}
      size="lg"
    >
      {opened && <CoverageForm rule={rule} planId={planId} onClose={onClose} />}
    </Dialog>
  );
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function CoverageForm({ rule, planId, onClose }: Omit<CoverageDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const subject = useSubject('everything');
  const [pays, setPays] = useState<Pays>(
    rule && !rule.covered ? 'excluded' : rule && rule.copay !== null ? 'copay' : 'percent',
  );
  const [percent, setPercent] = useState(rule?.payerPercent ?? '');
  const [copay, setCopay] = useState(rule?.copay ?? '');
  const [claimCap, setClaimCap] = useState(rule?.claimCap ?? '');
  const [unitPrice, setUnitPrice] = useState(rule?.maxUnitPrice ?? '');
  const [quantity, setQuantity] = useState(rule?.maxQuantity ?? '');
  const [days, setDays] = useState(String(rule?.maxDaysSupply ?? ''));
  const [share, setShare] = useState(rule?.refillAfterShare ?? '');
  const [needsAuthorisation, setNeedsAuthorisation] = useState(rule?.needsAuthorisation ?? false);
  const [active, setActive] = useState(rule?.active ?? true);
  const add = useAddRule(planId, onClose);
  const change = useChangeRule(rule?.ruleId ?? 0, onClose);
  const save = rule ? change : add;
  const isChosen = rule !== undefined || subject.isChosen;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    const terms = {
      covered: pays !== 'excluded',
      payerPercent: pays === 'percent' ? orNull(percent) : null,
      copay: pays === 'copay' ? orNull(copay) : null,
      claimCap: orNull(claimCap),
      maxUnitPrice: orNull(unitPrice),
      maxQuantity: orNull(quantity),
      maxDaysSupply: days.trim() === '' ? null : Number(days),
      refillAfterShare: orNull(share),
      needsAuthorisation,
    };
    if (rule) return change.mutate({ version: rule.version, ...terms, active });
    add.mutate({ ...terms, ...subject.sent });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('claims.notSaved')} />
        {rule ? (
          <Text fw={600}>
            <bdi>{rule.subject ?? t('payers.everything')}</bdi>
          </Text>
        ) : (
          <Group grow align="flex-start">
            <SubjectFields subject={subject} kinds={['everything', 'drug', 'ingredient', 'class']} />
          </Group>
        )}
        <Group grow align="flex-start">
          <NativeSelect
            label={t('payers.pays')}
            value={pays}
            onChange={(event) => setPays(event.currentTarget.value as Pays)}
            data={(['percent', 'copay', 'excluded'] as const).map((value) => ({
              value,
              label: t(`payers.paysBy.${value}`),
            }))}
          />
          {pays === 'percent' && (
            <DecimalInput label={t('payers.percent')} required value={percent} onChange={setPercent} />
          )}
          {pays === 'copay' && (
            <DecimalInput label={t('payers.copay')} required value={copay} onChange={setCopay} />
          )}
        </Group>
        {pays !== 'excluded' && (
          <>
            <Group grow align="flex-start">
              <DecimalInput label={t('payers.claimCap')} value={claimCap} onChange={setClaimCap} />
              <DecimalInput label={t('payers.maxUnitPrice')} value={unitPrice} onChange={setUnitPrice} />
              <DecimalInput label={t('payers.maxQuantity')} value={quantity} onChange={setQuantity} />
            </Group>
            <Group grow align="flex-start">
              <TextInput
                label={t('payers.maxDaysSupply')}
                inputMode="numeric"
                pattern="[0-9]{1,3}"
                dir="ltr"
                value={days}
                onChange={(event) => setDays(event.currentTarget.value)}
              />
              <DecimalInput
                label={t('payers.refillAfterShare')}
                placeholder="0.75"
                value={share}
                onChange={setShare}
              />
            </Group>
            <Checkbox
              label={t('payers.needsAuthorisation')}
              checked={needsAuthorisation}
              onChange={(event) => setNeedsAuthorisation(event.currentTarget.checked)}
            />
          </>
        )}
        {rule && (
          <Checkbox
            label={t('payers.inUse')}
            checked={active}
            onChange={(event) => setActive(event.currentTarget.checked)}
          />
        )}
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={!isChosen} />
      </Stack>
    </form>
  );
}
