import { createSpotlight, Spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowForward, IconPill, IconSearch, IconUser } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api/client';
import { keys } from '../api/keys';
import type { DrugSuggestions, PatientPage } from '../api/types';
import { useSession } from '../session/session';
import { Layer } from '../ui/layer/layer';
import { NAVIGATION } from './navigation';

const [store, palette] = createSpotlight();
const MAX_HITS = 6;

/** Ctrl+K: pages, actions, drugs and patients in one list. Loaded when first asked for. */
export function Palette({ openings }: { openings: number }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [settled] = useDebouncedValue(query.trim(), 150);
  const searches = settled.length >= 2;

  useEffect(() => {
    if (openings > 0) palette.open();
  }, [openings]);

  const drugs = useQuery({
    queryKey: keys.drugSuggest(settled),
    queryFn: ({ signal }) => api.get<DrugSuggestions>('/drugs/suggest', { q: settled }, signal),
    enabled: searches && can('ReadDrug'),
  });
  const patients = useQuery({
    queryKey: keys.patientSearch({ q: settled, limit: MAX_HITS }),
    queryFn: ({ signal }) => api.get<PatientPage>('/patients', { q: settled, limit: MAX_HITS }, signal),
    enabled: searches && can('ReadPatient'),
  });

  const wanted = query.trim().toLowerCase();
  const pages = NAVIGATION.filter((item) => can(item.permission))
    .map((item) => ({ id: item.id, to: String(item.to), label: t(`nav.${item.id}`) }))
    .concat(
      can('WritePrescription')
        ? [{ id: 'prescriptions', to: '/prescriptions/new', label: t('prescriptions.newTitle') }]
        : [],
      can('WritePatient') ? [{ id: 'patients', to: '/patients/new', label: t('patients.newTitle') }] : [],
    )
    .filter((page) => page.label.toLowerCase().includes(wanted));
  const drugHits = searches ? (drugs.data?.data ?? []).slice(0, MAX_HITS) : [];
  const patientHits = searches ? (patients.data?.data ?? []) : [];
  const isEmpty = pages.length + drugHits.length + patientHits.length === 0;

  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={460}
      overlayProps={{ opacity: 0.45, blur: 0 }}
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <Layer>
        <Spotlight.Search
          placeholder={t('palette.placeholder')}
          aria-label={t('palette.placeholder')}
          leftSection={<IconSearch size={18} />}
        />
        <Spotlight.ActionsList>
          {pages.length > 0 && (
            <Spotlight.ActionsGroup label={t('palette.pages')}>
              {pages.map((page) => (
                <Spotlight.Action
                  key={page.to}
                  label={page.label}
                  leftSection={<IconArrowForward size={18} />}
                  onClick={() => void navigate({ to: page.to })}
                />
              ))}
            </Spotlight.ActionsGroup>
          )}
          {drugHits.length > 0 && (
            <Spotlight.ActionsGroup label={t('palette.drugs')}>
              {drugHits.map((hit) => (
                <Spotlight.Action
                  key={hit.drugId}
                  label={hit.name}
                  description={[hit.dosageForm, hit.strength].filter((part) => part !== null).join(' · ')}
                  leftSection={<IconPill size={18} />}
                  onClick={() =>
                    void navigate({ to: '/drugs/$drugId', params: { drugId: String(hit.drugId) } })
                  }
                />
              ))}
            </Spotlight.ActionsGroup>
          )}
          {patientHits.length > 0 && (
            <Spotlight.ActionsGroup label={t('palette.patients')}>
              {patientHits.map((hit) => (
                <Spotlight.Action
                  key={hit.patientId}
                  label={`${hit.firstName} ${hit.lastName}`}
                  description={hit.birthDate}
                  leftSection={<IconUser size={18} />}
                  onClick={() =>
                    void navigate({
                      to: '/patients/$patientId',
                      params: { patientId: String(hit.patientId) },
                    })
                  }
                />
              ))}
            </Spotlight.ActionsGroup>
          )}
          {isEmpty && <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>}
        </Spotlight.ActionsList>
      </Layer>
    </Spotlight.Root>
  );
}
