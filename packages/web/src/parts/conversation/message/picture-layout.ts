export interface Size {
  width: number
  height: number
}

/** The largest a picture is drawn in a conversation, in pixels. */
const MOST: Size = { width: 360, height: 320 }
/** The smallest: it must hold its time, and be easy to hit. */
const LEAST: Size = { width: 120, height: 80 }
/** For a picture whose size nobody knows. */
const UNKNOWN: Size = { width: 240, height: 180 }

/**
 * The size a picture takes in a conversation: its own proportions within the largest box, never enlarged beyond itself.
 * What is very narrow, flat or tiny gets a box that crops or frames it.
 */
export function fitPicture(width: number | null, height: number | null): Size {
  if (!width || !height || width < 0 || height < 0) return UNKNOWN
  const scale = Math.min(1, MOST.width / width, MOST.height / height)
  return {
    width: Math.max(LEAST.width, Math.round(width * scale)),
    height: Math.max(LEAST.height, Math.round(height * scale)),
  }
}

/** A tile of an album, in percent of the whole; the whole is a square as wide as an album. */
export interface Tile {
  left: number
  top: number
  width: number
  height: number
}

/** Pixels an album is wide; it is as high as its rows are. */
export const ALBUM_WIDTH = 360
const LARGE_ROW = 240
const SMALL_ROW = 120

/** How many tiles each row of an album has: large ones first, at most three beside each other. */
export function albumRows(count: number): number[] {
  if (count <= 2) return count > 0 ? [count] : []
  // One or two over a multiple of three stand above, larger.
  const first = count % 3 === 0 ? 3 : count % 3
  const threes = (count - first) / 3
  const rows = [...(first === 3 ? [1, 2] : [first]), ...Array.from({ length: threes }, () => 3)]
  return rows
}

/** Where the tiles of an album go, in the order of the pictures, and how high the album is in pixels. */
export function layOutAlbum(count: number): { height: number; tiles: Tile[] } {
  const rows = albumRows(count)
  const heights = rows.map((columns) => (columns === 1 ? LARGE_ROW : columns === 2 ? LARGE_ROW * 0.75 : SMALL_ROW))
  const height = heights.reduce((sum, one) => sum + one, 0)
  let top = 0
  const tiles = rows.flatMap((columns, row) => {
    const tileHeight = (heights[row]! / height) * 100
    const line = Array.from({ length: columns }, (_, column) => ({
      left: (column * 100) / columns,
      top,
      width: 100 / columns,
      height: tileHeight,
    }))
    top += tileHeight
    return line
  })
  return { height, tiles }
}
