import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { keys } from '../../api/keys';
import type { DrugHit, DrugSearchAnswer } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import { Keys } from '../../ui/hotkeys/hotkeys';
import { DrugOption } from './drug-option';

interface DrugPickerProps {
  label: string;
  placeholder?: string;
  value: DrugHit | null;
  onChange: (drug: DrugHit | null) => void;
  clearAfterPick?: boolean;
  required?: boolean;
  error?: string;
  autoFocus?: boolean;
  /** Key that focuses the field, shown inside it. */
  combo?: string;
  description?: ReactNode;
  ref?: Ref<HTMLInputElement>;
  onEmptyKey?: (key: string) => boolean;
  onSubmitText?: (text: string) => void;
}

const MAX_HITS = 10;

/** Searches the catalogue as one types; each option shows what tells one pack from another. */
export function DrugPicker({ combo, ...rest }: DrugPickerProps) {
  const { t } = useTranslation();
  return (
    <AsyncPicker<DrugHit>
      {...rest}
      placeholder={rest.placeholder ?? t('drugs.pickerPlaceholder')}
      searchKey={(text) => keys.drugSearch({ q: text, limit: MAX_HITS })}
      search={async (text, signal) => {
        const answer = await api.get<DrugSearchAnswer>('/drugs/search', { q: text, limit: MAX_HITS }, signal);
        return answer.data;
      }}
      itemKey={(drug) => drug.drugId}
      itemText={(drug) => drug.name}
      ariaKeys={combo}
      rightSection={combo === undefined ? undefined : <Keys combo={combo} />}
      renderItem={(drug) => <DrugOption drug={drug} />}
    />
  );
}
