/** Brings peaks to so many bars: each shows the loudest of its share. */
export function resamplePeaks(peaks: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count))
    return Math.max(0, ...peaks.slice(from, to))
  })
}

/** Loudness over time, 0 to 100 where 100 is the loudest moment, of one channel of sound. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const size = samples.length / count
  const loudest = Array.from({ length: count }, (_, index) => {
    let most = 0
    for (let at = Math.floor(index * size); at < Math.floor((index + 1) * size); at += 1)
      most = Math.max(most, Math.abs(samples[at]!))
    return most
  })
  const top = Math.max(...loudest)
  return loudest.map((one) => (top === 0 ? 0 : Math.round((one / top) * 100)))
}
