import type { HubState } from './hub.types.js';

/** A hub that was not heard for so long is away; its sign of life comes every ten seconds. */
const AWAY_MS = 5 * 60_000;
/** Log kept for a branch beyond this is told before the limit of 4 GiB is met. */
const MUCH_LOG_BYTES = 2 * 1024 ** 3;

/** What is to be said of the link between hub and branches; `degraded` names what somebody should see to. */
export interface LinkFinding {
  readonly state: 'ok' | 'degraded';
  readonly words: string;
}

const degraded = (words: string): LinkFinding => ({ state: 'degraded', words });

/** `errorsBefore`: changes that could not be applied at the last look. */
export function judgeLink(state: HubState, errorsBefore: number): LinkFinding {
  if (state.role === 'alone') return { state: 'ok', words: 'stands alone' };
  return state.role === 'hub' ? judgeHub(state) : judgeBranch(state, errorsBefore);
}

function judgeHub({ subscribers }: HubState): LinkFinding {
  const lost = subscribers.filter(({ isLost }) => isLost).map(({ slotName }) => slotName);
  if (lost.length > 0)
    return degraded(`${lost.join(', ')}: away for too long. At the branch: hub resync, or here: hub forget.`);
  const behind = subscribers.filter(({ lagBytes }) => (lagBytes ?? 0) > MUCH_LOG_BYTES);
  if (behind.length > 0)
    return degraded(
      `${behind.map(({ slotName }) => slotName).join(', ')}: far behind, its log fills the disk of the hub.`,
    );
  const here = subscribers.filter(({ isActive }) => isActive).length;
  return { state: 'ok', words: `hub of ${subscribers.length} branches, ${here} connected` };
}

function judgeBranch(state: HubState, errorsBefore: number): LinkFinding {
  const { subscription, heardAt, now, hubLevel, level } = state;
  if (!subscription?.isEnabled)
    return degraded('The catalogue does not follow the hub: run hub resync (after a restoration, too).');
  const silentMs = heardAt === null ? Infinity : now.getTime() - heardAt.getTime();
  const isUnlike = hubLevel !== null && hubLevel !== level;
  if (subscription.errors > errorsBefore || (!subscription.isRunning && isUnlike))
    return degraded(
      isUnlike
        ? 'Changes of the hub wait: hub and branch are not of the same version. Bring the older one up to date.'
        : 'A change of the hub cannot be applied here; the log of PostgreSQL says which. See docs/hub.md.',
    );
  if (silentMs > AWAY_MS)
    return degraded(
      `The hub was last heard ${heardAt === null ? 'never' : heardAt.toISOString()}; the catalogue is as of then.`,
    );
  return {
    state: 'ok',
    words: `branch of ${state.address ?? ''}, heard ${Math.max(0, Math.round(silentMs / 1000))} s ago`,
  };
}
