import { Group, Stack } from '@mantine/core';
import { getRouteApi, useBlocker, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import type { DrugDetail } from '../../../api/types';
import { useSession } from '../../../session/session';
import { Attention } from '../../../ui/attention';
import { KeyButton } from '../../../ui/hotkeys/key-button';
import { Card, Page } from '../../../ui/page';
import { ProblemAlert } from '../../../ui/problem-text';
import { EmptyView, ErrorView, LoadingRows } from '../../../ui/states';
import { toastDone } from '../../../ui/toasts';
import { HubNotice } from '../../shared/hub-notice';
import { useCreateDrug, useDrug, useUpdateDrug } from '../catalog-queries';
import { BarcodeLines } from './barcode-lines';
import { Conflict } from './conflict';
import { draftOfDrug } from './draft-of-drug';
import { changedFields, type DrugDraft, EMPTY_DRAFT, rebase, toCreate, toUpdate } from './drug-draft.domain';
import { IdentityFields, SupplyFields } from './drug-fields';
import { IngredientLines } from './ingredient-lines';
import { PackLines } from './pack-lines';

const route = getRouteApi('/drugs/$drugId/edit');

/** A new product of the catalogue. */
export function NewDrugScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { can } = useSession();
  const create = useCreateDrug((drug) => {
    toastDone(t('catalog.drugSaved'));
    void navigate({
      to: '/drugs/$drugId',
      params: { drugId: String(drug.drugId) },
      replace: true,
      ignoreBlocker: true,
    });
  });
  if (!can('ManageDrugCatalog')) return <EmptyView title={t('errors.forbidden')} />;
  return (
    <DrugForm
      title={t('drugs.newTitle')}
      before={EMPTY_DRAFT}
      start={EMPTY_DRAFT}
      problem={create.error}
      isSaving={create.isPending}
      onSave={(draft) => create.mutate(toCreate(draft))}
    />
  );
}

/** Changes a product. */
export function EditDrugScreen() {
  const { t } = useTranslation();
  const { can } = useSession();
  const { drugId } = route.useParams();
  const drug = useDrug(Number.parseInt(drugId, 10));
  if (!can('ManageDrugCatalog')) return <EmptyView title={t('errors.forbidden')} />;
  if (drug.isPending) return <LoadingRows />;
  if (drug.isError) return <ErrorView error={drug.error} retry={() => void drug.refetch()} />;
  return <EditDrug key={drugId} drug={drug.data} refetch={async () => (await drug.refetch()).data} />;
}

interface EditDrugProps {
  drug: DrugDetail;
  refetch: () => Promise<DrugDetail | undefined>;
}

/** Edits what was read first; a later state of the product comes in only when somebody takes it. */
function EditDrug({ drug, refetch }: EditDrugProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [base, setBase] = useState(drug);
  const [theirs, setTheirs] = useState<DrugDetail>();
  /** What the form was last filled with; each filling makes it a new form. */
  const [filled, setFilled] = useState({ count: 0, draft: draftOfDrug(drug) });
  const update = useUpdateDrug(base.drugId, {
    onDone: (after) => {
      toastDone(t('catalog.drugSaved'));
      void navigate({
        to: '/drugs/$drugId',
        params: { drugId: String(after.drugId) },
        replace: true,
        ignoreBlocker: true,
      });
    },
    onStale: () => void refetch().then(setTheirs),
  });
  const before = draftOfDrug(base);
  /** Goes on from what stands there now, with `draft` in the form. */
  const goOn = (now: DrugDetail, draft: DrugDraft) => {
    setBase(now);
    setTheirs(undefined);
    setFilled(({ count }) => ({ count: count + 1, draft }));
    update.reset();
  };
  return (
    <DrugForm
      key={filled.count}
      title={t('catalog.editDrug', { name: base.name })}
      before={before}
      start={filled.draft}
      problem={theirs ? null : update.error}
      isSaving={update.isPending}
      conflict={theirs}
      onSave={(draft) => update.mutate({ ...toUpdate(before, draft), version: base.version })}
      notice={(draft) =>
        theirs && (
          <Conflict
            before={before}
            mine={draft}
            theirs={draftOfDrug(theirs)}
            onReload={() => goOn(theirs, draftOfDrug(theirs))}
            onKeep={() => goOn(theirs, rebase(before, draft, draftOfDrug(theirs)))}
          />
        )
      }
    />
  );
}

interface DrugFormProps {
  title: string;
  /** What is kept now: what differs from it is a change. */
  before: DrugDraft;
  /** What the form begins with. */
  start: DrugDraft;
  problem: Problem | null;
  isSaving: boolean;
  onSave: (draft: DrugDraft) => void;
  /** What somebody else saved meanwhile. */
  conflict?: DrugDetail;
  /** Shown above the fields: the conflict in words. */
  notice?: (draft: DrugDraft) => ReactNode;
}

function DrugForm({ title, before, start, problem, isSaving, onSave, conflict, notice }: DrugFormProps) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(start);
  const isChanged = changedFields(before, draft).length > 0;
  const set = <Name extends keyof DrugDraft>(name: Name, value: DrugDraft[Name]) =>
    setDraft((previous) => ({ ...previous, [name]: value }));
  // Typed work is never lost by a slip of the hand.
  useBlocker({
    shouldBlockFn: () => isChanged && !window.confirm(t('catalog.leaveUnsaved')),
    enableBeforeUnload: () => isChanged,
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    onSave(draft);
  }

  return (
    <Page
      title={title}
      actions={
        <Group gap="xs">
          <KeyButton
            combo="Escape"
            label={t('common.cancel')}
            variant="default"
            onPress={() => window.history.back()}
          />
          <KeyButton
            combo="Ctrl+Enter"
            label={t('common.save')}
            loading={isSaving}
            disabled={!isChanged}
            onPress={() => form.current?.requestSubmit()}
          />
        </Group>
      }
    >
      <form ref={form} onSubmit={onSubmit} aria-label={title}>
        <Stack gap={12}>
          <HubNotice />
          <Attention subject={problem ?? conflict}>
            <ProblemAlert problem={problem} notSaved={t('catalog.notSaved')} />
            {notice?.(draft)}
          </Attention>
          <IdentityFields draft={draft} set={set} problem={problem} />
          <Card>
            <IngredientLines
              lines={draft.ingredients}
              problem={problem}
              onChange={(lines) => set('ingredients', lines)}
            />
          </Card>
          <SupplyFields draft={draft} set={set} problem={problem} />
          <Card>
            <PackLines lines={draft.packs} problem={problem} onChange={(lines) => set('packs', lines)} />
          </Card>
          <Card>
            <BarcodeLines
              lines={draft.barcodes}
              packs={draft.packs}
              problem={problem}
              onChange={(lines) => set('barcodes', lines)}
            />
          </Card>
          {/* Enter in a field saves as well, as in every form. */}
          <button type="submit" hidden />
        </Stack>
      </form>
    </Page>
  );
}
