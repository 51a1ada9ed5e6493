import { Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AllergyStatus, CreatePatient, Sex } from '../../api/types';
import { todayLocal } from '../../ui/date-text';
import { useKeys } from '../../ui/hotkeys/hotkeys';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Card, Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-text';
import { toastDone } from '../../ui/toasts';
import { useCreatePatient } from './patient-queries';
import { bodyOf, NO_STATE } from './patient-state.domain';
import { StateFields } from './state-fields';

const EMPTY = {
  firstName: '',
  lastName: '',
  firstNameAr: '',
  lastNameAr: '',
  birthDate: '',
  sex: 'unknown' as Sex,
  phone: '',
  nationalId: '',
  allergyStatus: 'not_asked' as Exclude<AllergyStatus, 'recorded'>,
  language: 'ar' as 'ar' | 'en',
  state: NO_STATE,
};
type Draft = typeof EMPTY;

function given(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' ? undefined : trimmed;
}

function toBody(draft: Draft): CreatePatient {
  return {
    firstName: draft.firstName.trim(),
    lastName: draft.lastName.trim(),
    firstNameAr: given(draft.firstNameAr),
    lastNameAr: given(draft.lastNameAr),
    birthDate: draft.birthDate,
    sex: draft.sex,
    phone: given(draft.phone),
    nationalId: given(draft.nationalId),
    ...bodyOf(draft.state, draft.sex),
    allergyStatus: draft.allergyStatus,
    language: draft.language,
  };
}

/** Enters a patient; only names, birth date and sex are needed, the rest makes screening better. */
export function NewPatientScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const create = useCreatePatient((patient) => {
    toastDone(t('patients.created'));
    void navigate({ to: '/patients/$patientId', params: { patientId: String(patient.patientId) } });
  });
  const submit = () => form.current?.requestSubmit();
  useKeys([
    { combo: 'Escape', label: t('common.back'), run: () => window.history.back(), whileTyping: false },
  ]);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    create.mutate(toBody(draft));
  }

  const set =
    <Name extends keyof Draft>(name: Name) =>
    (value: Draft[Name]) =>
      setDraft((previous) => ({ ...previous, [name]: value }));
  const input = (name: 'firstName' | 'lastName' | 'firstNameAr' | 'lastNameAr' | 'phone' | 'nationalId') => ({
    label: t(`patients.${name}`),
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set(name)(event.currentTarget.value),
  });

  return (
    <Page title={t('patients.newTitle')}>
      <Card>
        <form ref={form} onSubmit={onSubmit} aria-label={t('patients.newTitle')}>
          <ProblemAlert problem={create.error} notSaved={t('patients.notSaved')} />
          <SimpleGrid cols={3} spacing="md" mt={create.error ? 'md' : 0}>
            <TextInput {...input('firstName')} required autoFocus />
            <TextInput {...input('lastName')} required />
            <TextInput
              label={t('patients.birthDate')}
              type="date"
              required
              max={todayLocal()}
              min="1900-01-01"
              value={draft.birthDate}
              onChange={(event) => set('birthDate')(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('patients.sex')}
              value={draft.sex}
              onChange={(event) => set('sex')(event.currentTarget.value as Sex)}
              data={(['unknown', 'female', 'male'] as const).map((value) => ({
                value,
                label: t(`sex.${value}`),
              }))}
            />
            <TextInput {...input('phone')} type="tel" dir="ltr" />
            <StateFields draft={draft.state} sex={draft.sex} onChange={set('state')} />
            <NativeSelect
              label={t('patients.allergies')}
              description={t('patients.allergiesHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={draft.allergyStatus}
              onChange={(event) =>
                set('allergyStatus')(event.currentTarget.value === 'none_known' ? 'none_known' : 'not_asked')
              }
              data={(['not_asked', 'none_known'] as const).map((value) => ({
                value,
                label: t(`allergyStatus.${value}`),
              }))}
            />
            <NativeSelect
              label={t('patients.labelLanguage')}
              value={draft.language}
              onChange={(event) => set('language')(event.currentTarget.value === 'en' ? 'en' : 'ar')}
              data={(['ar', 'en'] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
            />
            <TextInput {...input('firstNameAr')} dir="rtl" lang="ar" />
            <TextInput {...input('lastNameAr')} dir="rtl" lang="ar" />
            <TextInput {...input('nationalId')} dir="ltr" />
          </SimpleGrid>
          <Group mt="lg">
            <KeyButton
              combo="Ctrl+Enter"
              label={t('patients.save')}
              loading={create.isPending}
              onPress={submit}
            />
          </Group>
        </form>
      </Card>
    </Page>
  );
}
