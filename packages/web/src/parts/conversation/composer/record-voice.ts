import { peaksOf } from '../../../parts/peaks.ts'

/** Most that a message carries of them. */
const MOST_PEAKS = 64
/** An evening with the microphone on by mistake must not become one message. */
export const LONGEST_MS = 15 * 60_000
const TICK_MS = 60

/** The first the browser can write; Safari knows the second only. */
const FORMATS = [
  { mimeType: 'audio/webm;codecs=opus', type: 'audio/webm', ending: 'webm' },
  { mimeType: 'audio/mp4', type: 'audio/mp4', ending: 'm4a' },
  { mimeType: 'audio/ogg;codecs=opus', type: 'audio/ogg', ending: 'ogg' },
] as const

export interface Recorded {
  file: File
  durationMs: number
  peaks: number[]
}

export interface Recording {
  /** Ends it, with the microphone off. Undefined when nothing was said. */
  finish(): Promise<Recorded | undefined>
  /** Ends it and forgets it. */
  cancel(): void
}

export interface RecordingOptions {
  /** Loudness now (0 to 1) and time so far, many times a second. */
  onLevel: (level: number, elapsedMs: number) => void
  /** The longest time is over: it is held, not lost. */
  onFull: () => void
}

/**
 * Records from the microphone, from now on.
 * Errors: as `getUserMedia` (`NotAllowedError`, `NotFoundError`, …); `NotSupportedError` when no format is known.
 */
export async function startRecording({ onLevel, onFull }: RecordingOptions): Promise<Recording> {
  const format = FORMATS.find(({ mimeType }) => MediaRecorder.isTypeSupported(mimeType))
  if (!format) throw new DOMException('No format to record in', 'NotSupportedError')
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: true, noiseSuppression: true },
  })
  const recorder = new MediaRecorder(stream, { mimeType: format.mimeType, audioBitsPerSecond: 32_000 })
  const chunks: Blob[] = []
  recorder.ondataavailable = ({ data }) => void chunks.push(data)
  const meter = listen(stream, tick)
  const levels: number[] = []
  const startedAt = performance.now()
  let durationMs = 0
  recorder.start(1_000)

  function tick(level: number) {
    if (recorder.state !== 'recording') return
    durationMs = performance.now() - startedAt
    levels.push(level)
    onLevel(level, durationMs)
    if (durationMs < LONGEST_MS) return
    recorder.pause()
    onFull()
  }

  async function stop(): Promise<void> {
    meter.stop()
    if (recorder.state !== 'inactive') {
      const ended = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
      recorder.stop()
      await ended
    }
    for (const track of stream.getTracks()) track.stop()
  }

  return {
    async finish() {
      if (recorder.state === 'recording') durationMs = performance.now() - startedAt
      await stop()
      const name = `voice-${new Date().toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')}.${format.ending}`
      const file = new File(chunks, name, { type: format.type })
      return file.size === 0 ? undefined : { file, durationMs: Math.round(durationMs), peaks: peaksOfLevels(levels) }
    },
    cancel: () => void stop(),
  }
}

/** What a player draws: at most 64 values, 0 to 100, the loudest of them 100. */
export const peaksOfLevels = (levels: readonly number[]): number[] =>
  levels.length === 0 ? [] : peaksOf(Float32Array.from(levels), Math.min(MOST_PEAKS, levels.length))

/** Tells many times a second how loud it is. */
function listen(stream: MediaStream, tell: (level: number) => void) {
  const audio = new AudioContext()
  const analyser = new AnalyserNode(audio, { fftSize: 2048 })
  audio.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    tell(loudnessOf(samples))
  }, TICK_MS)
  return {
    stop() {
      clearInterval(timer)
      void audio.close()
    },
  }
}

/** 0 to 1, as an ear hears it rather than as a meter measures it: speech at arm's length is in the middle. */
export function loudnessOf(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const decibels = 10 * Math.log10(sum / samples.length + 1e-10)
  return Math.min(1, Math.max(0, (decibels + 55) / 45))
}
