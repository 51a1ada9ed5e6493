import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatePromotion, Promotion } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { DecimalInput } from '../../ui/decimal-input';
import { fieldError } from '../../ui/field-errors';
import { FormFoot } from '../../ui/form-foot';
import { ProblemAlert } from '../../ui/problem-text';
import { percentOfShare, shareOfPercent } from '../../ui/percent.domain';
import { type Target, TargetFields } from './promotion-targets';
import { useSavePromotion } from './pricing-queries';

interface PromotionFormProps {
  promotion: Promotion | undefined;
  onClose: () => void;
  /** At the other end of the foot. */
  foot: ReactNode;
}

const KINDS = ['percent', 'amount', 'n_for_m', 'bundle'] as const;
type Kind = (typeof KINDS)[number];

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Everything a promotion says. */
export function PromotionForm({ promotion, onClose, foot }: PromotionFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(promotion?.name ?? '');
  const [nameAr, setNameAr] = useState(promotion?.nameAr ?? '');
  const [kind, setKind] = useState<Kind>(promotion?.kind ?? 'percent');
  const [percent, setPercent] = useState(promotion?.percent ? percentOfShare(promotion.percent) : '');
  const [amount, setAmount] = useState(promotion?.amountOff ?? promotion?.bundlePrice ?? '');
  const [buy, setBuy] = useState(String(promotion?.buyPacks ?? 3));
  const [pay, setPay] = useState(String(promotion?.payPacks ?? 2));
  const [startsOn, setStartsOn] = useState(promotion?.startsOn ?? todayLocal());
  const [endsOn, setEndsOn] = useState(promotion?.endsOn ?? '');
  const [onPrescriptions, setOnPrescriptions] = useState(promotion?.onPrescriptions ?? false);
  const [targets, setTargets] = useState<readonly Target[]>(promotion?.targets ?? []);
  const save = useSavePromotion(promotion, onClose);
  const share = shareOfPercent(percent);
  const isPercentWrong = kind === 'percent' && percent !== '' && (share === undefined || share === '0');

  function bodyOf(): CreatePromotion {
    const common = {
      name: name.trim(),
      nameAr: orNull(nameAr),
      startsOn,
      endsOn: orNull(endsOn),
      onPrescriptions,
      targets: targets.map(({ drugId, categoryId, companyId, packs }) => ({
        ...(drugId === null ? {} : { drugId }),
        ...(categoryId === null ? {} : { categoryId }),
        ...(companyId === null ? {} : { companyId }),
        packs: kind === 'bundle' ? packs : 1,
      })),
    };
    switch (kind) {
      case 'percent':
        return { kind, percent: share ?? '', ...common };
      case 'amount':
        return { kind, amountOff: amount, ...common };
      case 'n_for_m':
        return { kind, buyPacks: Number(buy), payPacks: Number(pay), ...common };
      case 'bundle':
        return { kind, bundlePrice: amount, ...common };
    }
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (targets.length > 0 && !isPercentWrong) save.mutate(bodyOf());
  }

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="sm">
        <ProblemAlert problem={save.error} notSaved={t('pricing.notSaved')} />
        <Group grow align="flex-start">
          <TextInput
            label={t('promotions.nameEn')}
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('promotions.nameAr')}
            maxLength={100}
            dir="rtl"
            value={nameAr}
            onChange={(event) => setNameAr(event.currentTarget.value)}
          />
        </Group>
        <Group grow align="flex-start">
          <NativeSelect
            label={t('promotions.kind')}
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? kind)}
            data={KINDS.map((value) => ({ value, label: t(`promotions.kinds.${value}`) }))}
          />
          {kind === 'percent' && (
            <DecimalInput
              label={t('promotions.percent')}
              required
              value={percent}
              onChange={setPercent}
              error={isPercentWrong ? t('promotions.percentWrong') : undefined}
            />
          )}
          {(kind === 'amount' || kind === 'bundle') && (
            <DecimalInput
              label={t(kind === 'amount' ? 'promotions.amountOff' : 'promotions.bundlePrice')}
              required
              value={amount}
              onChange={setAmount}
            />
          )}
          {kind === 'n_for_m' && (
            <Group grow>
              <DecimalInput label={t('promotions.buy')} required value={buy} onChange={setBuy} />
              <DecimalInput
                label={t('promotions.pay')}
                required
                value={pay}
                onChange={setPay}
                error={fieldError(save.error, '/payPacks')}
              />
            </Group>
          )}
        </Group>
        <Group grow align="flex-start">
          <TextInput
            label={t('promotions.startsOn')}
            type="date"
            required
            value={startsOn}
            onChange={(event) => setStartsOn(event.currentTarget.value)}
          />
          <TextInput
            label={t('promotions.endsOn')}
            description={t('promotions.endsOnHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="date"
            value={endsOn}
            min={startsOn}
            onChange={(event) => setEndsOn(event.currentTarget.value)}
            error={fieldError(save.error, '/endsOn')}
          />
        </Group>
        <TargetFields isBundle={kind === 'bundle'} targets={targets} onChange={setTargets} />
        <Checkbox
          label={t('promotions.onPrescriptions')}
          checked={onPrescriptions}
          onChange={(event) => setOnPrescriptions(event.currentTarget.checked)}
        />
        <FormFoot isSaving={save.isPending} onCancel={onClose} disabled={targets.length === 0}>
          {foot}
        </FormFoot>
      </Stack>
    </form>
  );
}
