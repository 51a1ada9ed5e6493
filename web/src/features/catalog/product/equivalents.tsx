import { useTranslation } from 'react-i18next';
import type { DrugEquivalent } from '../../../api/types';
import { useEquivalents } from '../catalog-queries';
import { OfferedList, useDifferenceColumn, useOfferedColumns } from './offered';

/** Same ingredients, amounts, form family and route: in stock first, then the cheapest. */
export function Equivalents({ drugId }: { drugId: number }) {
  const { t } = useTranslation();
  const equivalents = useEquivalents(drugId);
  const columns = useOfferedColumns<DrugEquivalent>();
  const difference = useDifferenceColumn<DrugEquivalent>();
  const meta = equivalents.data?.meta;
  const reason = meta?.notComparable ?? null;
  return (
    <OfferedList<DrugEquivalent>
      label={t('drugs.equivalents')}
      hint={
        <>
          {t('drugs.equivalentsHint')}
          {meta?.comparedBy === 'strength-text' && ` · ${t('drugs.comparedByText')}`}
          {meta?.formRule === 'same-form' && ` · ${t('drugs.sameFormOnly')}`}
        </>
      }
      result={equivalents}
      columns={[...columns, difference]}
      empty={
        reason === null
          ? { title: t('drugs.noEquivalents') }
          : { title: t('drugs.notComparable'), hint: t(`drugs.notComparableWhy.${reason}`) }
      }
    />
  );
}
