import type { NoticeSound } from '@parley/protocol/model'

interface Tone {
  /** Seconds after the beginning. */
  at: number
  hertz: number
  /** Glides there. */
  toHertz?: number
  seconds: number
  shape: OscillatorType
}

/** Made here and now: no file to fetch, and nothing that could be missing. */
const SOUNDS: Record<NoticeSound, readonly Tone[]> = {
  chime: [
    { at: 0, hertz: 659, seconds: 0.35, shape: 'sine' },
    { at: 0.12, hertz: 988, seconds: 0.5, shape: 'sine' },
  ],
  drop: [{ at: 0, hertz: 900, toHertz: 320, seconds: 0.18, shape: 'sine' }],
  knock: [
    { at: 0, hertz: 190, toHertz: 90, seconds: 0.09, shape: 'triangle' },
    { at: 0.16, hertz: 190, toHertz: 90, seconds: 0.09, shape: 'triangle' },
  ],
}

const LOUDNESS = 0.16
const SILENCE = 0.0001

let context: AudioContext | undefined

/** Browsers let a page make itself heard only after somebody has used it. */
export const mayPlay = (): boolean => navigator.userActivation?.hasBeenActive ?? true

export async function playSound(name: NoticeSound): Promise<void> {
  context ??= new AudioContext()
  if (context.state !== 'running') await context.resume()
  for (const tone of SOUNDS[name]) play(context, tone)
}

function play(audio: AudioContext, { at, hertz, toHertz, seconds, shape }: Tone): void {
  const startAt = audio.currentTime + at
  const oscillator = new OscillatorNode(audio, { type: shape, frequency: hertz })
  const volume = new GainNode(audio, { gain: SILENCE })
  if (toHertz !== undefined) oscillator.frequency.exponentialRampToValueAtTime(toHertz, startAt + seconds)
  volume.gain.setValueAtTime(SILENCE, startAt)
  volume.gain.exponentialRampToValueAtTime(LOUDNESS, startAt + 0.012)
  volume.gain.exponentialRampToValueAtTime(SILENCE, startAt + seconds)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(startAt)
  oscillator.stop(startAt + seconds)
}
