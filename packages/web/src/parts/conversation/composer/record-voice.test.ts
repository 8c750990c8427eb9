import { describe, expect, test } from 'vitest'
import { loudnessOf, peaksOfLevels } from './record-voice.ts'

describe('peaks of a recording', () => {
  test('at most 64, whole numbers from 0 to 100, the loudest moment kept', () => {
    const levels = Array.from({ length: 1_000 }, (_, index) => (index === 500 ? 0.8 : 0.2))
    const peaks = peaksOfLevels(levels)
    expect(peaks).toHaveLength(64)
    expect(peaks.every((peak) => Number.isInteger(peak) && peak >= 0 && peak <= 100)).toBe(true)
    expect(Math.max(...peaks)).toBe(100)
    expect(peaks.indexOf(100)).toBe(32)
  })

  test('a short one has as many as were measured, silence is flat, nothing is nothing', () => {
    expect(peaksOfLevels([0.5, 1])).toEqual([50, 100])
    expect(peaksOfLevels([0, 0, 0])).toEqual([0, 0, 0])
    expect(peaksOfLevels([])).toEqual([])
  })
})

describe('loudness', () => {
  const tone = (amplitude: number) => Float32Array.from({ length: 2048 }, (_, i) => amplitude * Math.sin(i / 7))

  test('silence is nothing, a shout is everything, and louder is more', () => {
    expect(loudnessOf(new Float32Array(2048))).toBe(0)
    expect(loudnessOf(tone(1))).toBe(1)
    const [soft, middle] = [loudnessOf(tone(0.01)), loudnessOf(tone(0.05))]
    expect(soft).toBeGreaterThan(0)
    expect(middle).toBeGreaterThan(soft)
    expect(middle).toBeLessThan(1)
  })
})
