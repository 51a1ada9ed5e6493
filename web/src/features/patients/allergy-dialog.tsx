import { Button, Checkbox, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReactionSeverity } from '../../api/types';
import { keys } from '../../api/keys';
import { AsyncPicker } from '../../ui/async-picker';
import { Dialog } from '../../ui/dialog';
import { ProblemAlert } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { localName } from '../shared/names';
import { type Allergen, searchAllergens, useAddAllergy } from './patient-queries';

interface AllergyDialogProps {
  patientId: number;
  opened: boolean;
  onClose: () => void;
}

const SEVERITIES = ['unknown', 'mild', 'moderate', 'severe'] as const;

/** Records an allergy by ingredient or group; free text is possible but is marked as not screenable. */
export function AllergyDialog({ patientId, opened, onClose }: AllergyDialogProps) {
  const { t, i18n } = useTranslation();
  const [allergen, setAllergen] = useState<Allergen | null>(null);
  const [isText, setIsText] = useState(false);
  const [substanceText, setSubstanceText] = useState('');
  const [reaction, setReaction] = useState('');
  const [severity, setSeverity] = useState<ReactionSeverity>('unknown');
  const add = useAddAllergy(patientId, () => {
    toastDone(t('patients.allergyAdded'));
    setAllergen(null);
    setSubstanceText('');
    setReaction('');
    setSeverity('unknown');
    onClose();
  });
  const isComplete = isText ? substanceText.trim() !== '' : allergen !== null;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!isComplete) return;
    add.mutate({
      ...(isText || allergen === null
        ? { substanceText: substanceText.trim() }
        : allergen.kind === 'group'
          ? { groupId: allergen.named.id }
          : { ingredientId: allergen.named.id }),
      ...(reaction.trim() === '' ? {} : { reaction: reaction.trim() }),
      severity,
    });
  }

  return (
    <Dialog opened={opened} onClose={onClose} title={t('patients.addAllergy')}>
      <form onSubmit={onSubmit}>
        <Stack gap="sm">
          <ProblemAlert problem={add.error} notSaved={t('patients.notSaved')} />
          {isText ? (
            <TextInput
              label={t('patients.substanceText')}
              description={t('patients.substanceTextHint')}
              value={substanceText}
              onChange={(event) => setSubstanceText(event.currentTarget.value)}
              data-autofocus
            />
          ) : (
            <AsyncPicker<Allergen>
              label={t('patients.substance')}
              placeholder={t('patients.substancePlaceholder')}
              searchKey={(text) => keys.ingredients(text)}
              search={searchAllergens}
              itemKey={(item) => (item.kind === 'group' ? -item.named.id : item.named.id)}
              itemText={(item) => localName(item.named, i18n.language)}
              renderItem={(item) => (
                <Group justify="space-between">
                  <Text size="sm">
                    <bdi>{localName(item.named, i18n.language)}</bdi>
                  </Text>
                  <StatusBadge tone={item.kind === 'group' ? 'info' : 'neutral'}>
                    {t(`patients.allergen.${item.kind}`)}
                  </StatusBadge>
                </Group>
              )}
              value={allergen}
              onChange={setAllergen}
              autoFocus
            />
          )}
          <Checkbox
            label={t('patients.notInList')}
            checked={isText}
            onChange={(event) => setIsText(event.currentTarget.checked)}
          />
          <TextInput
            label={t('patients.reaction')}
            value={reaction}
            onChange={(event) => setReaction(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('patients.severity')}
            value={severity}
            onChange={(event) => setSeverity(event.currentTarget.value as ReactionSeverity)}
            data={SEVERITIES.map((value) => ({ value, label: t(`reactionSeverity.${value}`) }))}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={!isComplete}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
