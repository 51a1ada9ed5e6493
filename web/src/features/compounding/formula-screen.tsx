import { Group } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CompoundFormula } from '../../api/types';
import { useSession } from '../../session/session';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { EmptyView, ErrorView, LoadingRows } from '../../ui/states';
import { toastDone } from '../../ui/toasts';
import { localName } from '../shared/names';
import { useFormula, useSaveFormula } from './compounding-queries';
import { draftOfFormula, EMPTY_FORMULA, toFormula } from './formula-draft.domain';
import { FormulaForm } from './formula-form';

const route = getRouteApi('/compounding/formulas/$formulaId');

/** A formula, and with it a new product of the catalogue. */
export function NewFormulaScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const save = useSaveFormula(undefined, ({ formulaId }) => {
    toastDone(t('compounding.formulaSaved'));
    void navigate({
      to: '/compounding/formulas/$formulaId',
      params: { formulaId: String(formulaId) },
      replace: true,
      ignoreBlocker: true,
    });
  });
  if (!can('Compound') || !can('VerifyPrescription')) return <EmptyView title={t('errors.forbidden')} />;
  return (
    <FormulaForm
      title={t('compounding.newFormula')}
      start={EMPTY_FORMULA}
      isNew
      mayWrite
      problem={save.error}
      isSaving={save.isPending}
      onSave={(draft) => save.mutate(toFormula(draft))}
    />
  );
}

/** A formula as it is in force; each change of it is a new version. */
export function FormulaScreen() {
  const formulaId = Number.parseInt(route.useParams().formulaId, 10);
  const formula = useFormula(formulaId);
  if (formula.isPending) return <LoadingRows />;
  if (formula.isError) return <ErrorView error={formula.error} retry={() => void formula.refetch()} />;
  const { version } = formula.data;
  return <Loaded key={`${formulaId}.${version}`} formula={formula.data} />;
}

function Loaded({ formula }: { formula: CompoundFormula }) {
  const { t, i18n } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const save = useSaveFormula(formula, () => toastDone(t('compounding.formulaSaved')));
  const mayWrite = can('Compound') && can('VerifyPrescription');
  const start = draftOfFormula(formula);
  const isActive = formula.status === 'active';
  return (
    <FormulaForm
      title={localName(formula, i18n.language)}
      start={start}
      formula={formula}
      mayWrite={mayWrite}
      problem={save.error}
      isSaving={save.isPending}
      onSave={(draft) => save.mutate(toFormula(draft))}
      actions={(isChanged) => (
        <Group gap="xs">
          {mayWrite && (
            <KeyButton
              combo="F7"
              label={t(isActive ? 'compounding.retire' : 'compounding.unretire')}
              variant="default"
              disabled={isChanged}
              loading={save.isPending}
              onPress={() => save.mutate({ ...toFormula(start), status: isActive ? 'retired' : 'active' })}
            />
          )}
          {can('Compound') && isActive && (
            <KeyButton
              combo="F6"
              label={t('compounding.begin')}
              variant={isChanged ? 'default' : 'filled'}
              disabled={isChanged}
              onPress={() =>
                void navigate({ to: '/compounding/new', search: { formulaId: formula.formulaId } })
              }
            />
          )}
        </Group>
      )}
    />
  );
}
