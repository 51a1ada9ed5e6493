import { Group, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CoverageRule, Payer, PayerPlan } from '../../api/types';
import { useSession } from '../../session/session';
import { type Column, DataTable, rowLinkClass } from '../../ui/data-table';
import { DateText } from '../../ui/date-text';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { Ltr } from '../../ui/ltr';
import { MoneyText } from '../../ui/money-text';
import { Card, Page } from '../../ui/page';
import { Pager } from '../../ui/pager';
import { moveThroughRows } from '../../ui/row-keys';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { StatusBadge } from '../../ui/status-badge';
import { localName } from '../shared/names';
import { CoverageDialog } from './coverage-dialog';
import { usePayer, usePlans, useRules } from './insurance-queries';
import { InsuranceTabs } from './insurance-tabs';
import { PayerDialog } from './payer-dialog';
import { PlanDialog } from './plan-dialog';

const route = getRouteApi('/payers/$payerId');

/** One payer: its plans, and the coverage rules of the plan chosen. */
export function PayerScreen() {
  const payerId = Number.parseInt(route.useParams().payerId, 10);
  const payer = usePayer(payerId);
  if (payer.isPending) return <LoadingRows />;
  if (payer.isError) return <ErrorView error={payer.error} retry={() => void payer.refetch()} />;
  return <PayerPage key={payerId} payer={payer.data} />;
}

type Open = { what: 'payer' } | { what: 'plan'; plan?: PayerPlan } | { what: 'rule'; rule?: CoverageRule };

function PayerPage({ payer }: { payer: Payer }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const plans = usePlans(payer.payerId);
  const [chosenId, setChosenId] = useState<number>();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayWrite = can('WriteClaims');
  const plan = plans.data?.data.find((one) => one.planId === chosenId) ?? plans.data?.data[0];
  const columns = usePlanColumns(
    setChosenId,
    mayWrite ? (one) => setOpen({ what: 'plan', plan: one }) : undefined,
  );
  useKeys([
    {
      combo: 'Escape',
      label: t('common.back'),
      run: () => void navigate({ to: '/payers' }),
      whileTyping: false,
    },
  ]);
  return (
    <Page
      title={localName(payer, i18n.language)}
      hint={payer.active ? undefined : t('payers.notInUse')}
      actions={
        mayWrite && (
          <Group gap="xs">
            <KeyButton
              combo="E"
              label={t('payers.edit')}
              variant="default"
              onPress={() => setOpen({ what: 'payer' })}
            />
            <KeyButton
              combo="F8"
              label={t('payers.newPlan')}
              variant={plan ? 'default' : 'filled'}
              onPress={() => setOpen({ what: 'plan' })}
            />
            {plan && (
              <KeyButton combo="F9" label={t('payers.newRule')} onPress={() => setOpen({ what: 'rule' })} />
            )}
          </Group>
        )
      }
    >
      <InsuranceTabs />
      <Card flush label={t('payers.plans')}>
        {plans.isPending && <LoadingRows rows={3} />}
        {plans.isError && <ErrorView error={plans.error} retry={() => void plans.refetch()} />}
        {plans.data?.data.length === 0 && (
          <EmptyView title={t('payers.noPlans')} hint={t('payers.noPlansHint')} />
        )}
        {plans.data && plans.data.data.length > 0 && (
          <div onKeyDown={moveThroughRows}>
            <DataTable
              label={t('payers.plans')}
              columns={columns}
              rows={plans.data.data}
              rowKey={(one) => one.planId}
              selectedKey={plan?.planId}
            />
          </div>
        )}
      </Card>
      {plan && (
        <Rules
          key={plan.planId}
          plan={plan}
          onOpen={mayWrite ? (rule) => setOpen({ what: 'rule', rule }) : undefined}
        />
      )}
      <PayerDialog opened={open?.what === 'payer'} payer={payer} onClose={close} onSaved={close} />
      <PlanDialog
        opened={open?.what === 'plan'}
        payerId={payer.payerId}
        plan={open?.what === 'plan' ? open.plan : undefined}
        onClose={close}
        onSaved={(saved) => setChosenId(saved.planId)}
      />
      {plan && (
        <CoverageDialog
          opened={open?.what === 'rule'}
          planId={plan.planId}
          rule={open?.what === 'rule' ? open.rule : undefined}
          onClose={close}
        />
      )}
    </Page>
  );
}

function usePlanColumns(
  onChoose: (planId: number) => void,
  onEdit: ((plan: PayerPlan) => void) | undefined,
): Column<PayerPlan>[] {
  const { t, i18n } = useTranslation();
  return [
    {
      id: 'plan',
      header: t('payers.planName'),
      cell: (plan) => (
        <>
          <button type="button" className={rowLinkClass} data-row-link onClick={() => onChoose(plan.planId)}>
            <bdi>{localName(plan, i18n.language)}</bdi>
          </button>{' '}
          <Text span size="xs" c="dimmed">
            <Ltr>{plan.code}</Ltr>
          </Text>
        </>
      ),
    },
    {
      id: 'days',
      header: t('payers.validity'),
      cell: (plan) => (
        <>
          <DateText value={plan.validFrom} /> – {plan.validTo !== null && <DateText value={plan.validTo} />}
        </>
      ),
    },
    {
      id: 'deductible',
      header: t('payers.deductible'),
      numeric: true,
      cell: (plan) => <MoneyText value={plan.deductible} />,
    },
    {
      id: 'cap',
      header: t('payers.periodCap'),
      numeric: true,
      cell: (plan) => (
        <>
          <MoneyText value={plan.periodCap} />
          {plan.periodCap !== null && (
            <Text span size="xs" c="dimmed">
              {' / '}
              {t(`payers.periodOf.${plan.period}`)}
            </Text>
          )}
        </>
      ),
    },
    { id: 'rules', header: t('payers.rules'), numeric: true, cell: (plan) => <Ltr>{plan.ruleCount}</Ltr> },
    {
      id: 'status',
      header: t('payers.status'),
      cell: (plan) => (
        <StatusBadge tone={plan.active ? 'ok' : 'neutral'}>
          {t(plan.active ? 'payers.inUse' : 'payers.notInUse')}
        </StatusBadge>
      ),
    },
    ...(onEdit
      ? [
          {
            id: 'edit',
            header: t('payers.editPlan'),
            hideHeader: true,
            cell: (plan: PayerPlan) => (
              <button
                type="button"
                className={rowLinkClass}
                aria-label={t('payers.editNamed', { name: plan.name })}
                onClick={() => onEdit(plan)}
              >
                {t('payers.change')}
              </button>
            ),
          },
        ]
      : []),
  ];
}

function Rules({ plan, onOpen }: { plan: PayerPlan; onOpen: ((rule: CoverageRule) => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const [page, setPage] = useState(1);
  const rules = useRules(plan.planId, page);
  const columns: Column<CoverageRule>[] = [
    {
      id: 'about',
      header: t('payers.about'),
      cell: (rule) => {
        const name = <bdi>{rule.subject ?? t('payers.everything')}</bdi>;
        return (
          <>
            {onOpen ? (
              <button type="button" className={rowLinkClass} data-row-link onClick={() => onOpen(rule)}>
                {name}
              </button>
            ) : (
              name
            )}
            {rule.subject !== null && (
              <Text size="xs" c="dimmed">
                {t(`payers.kind.${kindOf(rule)}`)}
              </Text>
            )}
          </>
        );
      },
    },
    { id: 'pays', header: t('payers.pays'), cell: (rule) => <Pays rule={rule} /> },
    { id: 'limits', header: t('payers.limits'), cell: (rule) => <Limits rule={rule} /> },
    {
      id: 'status',
      header: t('payers.status'),
      cell: (rule) => (
        <StatusBadge tone={rule.active ? 'ok' : 'neutral'}>
          {t(rule.active ? 'payers.inUse' : 'payers.notInUse')}
        </StatusBadge>
      ),
    },
  ];
  return (
    <Card flush label={t('payers.rules')} isBusy={rules.isPlaceholderData}>
      <Stack gap={2} px="md" pt="sm">
        <Title order={2}>{t('payers.rulesOf', { plan: localName(plan, i18n.language) })}</Title>
        <Text size="sm" c="dimmed">
          {t('payers.rulesHint')}
        </Text>
      </Stack>
      {rules.isPending && <LoadingRows rows={3} />}
      {rules.isError && <ErrorView error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data?.data.length === 0 && (
        <EmptyView title={t('payers.noRules')} hint={t('payers.noRulesHint')} />
      )}
      {rules.data && rules.data.data.length > 0 && (
        <div onKeyDown={moveThroughRows}>
          <DataTable
            label={t('payers.rules')}
            columns={columns}
            rows={rules.data.data}
            rowKey={(rule) => rule.ruleId}
          />
          <Pager meta={rules.data.meta} onPage={setPage} />
        </div>
      )}
    </Card>
  );
}

function kindOf(rule: CoverageRule): 'drug' | 'ingredient' | 'class' | 'everything' {
  if (rule.drugId !== null) return 'drug';
  if (rule.ingredientId !== null) return 'ingredient';
  return rule.atcPrefix === null ? 'everything' : 'class';
}

function Pays({ rule }: { rule: CoverageRule }) {
  const { t } = useTranslation();
  if (!rule.covered) return <StatusBadge tone="stop">{t('payers.paysBy.excluded')}</StatusBadge>;
  if (rule.payerPercent !== null) return <Ltr>{rule.payerPercent} %</Ltr>;
  return (
    <>
      {t('payers.allAbove')} <MoneyText value={rule.copay} />
    </>
  );
}

function Limits({ rule }: { rule: CoverageRule }) {
  const { t } = useTranslation();
  const limits: [string, string | number | null][] = [
    [t('payers.claimCap'), rule.claimCap],
    [t('payers.maxUnitPrice'), rule.maxUnitPrice],
    [t('payers.maxQuantity'), rule.maxQuantity],
    [t('payers.maxDaysSupply'), rule.maxDaysSupply],
    [t('payers.refillAfterShare'), rule.refillAfterShare],
  ];
  return (
    <>
      {rule.needsAuthorisation && <StatusBadge tone="warn">{t('payers.needsAuthorisation')}</StatusBadge>}
      {limits
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <Text key={name} size="sm">
            {name} <Ltr>{value}</Ltr>
          </Text>
        ))}
    </>
  );
}
