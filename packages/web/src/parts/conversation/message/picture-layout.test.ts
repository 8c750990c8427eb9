import { describe, expect, test } from 'vitest'
import { albumRows, fitPicture, layOutAlbum } from './picture-layout.ts'

test.each([
  ['a photo', 4000, 3000, { width: 360, height: 270 }],
  ['a portrait', 3000, 4000, { width: 240, height: 320 }],
  ['a small one, as it is', 200, 150, { width: 200, height: 150 }],
  ['an icon, framed', 16, 16, { width: 120, height: 80 }],
  ['a banner, cropped', 5000, 100, { width: 360, height: 80 }],
  ['a ribbon, cropped', 100, 5000, { width: 120, height: 320 }],
  ['nobody knows', null, null, { width: 240, height: 180 }],
  ['nonsense', 0, 10, { width: 240, height: 180 }],
])('%s', (_, width, height, size) => {
  expect(fitPicture(width, height)).toEqual(size)
})

describe('an album', () => {
  test.each([
    [1, [1]],
    [2, [2]],
    [3, [1, 2]],
    [4, [1, 3]],
    [5, [2, 3]],
    [6, [1, 2, 3]],
    [7, [1, 3, 3]],
    [10, [1, 3, 3, 3]],
    [0, []],
  ])('of %i has rows of %j', (count, rows) => {
    expect(albumRows(count)).toEqual(rows)
  })

  test.each([1, 2, 3, 4, 5, 8, 10, 31])('of %i fills its box without gaps or overlaps', (count) => {
    const { height, tiles } = layOutAlbum(count)
    expect(tiles).toHaveLength(count)
    const area = tiles.reduce((sum, tile) => sum + tile.width * tile.height, 0)
    expect(area).toBeCloseTo(100 * 100, 5)
    expect(height).toBeGreaterThan(0)
    for (const { left, top, width, height: own } of tiles) {
      expect(left + width).toBeLessThanOrEqual(100.001)
      expect(top + own).toBeLessThanOrEqual(100.001)
    }
  })
})
