import { PasswordInput, SimpleGrid, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Problem } from '../../api/problem';
import type { WitnessSigned } from '../../api/types';
import { useProblemText } from '../../ui/problem-text';
import { StatusBadge } from '../../ui/status-badge';

/** The second person's signature while it is being given: his name and password, then the token that stands for them. */
export function useWitness() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [signed, setSigned] = useState<WitnessSigned>();
  const sign = useMutation<WitnessSigned, Problem, { username: string; password: string }>({
    mutationFn: (body) => api.post<WitnessSigned>('/auth/witness', body),
    onSuccess: (answer) => {
      setSigned(answer);
      setPassword('');
    },
  });
  return {
    username,
    setUsername,
    password,
    setPassword,
    signed,
    problem: sign.error,
    isSigning: sign.isPending,
    isReady: signed !== undefined || (username.trim() !== '' && password !== ''),
    /** The token, asked for where there is none yet; undefined when it was refused, which the fields say. */
    async confirm(): Promise<string | undefined> {
      if (signed) return signed.token;
      try {
        return (await sign.mutateAsync({ username: username.trim(), password })).token;
      } catch {
        // The refusal stands in `problem`, beside the field.
        return undefined;
      }
    },
    /** A signature that was used or is too old is given again. */
    again: () => setSigned(undefined),
  };
}

export type Witness = ReturnType<typeof useWitness>;

/** Name and password of the second person. Nothing is sent from here: the command's own key signs. */
export function WitnessFields({ witness }: { witness: Witness }) {
  const { t } = useTranslation();
  if (witness.signed) {
    return (
      <div role="status">
        <StatusBadge tone="ok">{t('witness.signed', { name: witness.signed.witnessName })}</StatusBadge>
      </div>
    );
  }
  return (
    <SimpleGrid cols={2} spacing="sm" role="group" aria-label={t('witness.title')}>
      <TextInput
        label={t('witness.username')}
        required
        dir="ltr"
        maxLength={100}
        autoComplete="off"
        value={witness.username}
        onChange={(event) => witness.setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('witness.password')}
        required
        dir="ltr"
        maxLength={200}
        autoComplete="off"
        error={witness.problem ? <WitnessProblem problem={witness.problem} /> : undefined}
        value={witness.password}
        onChange={(event) => witness.setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
      />
    </SimpleGrid>
  );
}

function WitnessProblem({ problem }: { problem: Problem }) {
  const { title, detail } = useProblemText(problem);
  return (
    <span role="alert">
      {title} {problem.code === 'witness-refused' ? detail : ''}
    </span>
  );
}
