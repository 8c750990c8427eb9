import { peaksOf } from './peaks.ts'

/** Larger recordings are not read twice for the sake of their look. */
const LARGEST_BYTES = 3_000_000
/** Enough for a look, and a fraction of the memory. */
const SAMPLE_RATE = 8_000
const DETAIL = 64

const known = new Map<string, Promise<number[] | null>>()

/** Loudness over time of a recording, from its bytes; null when it is too large or nobody can read it. Asked for once per file. */
export function loadPeaks(url: string, sizeBytes: number | null): Promise<number[] | null> {
  if (sizeBytes !== null && sizeBytes > LARGEST_BYTES) return Promise.resolve(null)
  const held = known.get(url)
  if (held !== undefined) return held
  const loading = measure(url).catch(() => null)
  known.set(url, loading)
  return loading
}

async function measure(url: string): Promise<number[] | null> {
  const response = await fetch(url, { credentials: 'same-origin' })
  const claimed = Number(response.headers.get('content-length') ?? 0)
  if (!response.ok || claimed > LARGEST_BYTES) {
    await response.body?.cancel()
    return null
  }
  const bytes = await response.arrayBuffer()
  if (bytes.byteLength > LARGEST_BYTES) return null
  const audio = await new OfflineAudioContext(1, 1, SAMPLE_RATE).decodeAudioData(bytes)
  return peaksOf(audio.getChannelData(0), DETAIL)
}
