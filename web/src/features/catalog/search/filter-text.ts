import { useTranslation } from 'react-i18next';
import { useLocalNames } from '../../shared/form-names';
import type { ChosenFilter, ListFilter } from './filters.domain';

/** Text of a value of a list in the language of the interface. */
export function useValueText(name: ListFilter): (value: string) => string {
  const form = useLocalNames('dosageForm');
  const route = useLocalNames('route');
  if (name === 'dosageForm') return form;
  return name === 'route' ? route : (value) => value;
}

/** "Form: tablet"; "In stock". */
export function useFilterText(): (one: ChosenFilter) => string {
  const { t } = useTranslation();
  const form = useValueText('dosageForm');
  const route = useValueText('route');
  return (one) => {
    const name = t(`drugs.facet.${one.name}`);
    if (one.value === true) return name;
    if (one.value === false) return `${name}: ${t('answer.no')}`;
    const value =
      one.name === 'dosageForm' ? form(one.value) : one.name === 'route' ? route(one.value) : one.value;
    return `${name}: ${value}`;
  };
}
