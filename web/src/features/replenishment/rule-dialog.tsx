import { Group, NativeSelect, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../../api/problem';
import type { ReorderRule, SuggestionRow } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { Dialog } from '../../ui/dialog';
import { FormFoot } from '../../ui/form-foot';
import { cleanZeros } from '../../ui/money.domain';
import { ProblemAlert } from '../../ui/problem-text';
import { LoadingRows } from '../../ui/states';
import { useUnitName } from '../shared/unit-text';
import { useRule, useSetRule } from './replenishment-queries';

interface RuleDialogProps {
  suggestion: SuggestionRow;
  opened: boolean;
  onClose: () => void;
}

/** How a product is reordered at this branch, where the forecast alone does not say it. */
export function RuleDialog({ suggestion, opened, onClose }: RuleDialogProps) {
  const { t, i18n } = useTranslation();
  const name = i18n.language === 'ar' ? (suggestion.drugNameAr ?? suggestion.drugName) : suggestion.drugName;
  return (
    <Dialog opened={opened} onClose={onClose} title={t('replenishment.ruleOf', { name })}>
      <RuleLoader suggestion={suggestion} onClose={onClose} />
    </Dialog>
  );
}

function RuleLoader({ suggestion, onClose }: { suggestion: SuggestionRow; onClose: () => void }) {
  const rule = useRule(suggestion.drugId);
  if (rule.isPending) return <LoadingRows />;
  if (rule.isError) return <ProblemAlert problem={asProblem(rule.error)} notSaved="" />;
  return <RuleForm suggestion={suggestion} rule={rule.data} onClose={onClose} />;
}

interface RuleFormProps {
  suggestion: SuggestionRow;
  rule: ReorderRule | null;
  onClose: () => void;
}

/** Service levels one chooses from; a rule may have any other. */
const SERVICES = ['0.8', '0.9', '0.95', '0.98', '0.99', '0.995'];

function RuleForm({ suggestion, rule, onClose }: RuleFormProps) {
  const { t } = useTranslation();
  const nameOfUnit = useUnitName();
  const [min, setMin] = useState(rule?.min ?? '');
  const [max, setMax] = useState(rule?.max ?? '');
  const [supplierId, setSupplierId] = useState(String(rule?.supplierId ?? ''));
  const [service, setService] = useState(rule?.serviceLevel ?? '');
  const save = useSetRule(suggestion.drugId, onClose);
  const unit = nameOfUnit(suggestion.baseUnit, '10');
  const services = SERVICES.includes(service) || service === '' ? SERVICES : [...SERVICES, service];

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    save.mutate({
      min: min === '' ? null : cleanZeros(min),
      max: max === '' ? null : cleanZeros(max),
      supplierId: supplierId === '' ? null : Number.parseInt(supplierId, 10),
      serviceLevel: service === '' ? null : service,
      ...(rule ? { version: rule.version } : {}),
    });
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('replenishment.ruleNotSaved')} />
        <Text size="sm" c="dimmed">
          {t('replenishment.ruleHint')}
        </Text>
        <Group grow align="flex-end">
          <DecimalInput label={t('replenishment.least', { unit })} value={min} onChange={setMin} autoFocus />
          <DecimalInput label={t('replenishment.most', { unit })} value={max} onChange={setMax} />
        </Group>
        <NativeSelect
          label={t('replenishment.service')}
          description={t('replenishment.serviceHint')}
          value={service}
          onChange={(event) => setService(event.currentTarget.value)}
          data={[
            { value: '', label: t('replenishment.asBranch') },
            ...services.map((value) => ({
              value,
              label: `${Number((Number(value) * 100).toFixed(1))} %`,
            })),
          ]}
        />
        <NativeSelect
          label={t('replenishment.supplier')}
          value={supplierId}
          onChange={(event) => setSupplierId(event.currentTarget.value)}
          data={[
            { value: '', label: t('replenishment.cheapest') },
            ...suggestion.offers.map((offer) => ({
              value: String(offer.supplierId),
              label: offer.supplierName,
            })),
          ]}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={(min === '') !== (max === '')} />
      </Stack>
    </form>
  );
}
