import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Sex } from '../../api/types';
import { DecimalInput } from '../../ui/decimal-input';
import { ANSWERS, CHILD_PUGH, type StateDraft, TRIMESTERS } from './patient-state.domain';

interface StateFieldsProps {
  draft: StateDraft;
  sex: Sex;
  onChange: (draft: StateDraft) => void;
  autoFocus?: boolean;
}

/** What screening needs of a body: weight, kidneys, liver, pregnancy with due date or trimester, breast-feeding. */
export function StateFields({ draft, sex, onChange, autoFocus = false }: StateFieldsProps) {
  const { t } = useTranslation();
  const set =
    <Name extends keyof StateDraft>(name: Name) =>
    (value: StateDraft[Name]) =>
      onChange({ ...draft, [name]: value });
  const answers = ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }));
  const notKnown = { value: '', label: t('answer.notKnown') };
  return (
    <>
      <DecimalInput
        label={t('patients.weightKg')}
        value={draft.weightKg}
        onChange={set('weightKg')}
        {...(autoFocus ? { 'data-autofocus': true } : {})}
      />
      <DecimalInput label={t('patients.egfr')} value={draft.egfr} onChange={set('egfr')} />
      <NativeSelect
        label={t('patients.childPugh')}
        value={draft.childPugh}
        onChange={(event) =>
          set('childPugh')(CHILD_PUGH.find((one) => one === event.currentTarget.value) ?? '')
        }
        data={[
          notKnown,
          ...CHILD_PUGH.map((value) => ({ value, label: t(`patients.childPughClass.${value}`) })),
        ]}
      />
      {sex !== 'male' && (
        <NativeSelect
          label={t('patients.pregnant')}
          value={draft.pregnant}
          onChange={(event) =>
            set('pregnant')(ANSWERS.find((one) => one === event.currentTarget.value) ?? 'notAsked')
          }
          data={answers}
        />
      )}
      {sex !== 'male' && draft.pregnant === 'yes' && (
        <>
          <TextInput
            label={t('patients.dueDate')}
            description={t('patients.dueDateHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="date"
            value={draft.dueDate}
            onChange={(event) => set('dueDate')(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('patients.trimester')}
            disabled={draft.dueDate !== ''}
            value={draft.dueDate === '' ? draft.trimester : ''}
            onChange={(event) =>
              set('trimester')(TRIMESTERS.find((one) => one === event.currentTarget.value) ?? '')
            }
            data={[
              draft.dueDate === '' ? notKnown : { value: '', label: t('patients.byDueDate') },
              ...TRIMESTERS.map((value) => ({ value, label: t(`patients.trimesterNo.${value}`) })),
            ]}
          />
        </>
      )}
      {sex !== 'male' && (
        <NativeSelect
          label={t('patients.lactating')}
          value={draft.lactating}
          onChange={(event) =>
            set('lactating')(ANSWERS.find((one) => one === event.currentTarget.value) ?? 'notAsked')
          }
          data={answers}
        />
      )}
    </>
  );
}
