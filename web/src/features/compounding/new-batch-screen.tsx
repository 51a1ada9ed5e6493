import { Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { CompoundFormula, FormulaPage, FormulaSummary, PrescriptionDetail } from '../../api/types';
import { useSession } from '../../session/session';
import { AsyncPicker } from '../../ui/async-picker';
import { DecimalInput } from '../../ui/decimal-input';
import { EnterButton } from '../../ui/hotkeys/enter-button';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { parseDecimal } from '../../ui/money.domain';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { usePrescription } from '../prescriptions/prescription-queries';
import { localName } from '../shared/names';
import { QuantityIn, useUnitName } from '../shared/unit-text';
import { useCosting, useFormula, useStartBatch } from './compounding-queries';
import classes from './compounding.module.css';
import { CostingSums, CostingTable } from './costing-table';

const route = getRouteApi('/compounding/new');
const SETTLE_MS = 300;

/** Begins a batch: which formula, how much, and for whom; what it takes and costs is seen before anything is kept. */
export function NewBatchScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { formulaId, prescriptionId } = route.useSearch();
  const formula = useFormula(formulaId);
  const prescription = usePrescription(prescriptionId ?? 0, { enabled: prescriptionId !== undefined });
  if (!can('Compound')) return <EmptyView title={t('errors.forbidden')} />;
  const failed = [formula, prescription].find(({ isError }) => isError);
  if (failed) return <ErrorView error={failed.error} retry={() => void failed.refetch()} />;
  if ((formulaId !== undefined && !formula.data) || (prescriptionId !== undefined && !prescription.data))
    return <LoadingRows />;
  return (
    <Begin key={`${formulaId}.${prescriptionId}`} formula={formula.data} prescription={prescription.data} />
  );
}

interface BeginProps {
  formula: CompoundFormula | undefined;
  prescription: PrescriptionDetail | undefined;
}

function Begin({ formula, prescription }: BeginProps) {
  const { t, i18n } = useTranslation();
  const navigate = route.useNavigate();
  const leave = useNavigate();
  const { quantity: asked } = route.useSearch();
  const nameOfUnit = useUnitName();
  const [quantity, setQuantity] = useState(asked ?? formula?.yieldQuantity ?? '');
  const [settled] = useDebouncedValue(quantity, SETTLE_MS);
  const isAmount = (parseDecimal(settled) ?? 0n) > 0n;
  const costing = useCosting(formula?.formulaId, isAmount ? settled : '');
  const start = useStartBatch();
  const isShort = costing.data?.isShort === true;
  const isReady =
    formula !== undefined && (parseDecimal(quantity) ?? 0n) > 0n && !isShort && formula.status === 'active';

  function begin(): void {
    if (!isReady || start.isPending) return;
    start.mutate(
      {
        formulaId: formula.formulaId,
        quantity,
        ...(prescription ? { prescriptionId: prescription.prescriptionId } : {}),
      },
      {
        onSuccess: ({ batchId }) =>
          void leave({
            to: '/compounding/batches/$batchId',
            params: { batchId: String(batchId) },
            replace: true,
          }),
      },
    );
  }

  return (
    <Page
      title={t('compounding.begin')}
      hint={
        prescription && (
          <>
            {t('compounding.for')} <Ltr>{prescription.rxNumber}</Ltr> ·{' '}
            <bdi>
              {localName(
                { name: prescription.patientName, nameAr: prescription.patientNameAr },
                i18n.language,
              )}
            </bdi>
          </>
        )
      }
      actions={
        <KeyButton
          combo="Escape"
          label={t('common.back')}
          variant="default"
          onPress={() => window.history.back()}
        />
      }
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          begin();
        }}
      >
        <Stack gap={12}>
          <ProblemAlert problem={start.error} notSaved={t('compounding.notBegun')} />
          <Card>
            <Group align="flex-end" wrap="nowrap">
              <div style={{ flex: 1 }}>
                <AsyncPicker<
                  Pick<FormulaSummary, 'formulaId' | 'name' | 'nameAr' | 'baseUnit' | 'yieldQuantity'>
                >
                  label={t('compounding.formula')}
                  placeholder={t('compounding.findFormula')}
                  required
                  autoFocus={formula === undefined}
                  value={formula ?? null}
                  onChange={(chosen) =>
                    void navigate({
                      search: (before) => ({
                        ...before,
                        formulaId: chosen?.formulaId,
                        quantity: chosen?.yieldQuantity,
                      }),
                      replace: true,
                    })
                  }
                  minLength={0}
                  searchKey={(text) => ['compounding', 'pick', text]}
                  search={async (text, signal) =>
                    (
                      await api.get<FormulaPage>(
                        '/compound-formulas',
                        { q: text === '' ? undefined : text, status: 'active', limit: 10 },
                        signal,
                      )
                    ).data
                  }
                  itemKey={(one) => one.formulaId}
                  itemText={(one) => localName(one, i18n.language)}
                  renderItem={(one) => (
                    <Group justify="space-between" wrap="nowrap" gap="md">
                      <bdi>{localName(one, i18n.language)}</bdi>
                      <Text span size="xs" c="dimmed">
                        <QuantityIn value={one.yieldQuantity} unit={one.baseUnit} />
                      </Text>
                    </Group>
                  )}
                />
              </div>
              <DecimalInput
                label={
                  formula
                    ? t('compounding.quantityIn', { unit: nameOfUnit(formula.baseUnit) })
                    : t('prescriptions.quantity')
                }
                required
                w={220}
                autoFocus={formula !== undefined}
                disabled={formula === undefined}
                value={quantity}
                onChange={setQuantity}
              />
            </Group>
          </Card>
          {formula?.hazardous && (
            <Notice tone="stop" title={t('compounding.hazardous')}>
              {t('compounding.hazardousHint')}
            </Notice>
          )}
          {isShort && (
            <Notice tone="stop" role="alert" title={t('compounding.shortTitle')}>
              {t('compounding.shortHint')}
            </Notice>
          )}
          {costing.isError && <ErrorView error={costing.error} retry={() => void costing.refetch()} />}
          {formula && costing.data && (
            <div className={classes['editor']}>
              <Card flush isBusy={costing.isFetching}>
                <CostingTable costing={costing.data} />
              </Card>
              <Card label={t('compounding.costing')}>
                <CostingSums costing={costing.data} />
              </Card>
            </div>
          )}
          <Group justify="flex-end">
            <EnterButton
              label={t('compounding.beginNow')}
              disabled={!isReady}
              loading={start.isPending}
              onPress={begin}
            />
          </Group>
          <button type="submit" hidden />
        </Stack>
      </form>
    </Page>
  );
}
