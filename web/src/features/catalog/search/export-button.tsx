import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, downloadAddress } from '../../../api/client';
import { Problem } from '../../../api/problem';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { toastRefused } from '../../../ui/toasts';
import type { ReferencePage } from '../reference-queries';
import { type ExportPlan, exportPlan } from './export.domain';
import type { DrugFilters } from './filters.domain';

interface ExportButtonProps {
  query: string | undefined;
  filters: DrugFilters;
}

/** Names in lists are told apart by their whole text; a filter that is not found must not be left out of the file. */
async function idOf(path: string, name: string | undefined): Promise<number | undefined> {
  if (name === undefined) return undefined;
  const found = await api.get<ReferencePage>(path, { q: name, limit: 100 });
  const entry = found.data.find((one) => one.name === name);
  if (!entry) throw new Problem({ status: 404, code: 'not-found', title: name });
  return entry.id;
}

async function addressOf(plan: ExportPlan): Promise<string> {
  const [companyId, categoryId] = await Promise.all([
    idOf('/reference/companies', plan.company),
    idOf('/reference/therapeutic-categories', plan.category),
  ]);
  const { dosageForm, route, rxOnly } = plan;
  return downloadAddress('/drugs', { format: 'csv', dosageForm, route, rxOnly, companyId, categoryId });
}

/** The filtered catalogue as a CSV file; the browser writes it to disk as it comes. */
export function ExportButton({ query, filters }: ExportButtonProps) {
  const { t } = useTranslation();
  const plan = exportPlan(query, filters);
  const start = useMutation<string, Problem, ExportPlan>({
    mutationFn: addressOf,
    onSuccess: (address) => window.location.assign(address),
    onError: (problem) => toastRefused(t('drugs.notExported'), problem),
  });
  return (
    <KeyButton
      combo="Alt+E"
      label={t('drugs.export')}
      variant="default"
      disabled={plan === undefined}
      loading={start.isPending}
      title={plan === undefined ? t('drugs.exportOnlyFilters') : undefined}
      onPress={() => plan && start.mutate(plan)}
    />
  );
}
