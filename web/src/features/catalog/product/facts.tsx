import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrugDetail } from '../../../api/types';
import { useSession } from '../../../session/session';
import { DateText, DateTimeText } from '../../../ui/date-text';
import { Ltr } from '../../../ui/ltr';
import { MoneyText } from '../../../ui/money-text';
import { Card } from '../../../ui/page';
import { useLocalNames } from '../../shared/form-names';
import { PriceText } from '../../shared/price-text';
import classes from '../catalog.module.css';

/** What is known of the product, its price, and where all this comes from. */
export function Facts({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const formName = useLocalNames('dosageForm');
  const routeName = useLocalNames('route');
  return (
    <Card label={t('drugs.product')}>
      <Title order={2} mb={8}>
        {t('drugs.product')}
      </Title>
      <dl className={classes['facts']}>
        <Fact name={t('drugs.price')}>
          <PriceText value={drug.price} strong withCurrency />
        </Fact>
        {drug.hasPrice && (
          <Fact name={t('drugs.priceSince')}>
            <DateText value={drug.priceEffectiveFrom} />
          </Fact>
        )}
        {drug.oldPrice !== null && (
          <Fact name={t('drugs.oldPrice')}>
            <MoneyText value={drug.oldPrice} />
          </Fact>
        )}
        {drug.priceCeiling !== null && (
          <Fact name={t('drugs.priceCeiling')}>
            <MoneyText value={drug.priceCeiling} />
            {drug.priceCeilingSource !== null && (
              <>
                {' '}
                <bdi>{drug.priceCeilingSource}</bdi>
              </>
            )}
          </Fact>
        )}
        {drug.scheduledPrices.map((one) => (
          <Fact key={one.scheduledPriceId} name={t('drugs.scheduledPrice')}>
            <MoneyText value={one.price} /> {t('drugs.fromDay')} <DateText value={one.effectiveFrom} />
          </Fact>
        ))}
        <TextFact name={t('drugs.facet.dosageForm')} value={drug.dosageForm && formName(drug.dosageForm)} />
        <TextFact name={t('drugs.strength')} value={drug.strength} isCode />
        <TextFact name={t('drugs.facet.route')} value={drug.route && routeName(drug.route)} />
        <TextFact name={t('drugs.facet.company')} value={drug.company?.name ?? null} />
        {drug.marketer !== null && <TextFact name={t('drugs.marketer')} value={drug.marketer.name} />}
        <TextFact name={t('drugs.facet.category')} value={drug.category?.name ?? null} />
        <TextFact name={t('drugs.atc')} value={drug.atcCode} isCode />
        <TextFact name={t('drugs.storage')} value={t(`storage.${drug.storage}`)} />
        {drug.handlingFlags.length > 0 && (
          <TextFact name={t('drugs.handling')} value={drug.handlingFlags.join(', ')} isCode />
        )}
        <Fact name={t('drugs.source')}>
          <Ltr>{[drug.source, drug.sourceId].filter((part) => part !== null).join(' · ')}</Ltr>
          {drug.releaseId !== null && can('ManageDrugCatalog') && (
            <>
              {' · '}
              <Link to="/catalog/imports/$importId" params={{ importId: String(drug.releaseId) }}>
                {t('drugs.release', { id: drug.releaseId })}
              </Link>
            </>
          )}
          {drug.sourceUrl !== null && (
            <>
              {' · '}
              <a href={drug.sourceUrl} target="_blank" rel="noreferrer">
                {t('drugs.atSource')}
              </a>
            </>
          )}
        </Fact>
        <Fact name={t('drugs.updatedAt')}>
          <DateTimeText value={drug.updatedAt} />
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function TextFact({ name, value, isCode = false }: { name: string; value: string | null; isCode?: boolean }) {
  const { t } = useTranslation();
  return (
    <Fact name={name}>
      {value === null || value === '' ? t('common.none') : isCode ? <Ltr>{value}</Ltr> : <bdi>{value}</bdi>}
    </Fact>
  );
}
