import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from './problem';
import { createIntentKeys } from './intent.domain';

/**
 * A mutation that moves stock or money: `run` gets the Idempotency-Key of the present intention.
 * Pressing the button again after a lost answer sends the same key, so nothing happens twice.
 */
export function useIntentMutation<Vars, Result>(options: {
  run: (vars: Vars, idempotencyKey: string) => Promise<Result>;
  onSuccess?: (result: Result, vars: Vars) => void;
  onError?: (problem: Problem, vars: Vars) => void;
}): UseMutationResult<Result, Problem, Vars> {
  const [intents] = useState(() => createIntentKeys(() => crypto.randomUUID()));
  return useMutation<Result, Problem, Vars>({
    mutationFn: (vars) => options.run(vars, intents.keyFor(vars)),
    onSuccess: (result, vars) => {
      intents.done();
      options.onSuccess?.(result, vars);
    },
    onError: options.onError,
  });
}
