import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { DecimalInput } from '../../../ui/decimal-input';
import { fieldError } from '../../../ui/field-errors';
import { Card } from '../../../ui/page';
import { ReferencePicker } from '../reference-picker';
import { useReferenceList } from '../reference-queries';
import { localName } from '../../shared/names';
import { type DrugDraft, SCHEDULES, STATUSES, STORAGES } from './drug-draft.domain';
import classes from './edit.module.css';
import { textDir } from '../../../ui/text-dir';

export interface FieldsProps {
  draft: DrugDraft;
  problem: Problem | null;
  set: <Name extends keyof DrugDraft>(name: Name, value: DrugDraft[Name]) => void;
}

type TextName = 'name' | 'nameAr' | 'strength' | 'atcCode' | 'baseUnit' | 'priceCeilingSource' | 'sourceUrl';
type DecimalName = 'price' | 'priceCeiling' | 'unitsPerStrip' | 'unitsPerPack';

/** What the product is called, what it is, and who makes it. */
export function IdentityFields(props: FieldsProps) {
  const { t } = useTranslation();
  const { draft, set, problem } = props;
  return (
    <Card label={t('drugs.product')}>
      <div className={classes['layout']}>
        <Text name="name" {...props} size="half" required isFirst />
        <Text name="nameAr" {...props} size="half" />
        <div className={classes['third']}>
          <ReferencePicker
            path="/reference/dosage-forms"
            label={t('drugs.facet.dosageForm')}
            value={named(draft.dosageForm)}
            onChange={(entry) => set('dosageForm', entry?.name ?? null)}
            error={fieldError(problem, '/dosageForm')}
          />
        </div>
        <div className={classes['third']}>
          <ReferencePicker
            path="/reference/routes"
            label={t('drugs.facet.route')}
            value={named(draft.route)}
            onChange={(entry) => set('route', entry?.name ?? null)}
            error={fieldError(problem, '/route')}
          />
        </div>
        <Text name="strength" {...props} size="third" isCode />
        <div className={classes['half']}>
          <ReferencePicker
            path="/reference/companies"
            label={t('drugs.facet.company')}
            value={draft.company}
            onChange={(entry) => set('company', entry)}
            error={fieldError(problem, '/companyId')}
          />
        </div>
        <div className={classes['half']}>
          <ReferencePicker
            path="/reference/companies"
            label={t('catalog.marketer')}
            value={draft.marketer}
            onChange={(entry) => set('marketer', entry)}
            error={fieldError(problem, '/marketerCompanyId')}
          />
        </div>
        <div className={classes['half']}>
          <ReferencePicker
            path="/reference/therapeutic-categories"
            label={t('drugs.facet.category')}
            value={draft.category}
            onChange={(entry) => set('category', entry)}
            error={fieldError(problem, '/categoryId')}
          />
        </div>
        <Text name="atcCode" {...props} size="quarter" isCode />
        <div className={classes['quarter']}>
          <NativeSelect
            label={t('catalog.status')}
            value={draft.status}
            onChange={(event) =>
              set('status', STATUSES.find((one) => one === event.currentTarget.value) ?? 'active')
            }
            data={STATUSES.map((one) => ({ value: one, label: t(`drugStatus.${one}`) }))}
          />
        </div>
        <div className={classes['whole']}>
          <Textarea
            label={t('catalog.activeRaw')}
            description={t('catalog.activeRawHint')}
            attributes={textDir('auto')}
            maxLength={5000}
            minRows={1}
            value={draft.activeRaw}
            error={fieldError(problem, '/activeRaw')}
            onChange={(event) => set('activeRaw', event.currentTarget.value)}
          />
        </div>
      </div>
    </Card>
  );
}

/** Packs, price and what must be heeded. */
export function SupplyFields(props: FieldsProps) {
  const { t } = useTranslation();
  const { draft, set } = props;
  return (
    <Card label={t('catalog.supply')}>
      <div className={classes['layout']}>
        <Decimal name="price" {...props} />
        <div className={classes['sixth']}>
          <TextInput
            type="date"
            label={t('catalog.priceFrom')}
            value={draft.priceFrom}
            error={fieldError(props.problem, '/priceEffectiveFrom')}
            onChange={(event) => set('priceFrom', event.currentTarget.value)}
          />
        </div>
        <Decimal name="priceCeiling" {...props} />
        <Text name="priceCeilingSource" {...props} size="half" />
        <Text name="baseUnit" {...props} size="sixth" required />
        <Decimal name="unitsPerPack" {...props} required />
        <Decimal name="unitsPerStrip" {...props} />
        <div className={classes['sixth']}>
          <NativeSelect
            label={t('catalog.schedule')}
            value={draft.controlledSchedule}
            onChange={(event) =>
              set('controlledSchedule', SCHEDULES.find((one) => one === event.currentTarget.value) ?? '')
            }
            data={[
              { value: '', label: t('answer.no') },
              ...SCHEDULES.map((one) => ({ value: one, label: one })),
            ]}
          />
        </div>
        <div className={classes['third']}>
          <NativeSelect
            label={t('catalog.storage')}
            value={draft.storage}
            onChange={(event) =>
              set('storage', STORAGES.find((one) => one === event.currentTarget.value) ?? 'room')
            }
            data={STORAGES.map((one) => ({ value: one, label: t(`storage.${one}`) }))}
          />
        </div>
        <Text name="sourceUrl" {...props} size="half" isCode />
        <div className={classes['whole']}>
          <Checkbox
            label={t('drugs.rxOnly')}
            checked={draft.rxOnly}
            onChange={(event) => set('rxOnly', event.currentTarget.checked)}
          />
        </div>
        <HandlingFlags {...props} />
      </div>
    </Card>
  );
}

function HandlingFlags({ draft, set }: FieldsProps) {
  const { t, i18n } = useTranslation();
  const flags = useReferenceList('/reference/handling-flags', { limit: 100 });
  return (
    <Checkbox.Group
      className={classes['whole']}
      label={t('catalog.handling')}
      value={draft.handlingFlags}
      onChange={(codes) => set('handlingFlags', codes)}
    >
      <div className={classes['flags']}>
        {(flags.data?.data ?? []).map((flag) => (
          <Checkbox
            key={flag.id}
            size="xs"
            styles={{ body: { alignItems: 'center', minHeight: 26 } }}
            value={flag.code ?? ''}
            label={localName({ name: flag.name, nameAr: flag.nameAr ?? null }, i18n.language)}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

/** Forms and routes are known by their name. */
function named(name: string | null): { id: number; name: string } | null {
  return name === null ? null : { id: 0, name };
}

interface TextProps extends FieldsProps {
  name: TextName;
  size: 'half' | 'third' | 'quarter' | 'sixth';
  required?: boolean;
  isCode?: boolean;
  isFirst?: boolean;
}

function Text({ name, size, required, isCode, isFirst, draft, set, problem }: TextProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      className={classes[size]}
      label={t(`catalog.drugField.${name}`)}
      required={required}
      autoFocus={isFirst}
      attributes={textDir(name === 'nameAr' ? 'rtl' : isCode ? 'ltr' : 'auto')}
      maxLength={500}
      value={draft[name]}
      error={fieldError(problem, `/${name}`)}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
}

function Decimal({
  name,
  required,
  draft,
  set,
  problem,
}: FieldsProps & { name: DecimalName; required?: boolean }) {
  const { t } = useTranslation();
  return (
    <DecimalInput
      className={classes['sixth']}
      label={t(`catalog.drugField.${name}`)}
      required={required}
      value={draft[name]}
      error={fieldError(problem, `/${name}`)}
      onChange={(value) => set(name, value)}
    />
  );
}
