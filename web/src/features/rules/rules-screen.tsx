import { NativeSelect } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../app/not-found';
import { useSession } from '../../session/session';
import { type Column, rowLinkClass } from '../../ui/data-table';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { ListScreen } from '../../ui/list-screen';
import { Ltr } from '../../ui/ltr';
import { SEVERITIES, SeverityBadge } from '../shared/clinical';
import { HubNotice } from '../shared/hub-notice';
import { type ClinicalRule, textOf } from './rule-draft.domain';
import { hasSeverity, kindNamed, RULE_KINDS, type RuleKindName } from './rule-kinds.domain';
import { RuleDialog } from './rule-dialog';
import { useRules } from './rule-queries';
import { RuleTitle } from './rule-title';
import tabs from '../../ui/page-tabs.module.css';
import classes from './rules.module.css';

const route = getRouteApi('/rules/$kind');
const PAGE_SIZE = 20;

/** The clinical rules of one kind: found by name, code or condition, narrowed by severity; each opens with its history. */
export function RulesScreen() {
  const kind = kindNamed(route.useParams().kind);
  if (kind === undefined) return <NotFound />;
  return <RulesOf key={kind} kind={kind} />;
}

function RulesOf({ kind }: { kind: RuleKindName }) {
  const { t } = useTranslation();
  const { can } = useSession();
  const { q, page, severity, status } = route.useSearch();
  const navigate = route.useNavigate();
  const [dialog, setDialog] = useState<{ rule: ClinicalRule | undefined }>();
  const ended = status === 'ended' ? 'ended' : undefined;
  const result = useRules(kind, {
    q,
    severity: hasSeverity(kind) ? severity : undefined,
    status: ended,
    page: page ?? 1,
    limit: PAGE_SIZE,
  });
  const narrow = (change: { severity?: string; status?: string }) =>
    void navigate({ search: (previous) => ({ ...previous, ...change, page: undefined }) });
  return (
    <>
      <ListScreen
        title={t(`rules.kind.${kind}`)}
        hint={t('rules.hint')}
        above={
          <>
            <RuleTabs />
            <HubNotice />
          </>
        }
        actions={
          can('ManageClinicalRules') && (
            <KeyButton combo="F9" label={t('rules.new')} onPress={() => setDialog({ rule: undefined })} />
          )
        }
        search={{
          value: q,
          label: t('rules.search'),
          placeholder: t('rules.searchPlaceholder'),
          focusLabel: t('rules.focusSearch'),
          onSearch: (wanted) =>
            void navigate({
              search: (previous) => ({ ...previous, q: wanted, page: undefined }),
              replace: true,
            }),
        }}
        filters={
          <>
            {hasSeverity(kind) && (
              <NativeSelect
                aria-label={t('rules.field.severity')}
                size="md"
                value={severity ?? ''}
                onChange={(event) => narrow({ severity: event.currentTarget.value || undefined })}
                data={[
                  { value: '', label: t('rules.anySeverity') },
                  ...SEVERITIES.map((one) => ({ value: one, label: t(`severity.${one}`) })),
                ]}
              />
            )}
            <NativeSelect
              aria-label={t('rules.status')}
              size="md"
              value={ended ?? 'current'}
              onChange={(event) =>
                narrow({ status: event.currentTarget.value === 'ended' ? 'ended' : undefined })
              }
              data={[
                { value: 'current', label: t('rules.current') },
                { value: 'ended', label: t('rules.ended') },
              ]}
            />
          </>
        }
        result={result}
        columns={useColumns(kind, (rule) => setDialog({ rule }))}
        rowKey={(rule) => rule.id}
        empty={{ title: t('rules.empty'), hint: t('rules.emptyHint') }}
        onPage={(next) => void navigate({ search: (previous) => ({ ...previous, page: next }) })}
      />
      <RuleDialog
        kind={kind}
        opened={dialog !== undefined}
        rule={dialog?.rule}
        onClose={() => setDialog(undefined)}
      />
    </>
  );
}

function RuleTabs() {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('rules.parts')} className={tabs['tabs']}>
      {RULE_KINDS.map((kind) => (
        <Link
          key={kind}
          to="/rules/$kind"
          params={{ kind }}
          className={tabs['tab']}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(`rules.kind.${kind}`)}
        </Link>
      ))}
    </nav>
  );
}

function useColumns(kind: RuleKindName, onOpen: (rule: ClinicalRule) => void): Column<ClinicalRule>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'about',
      header: t('rules.about'),
      cell: (rule) => (
        <button type="button" className={rowLinkClass} data-row-link onClick={() => onOpen(rule)}>
          <RuleTitle kind={kind} rule={rule} />
        </button>
      ),
    },
    ...(hasSeverity(kind)
      ? [
          {
            id: 'severity',
            header: t('rules.field.severity'),
            cell: (rule: ClinicalRule) => <Severity rule={rule} />,
          },
        ]
      : []),
    { id: 'source', header: t('rules.field.source'), cell: (rule) => <bdi>{rule.source}</bdi> },
    {
      id: 'code',
      header: t('rules.code'),
      cell: (rule) => (
        <span className={classes['code']}>
          <Ltr>{rule.code}</Ltr>
        </span>
      ),
    },
    {
      id: 'version',
      header: t('rules.version'),
      numeric: true,
      cell: (rule) => <Ltr>{rule.version}</Ltr>,
    },
  ];
}

function Severity({ rule }: { rule: ClinicalRule }) {
  const known = SEVERITIES.find((one) => one === textOf(rule, 'severity'));
  return known === undefined ? null : <SeverityBadge severity={known} />;
}
