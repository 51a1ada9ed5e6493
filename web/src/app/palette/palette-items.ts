import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugHit, DrugSearchAnswer, Patient, PatientPage } from '../../api/types';
import { useSession } from '../../session/session';
import { comboOf, NAVIGATION } from '../navigation';
import { STOCK_SCREENS } from '../stock-screens';

/** One line of the palette. */
export type PaletteItem =
  | { kind: 'suggestion'; text: string }
  | { kind: 'drug'; drug: DrugHit }
  | { kind: 'all-drugs'; total: number }
  | { kind: 'patient'; patient: Patient }
  | { kind: 'page'; to: string; label: string; combo?: string };

export interface PaletteGroup {
  id: 'suggestion' | 'drugs' | 'patients' | 'pages';
  items: PaletteItem[];
}

interface PaletteAnswer {
  groups: PaletteGroup[];
  /** False while what is shown answers an older text. */
  isCurrent: boolean;
  isSearching: boolean;
  error: unknown;
  retry: () => void;
}

/** Shorter than a pause between two keys of a fast typist would flood the server; longer would be felt. */
const SETTLE_MS = 70;
const MIN_LENGTH = 2;
const MAX_DRUGS = 7;
const MAX_PATIENTS = 4;

/** Actions beside the screens of the navigation rail. */
const ACTIONS = [
  { to: '/till/shift', text: 'nav.ownShift', permission: 'Sell' },
  { to: '/journal', text: 'nav.journal', permission: 'ReadReports' },
  { to: '/till/shifts', text: 'nav.shifts', permission: 'SuperviseTill' },
  { to: '/till/rates', text: 'nav.rates', permission: 'SuperviseTill' },
  { to: '/till/denominations', text: 'nav.denominations', permission: 'ManageBranches' },
  { to: '/prescriptions/new', text: 'prescriptions.newTitle', permission: 'WritePrescription' },
  { to: '/dispensing/pick-up', text: 'nav.pickUp', permission: 'ReadPrescription' },
  { to: '/dispensing/will-call', text: 'nav.willCall', permission: 'ReadPrescription' },
  { to: '/dispensing/owed', text: 'nav.owed', permission: 'ReadPrescription' },
  { to: '/sales/offline', text: 'nav.offlineSales', permission: 'Sell' },
  { to: '/patients/new', text: 'patients.newTitle', permission: 'WritePatient' },
  { to: '/refills-due', text: 'nav.refillsDue', permission: 'ReadPrescription' },
  { to: '/prescribers', text: 'nav.prescribers', permission: 'ReadPatient' },
  { to: '/erasures', text: 'nav.erasures', permission: 'ErasePatient' },
  { to: '/drugs/new', text: 'drugs.newTitle', permission: 'ManageDrugCatalog' },
  { to: '/catalog/imports/new', text: 'nav.newImport', permission: 'ManageDrugCatalog' },
  { to: '/catalog/rules', text: 'nav.ruleFiles', permission: 'ManageClinicalRules' },
  { to: '/controlled/sign-off', text: 'nav.signOff', permission: 'SignOffControlled' },
  { to: '/controlled/destructions', text: 'nav.destructions', permission: 'ReadInventory' },
  { to: '/pricing/taxes', text: 'nav.taxes', permission: 'ManagePricing' },
  { to: '/pricing/limits', text: 'nav.limits', permission: 'ManagePricing' },
  { to: '/catalog/worklist', text: 'nav.worklist', permission: 'ManageDrugCatalog' },
] as const;

/** Pages and actions the user may open whose name holds `wanted`. */
function usePages(wanted: string): PaletteItem[] {
  const { t } = useTranslation();
  const { can } = useSession();
  const screens = NAVIGATION.filter((item) => can(item.permission)).map((item, at) => ({
    to: item.to,
    label: t(`nav.${item.id}`),
    combo: comboOf(at),
  }));
  const actions = ACTIONS.filter((item) => can(item.permission)).map((item) => ({
    to: item.to,
    label: t(item.text),
  }));
  const stock = STOCK_SCREENS.filter((item) => can(item.permission)).map((item) => ({
    to: item.to,
    label: t(`nav.${item.id}`),
  }));
  return [...screens, ...stock, ...actions]
    .filter((page) => page.label.toLowerCase().includes(wanted))
    .map((page): PaletteItem => ({ kind: 'page', ...page }));
}

/** What the palette offers for a text: products first, then patients and pages; a page named in full comes first. */
export function usePaletteItems(typed: string): PaletteAnswer {
  const { can } = useSession();
  const text = typed.trim();
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const searches = text.length >= MIN_LENGTH && settled.length >= MIN_LENGTH;
  const drugQuery = { q: settled, limit: MAX_DRUGS };
  const drugs = useQuery({
    queryKey: keys.drugSearch(drugQuery),
    queryFn: ({ signal }) => api.search<DrugSearchAnswer>('/drugs', drugQuery, signal),
    enabled: searches && can('ReadDrug'),
    placeholderData: keepPreviousData,
  });
  const patientQuery = { q: settled, limit: MAX_PATIENTS };
  const patients = useQuery({
    queryKey: keys.patientSearch(patientQuery),
    queryFn: ({ signal }) => api.search<PatientPage>('/patients', patientQuery, signal),
    enabled: searches && can('ReadPatient') && can('IdentifyPatients'),
    placeholderData: keepPreviousData,
  });
  const wanted = text.toLowerCase();
  const pages = usePages(wanted);
  const isNamed = (item: PaletteItem) => item.kind === 'page' && item.label.toLowerCase() === wanted;

  const answer = searches ? drugs.data : undefined;
  const total = answer?.meta.total ?? 0;
  const suggestion = answer?.meta.didYouMean;
  // The suggestion must be in sight, but never in the place that Enter takes.
  const shown = (answer?.data ?? []).slice(0, suggestion === undefined ? MAX_DRUGS : MAX_DRUGS - 2);
  const hits: PaletteItem[] = shown.map((drug) => ({ kind: 'drug', drug }));
  if (total > hits.length) hits.push({ kind: 'all-drugs', total });
  const people: PaletteItem[] = (searches ? (patients.data?.data ?? []) : []).map((patient) => ({
    kind: 'patient',
    patient,
  }));
  const groups: PaletteGroup[] = [
    { id: 'pages', items: pages.filter(isNamed) },
    { id: 'drugs', items: hits },
    { id: 'suggestion', items: suggestion === undefined ? [] : [{ kind: 'suggestion', text: suggestion }] },
    { id: 'patients', items: people },
    { id: 'pages', items: pages.filter((page) => !isNamed(page)) },
  ];
  const isWaiting = (query: { isPlaceholderData: boolean; isPending: boolean; isEnabled: boolean }) =>
    query.isEnabled && (query.isPlaceholderData || query.isPending);
  const failed = [drugs, patients].find((query) => query.isEnabled && query.isError);
  return {
    groups: groups.filter((group) => group.items.length > 0),
    isCurrent: settled === text && !isWaiting(drugs) && !isWaiting(patients),
    isSearching: drugs.isFetching || patients.isFetching,
    error: failed?.error,
    retry: () => void failed?.refetch(),
  };
}
