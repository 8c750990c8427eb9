import { describe, expect, test } from 'vitest'
import { fileSize } from './file-size.ts'
import { peaksOf, resamplePeaks } from './peaks.ts'
import { playTime } from './play-time.ts'

test.each([
  [0, '0:00'],
  [12_900, '0:12'],
  [725_000, '12:05'],
  [3_725_000, '1:02:05'],
  [-1, '0:00'],
])('%i ms is %s', (ms, text) => {
  expect(playTime(ms)).toBe(text)
})

test.each([
  [0, '0 byte'],
  [999, '999 byte'],
  [640_000, '640 kB'],
  [1_440_000, '1.4 MB'],
  [52_428_800, '52 MB'],
  [5e12, '5,000 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(fileSize(bytes, 'en')).toBe(text)
})

describe('peaks', () => {
  test('many are grouped by their loudest, few are spread, none are flat', () => {
    expect(resamplePeaks([1, 5, 2, 2, 9, 3], 3)).toEqual([5, 2, 9])
    expect(resamplePeaks([10, 20], 4)).toEqual([10, 10, 20, 20])
    expect(resamplePeaks([], 3)).toEqual([0, 0, 0])
  })

  test('of samples: the loudest of all is 100, silence stays silence', () => {
    const samples = new Float32Array([0, 0, 0.1, -0.5, 0.25, 0.25])
    expect(peaksOf(samples, 3)).toEqual([0, 100, 50])
    expect(peaksOf(new Float32Array(12), 3)).toEqual([0, 0, 0])
    expect(peaksOf(new Float32Array(0), 2)).toEqual([0, 0])
  })
})
