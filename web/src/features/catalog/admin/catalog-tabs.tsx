import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session';
import classes from '../../../ui/page-tabs.module.css';
import { HubNotice } from '../../shared/hub-notice';
import { type ListName, REFERENCE_LISTS } from './reference-lists';

const LISTS = Object.keys(REFERENCE_LISTS) as ListName[];

/** The way between the screens that look after the catalogue, and where it is looked after. */
export function CatalogTabs() {
  return (
    <>
      <Tabs />
      <HubNotice />
    </>
  );
}

function Tabs() {
  const { t } = useTranslation();
  const { can } = useSession();
  const rules = can('ManageClinicalRules') && (
    <Link to="/catalog/rules" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
      {t('ruleFiles.tab')}
    </Link>
  );
  if (!can('ManageDrugCatalog'))
    return (
      <nav aria-label={t('catalog.parts')} className={classes['tabs']}>
        {rules}
      </nav>
    );
  return (
    <nav aria-label={t('catalog.parts')} className={classes['tabs']}>
      <Link to="/catalog/imports" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('catalog.imports')}
      </Link>
      {rules}
      <Link to="/catalog/worklist" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('nav.worklist')}
      </Link>
      <Link to="/catalog/ingredients" className={classes['tab']} activeProps={{ 'aria-current': 'page' }}>
        {t('catalog.ingredients')}
      </Link>
      {LISTS.map((list) => (
        <Link
          key={list}
          to="/catalog/lists/$list"
          params={{ list }}
          className={classes['tab']}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(`catalog.list.${list}`)}
        </Link>
      ))}
    </nav>
  );
}
