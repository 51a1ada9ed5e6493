import type { Problem } from '../../api/problem';
import { useWitness } from '../controlled/witness-fields';

/** A command that a second person signs where the law asks: his token is got first, and given again when it was refused. */
export function useSigned(isNeeded: boolean, problem: Problem | null) {
  const witness = useWitness();
  // Asked for from the start where it is known, else once the server says so.
  const isAsked = isNeeded || problem?.code === 'witness-required' || witness.username !== '';
  return {
    witness,
    isAsked,
    isReady: !isAsked || witness.isReady,
    async run(send: (signature: { witness?: string }) => void): Promise<void> {
      if (!isAsked) return send({});
      const token = await witness.confirm();
      if (token !== undefined) send({ witness: token });
    },
    onError: (refused: Problem) => {
      if (refused.code === 'witness-refused') witness.again();
    },
  };
}
