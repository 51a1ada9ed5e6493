import { useTranslation } from 'react-i18next';
import type { DrugAlternative } from '../../../api/types';
import { useAlternatives } from '../catalog-queries';
import { OfferedList, useOfferedColumns } from './offered';

/** Other ingredients of the same class: nothing that may be given without the prescriber. */
export function Alternatives({ drugId }: { drugId: number }) {
  const { t } = useTranslation();
  const alternatives = useAlternatives(drugId);
  const columns = useOfferedColumns<DrugAlternative>((row) => (
    <>
      <bdi>{row.ingredients.join(' + ')}</bdi>
      {!row.sameRoute && ` · ${t('drugs.otherRoute')}`}
    </>
  ));
  const meta = alternatives.data?.meta;
  return (
    <OfferedList<DrugAlternative>
      label={t('drugs.tab.alternatives')}
      hint={
        <>
          {t('drugs.alternativesHint')} <bdi dir="ltr">{meta?.atcCode}</bdi> <bdi>{meta?.atcName}</bdi>
          {meta?.atcFrom === 'ingredient' && ` · ${t('drugs.atcFromIngredient')}`}
        </>
      }
      result={alternatives}
      columns={columns}
      empty={
        meta?.atcCode === null
          ? { title: t('drugs.noClass'), hint: t('drugs.noClassHint') }
          : { title: t('drugs.noAlternatives') }
      }
    />
  );
}
