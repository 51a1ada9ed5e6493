import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import classes from '../catalog.module.css';
import { chosenFilters, type DrugFilters, NO_FILTERS, without } from './filters.domain';
import { useFilterText } from './filter-text';

interface ChosenFiltersProps {
  filters: DrugFilters;
  onChange: (change: DrugFilters) => void;
}

/** What the search is narrowed to, each value with its cross, and one key to clear all. */
export function ChosenFilters({ filters, onChange }: ChosenFiltersProps) {
  const { t } = useTranslation();
  const textOf = useFilterText();
  const chosen = chosenFilters(filters);
  if (chosen.length === 0) return null;
  return (
    <div className={classes['chips']} role="group" aria-label={t('drugs.chosenFilters')}>
      {chosen.map((one) => (
        <button
          key={`${one.name} ${one.value}`}
          type="button"
          className={classes['chip']}
          aria-label={t('drugs.removeFilter', { filter: textOf(one) })}
          onClick={() => onChange(without(filters, one))}
        >
          <bdi>{textOf(one)}</bdi>
          <IconX size={14} aria-hidden="true" />
        </button>
      ))}
      <KeyButton
        combo="Alt+X"
        label={t('drugs.clearFilters')}
        size="compact-sm"
        variant="subtle"
        onPress={() => onChange(NO_FILTERS)}
      />
    </div>
  );
}
