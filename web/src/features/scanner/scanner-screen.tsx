import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyButton } from '../../ui/hotkeys/key-button';
import { Ltr } from '../../ui/ltr';
import { Notice } from '../../ui/notice';
import { Card, Page } from '../../ui/page';
import { beep } from '../../ui/scan/beep';
import { GAP_KEY, useScan, wedge } from '../../ui/scan/scan';
import { GS, MAX_GAP_MS } from '../../ui/scan/scan-burst.domain';
import { StatusBadge } from '../../ui/status-badge';
import { toastDone } from '../../ui/toasts';
import { diagnose, type Diagnosis, type Finding, type RawKey } from './scan-diagnosis.domain';
import { SymbolPicture } from './symbol-picture';
import { TEST_CODES } from './test-codes';

/** A scan is over when no key came for so long: longer than the slowest scanner waits between two. */
const QUIET_MS = 400;
/** Fewer keys than this are somebody's fingers. */
const LEAST_KEYS = 4;

/** Shows symbols to scan, listens to what the scanner types and says what is wrong and how it is mended. */
export function ScannerScreen() {
  const { t } = useTranslation();
  const [gapMs, setGapMs] = useState(wedge.gapMs);
  const [found, setFound] = useState<Diagnosis>();
  const [read, setRead] = useState<ReadonlySet<string>>(new Set());
  const show = useCallback((keys: readonly RawKey[]) => {
    const diagnosis = diagnose(keys, TEST_CODES, wedge.gapMs);
    const { codeId } = diagnosis;
    const isGood = diagnosis.findings.some(({ code }) => code === 'good');
    setFound(diagnosis);
    if (isGood && codeId !== undefined) setRead((before) => new Set(before).add(codeId));
    beep(isGood ? 'ok' : 'refused');
  }, []);
  const field = useRawKeys(show);
  // What the program takes for a scan must not open anything while the scanner is being set up.
  useScan(() => undefined);
  function save(ms: number): void {
    wedge.gapMs = ms;
    localStorage.setItem(GAP_KEY, String(ms));
    setGapMs(ms);
    setFound(undefined);
    toastDone(t('scanner.saved'));
  }
  const wanted = found?.wantedGapMs;
  return (
    <Page
      title={t('scanner.title')}
      hint={t('scanner.hint')}
      actions={
        <Group gap="sm">
          {gapMs !== MAX_GAP_MS && (
            <KeyButton
              combo="F8"
              variant="default"
              label={t('scanner.standard')}
              onPress={() => save(MAX_GAP_MS)}
            />
          )}
          {wanted !== undefined && (
            <KeyButton combo="F9" label={t('scanner.use', { ms: wanted })} onPress={() => save(wanted)} />
          )}
        </Group>
      }
    >
      <Group gap="sm" align="stretch" grow preventGrowOverflow={false}>
        {TEST_CODES.map((code) => (
          <Card key={code.id} label={t(`scanner.code.${code.id}`)}>
            <Stack align="center" gap={8}>
              <Text fw={600}>{t(`scanner.code.${code.id}`)}</Text>
              <SymbolPicture
                code={code}
                label={t('scanner.pictureOf', { name: t(`scanner.code.${code.id}`) })}
              />
              {read.has(code.id) ? (
                <StatusBadge tone="ok">{t('scanner.readWell')}</StatusBadge>
              ) : (
                <StatusBadge tone="neutral">{t('scanner.notYet')}</StatusBadge>
              )}
            </Stack>
          </Card>
        ))}
      </Group>
      <Card label={t('scanner.arrived')}>
        <Stack gap="sm">
          <TextInput
            ref={field}
            label={t('scanner.field')}
            description={t('scanner.fieldHint', { ms: gapMs })}
            inputWrapperOrder={['label', 'input', 'description']}
            dir="ltr"
            autoFocus
            autoComplete="off"
            defaultValue=""
          />
          <div role="status" aria-live="polite">
            {found ? <Result found={found} gapMs={gapMs} /> : <Text size="sm">{t('scanner.waiting')}</Text>}
          </div>
        </Stack>
      </Card>
    </Page>
  );
}

/** Collects the keys of a scan before anything else sees them; the field only keeps them from acting elsewhere. */
function useRawKeys(onScan: (keys: readonly RawKey[]) => void) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let keys: RawKey[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const finish = (): void => {
      const whole = keys;
      keys = [];
      if (field.current) field.current.value = '';
      if (whole.length >= LEAST_KEYS) onScan(whole);
    };
    wedge.tap = (event) => {
      // A scan begins with a character; a key of the page, such as F9, is none.
      const isNamed = /^[A-Z][A-Za-z0-9]+$/.test(event.key);
      if (event.repeat || (keys.length === 0 && isNamed)) return;
      // Tab or Enter behind the first characters is the scanner's: it must not lead away from here.
      if (keys.length >= LEAST_KEYS && (event.key === 'Tab' || event.key === 'Enter')) event.preventDefault();
      keys.push({
        key: event.key,
        code: event.code,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        shiftKey: event.shiftKey,
        capsLock: event.getModifierState('CapsLock'),
        atMs: event.timeStamp,
      });
      clearTimeout(timer);
      timer = setTimeout(finish, QUIET_MS);
    };
    return () => {
      clearTimeout(timer);
      wedge.tap = undefined;
    };
  }, [onScan]);
  return field;
}

const TITLE_ROLE: Record<Finding['level'], 'alert' | 'status'> = {
  ok: 'status',
  warn: 'status',
  stop: 'alert',
};

/** What was found, each with how it is mended, and the plain facts under it. */
function Result({ found, gapMs }: { found: Diagnosis; gapMs: number }) {
  const { t } = useTranslation();
  const facts: [string, string][] = [
    [t('scanner.typed'), found.typed.replaceAll(GS, '<GS>')],
    [t('scanner.prefix'), found.prefix === '' ? t('scanner.none') : found.prefix],
    [t('scanner.end'), found.end ?? t('scanner.none')],
    [t('scanner.gap'), t('scanner.ms', { ms: found.longestGapMs })],
    [t('scanner.separator'), t(`scanner.shape.${found.separator}`)],
  ];
  return (
    <Stack gap="sm">
      {found.findings.map(({ code, level }) => (
        <Notice key={code} tone={level} role={TITLE_ROLE[level]} title={t(`scanner.finding.${code}`)}>
          <Text size="sm">{t(`scanner.mend.${code}`, { ms: gapMs, wanted: found.wantedGapMs ?? '' })}</Text>
        </Notice>
      ))}
      <Group gap="xl">
        {facts.map(([name, value]) => (
          <Text key={name} size="sm">
            <Text span c="dimmed" inherit>
              {name}
            </Text>{' '}
            <Ltr>{value}</Ltr>
          </Text>
        ))}
      </Group>
    </Stack>
  );
}
