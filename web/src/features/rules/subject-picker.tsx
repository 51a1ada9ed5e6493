import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { DrugSearchAnswer, IngredientGroupPage, IngredientPage } from '../../api/types';
import { AsyncPicker } from '../../ui/async-picker';
import type { RuleSubject } from './rule-draft.domain';
import type { SubjectKind } from './rule-kinds.domain';

interface SubjectPickerProps {
  label: string;
  allows: readonly SubjectKind[];
  value: RuleSubject | null;
  onChange: (subject: RuleSubject | null) => void;
  error?: string;
  autoFocus?: boolean;
}

/** Of each sort: more than these, and the right one is better found by another letter. */
const MAX_HITS = 6;

/** Chooses what a rule is about: an ingredient, a group of them, or where it may be, one product. */
export function SubjectPicker({ allows, ...rest }: SubjectPickerProps) {
  const { t } = useTranslation();
  return (
    <AsyncPicker<RuleSubject>
      {...rest}
      required
      placeholder={t('rules.subjectPlaceholder')}
      searchKey={(text) => ['rules', 'subjects', allows, text]}
      search={(text, signal) => findSubjects(allows, text, signal)}
      itemKey={(subject) => `${subject.kind}:${subject.id}`}
      itemText={(subject) => subject.name}
      renderItem={(subject) => (
        <Group justify="space-between" wrap="nowrap" gap="md">
          <Text size="sm">
            <bdi>{subject.name}</bdi>
          </Text>
          <Text span size="xs" c="dimmed">
            {t(`rules.subjectKind.${subject.kind}`)}
          </Text>
        </Group>
      )}
    />
  );
}

async function findSubjects(
  allows: readonly SubjectKind[],
  text: string,
  signal: AbortSignal,
): Promise<RuleSubject[]> {
  const query = { q: text, limit: MAX_HITS };
  const [ingredients, groups, drugs] = await Promise.all([
    allows.includes('ingredient')
      ? api.get<IngredientPage>('/reference/ingredients', query, signal)
      : undefined,
    allows.includes('group')
      ? api.get<IngredientGroupPage>('/reference/ingredient-groups', query, signal)
      : undefined,
    allows.includes('drug') ? api.get<DrugSearchAnswer>('/drugs/search', query, signal) : undefined,
  ]);
  return [
    ...(ingredients?.data ?? []).map(({ id, name }): RuleSubject => ({
      kind: 'ingredient',
      id,
      name,
      groupCode: null,
    })),
    ...(groups?.data ?? []).map(({ id, name, code }): RuleSubject => ({
      kind: 'group',
      id,
      name,
      groupCode: code,
    })),
    ...(drugs?.data ?? []).map(({ drugId, name }): RuleSubject => ({
      kind: 'drug',
      id: drugId,
      name,
      groupCode: null,
    })),
  ];
}
