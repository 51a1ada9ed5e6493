import { Tabs } from '@mantine/core';
import '@mantine/core/styles/Tabs.css';
import { useTranslation } from 'react-i18next';
import type { DrugDetail } from '../../../api/types';
import { Card } from '../../../ui/page';
import { Alternatives } from './alternatives';
import { Equivalents } from './equivalents';
import { PriceHistory } from './price-history';
import { Rules } from './rules';

const TABS = ['equivalents', 'alternatives', 'rules', 'prices'] as const;

/** What stands around the product; each part is asked for when its tab is opened. */
export function ProductTabs({ drug }: { drug: DrugDetail }) {
  const { t } = useTranslation();
  return (
    <Card flush label={t('drugs.more')}>
      <Tabs defaultValue="equivalents" keepMounted={false}>
        <Tabs.List aria-label={t('drugs.more')}>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`drugs.tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="equivalents">
          <Equivalents drugId={drug.drugId} />
        </Tabs.Panel>
        <Tabs.Panel value="alternatives">
          <Alternatives drugId={drug.drugId} />
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <Rules drugId={drug.drugId} />
        </Tabs.Panel>
        <Tabs.Panel value="prices">
          <PriceHistory drug={drug} />
        </Tabs.Panel>
      </Tabs>
    </Card>
  );
}
