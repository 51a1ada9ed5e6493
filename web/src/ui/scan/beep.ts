let context: AudioContext | undefined;

/** Short tone for a scan's result: high for found, low and longer for refused. Silent where audio is not allowed. */
export function beep(outcome: 'ok' | 'refused'): void {
  context ??= new AudioContext();
  if (context.state !== 'running') {
    void context.resume();
    return;
  }
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const seconds = outcome === 'ok' ? 0.07 : 0.35;
  oscillator.frequency.value = outcome === 'ok' ? 1320 : 220;
  gain.gain.value = 0.08;
  oscillator.connect(gain).connect(context.destination);
  oscillator.start();
  oscillator.stop(context.currentTime + seconds);
}
