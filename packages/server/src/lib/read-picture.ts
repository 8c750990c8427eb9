import type { default as Sharp } from 'sharp'

export interface PictureFacts {
  /** Pixels, as it is to be seen (a camera held upright included). */
  width: number
  height: number
  /** Of the smaller picture that was written. */
  thumbnail: { width: number; height: number; mediaType: string }
}

/** Measures a picture and writes a smaller one to `thumbnailPath`; undefined when it cannot be read. Never rejects. */
export type ReadPicture = (path: string, thumbnailPath: string) => Promise<PictureFacts | undefined>

const THUMBNAIL = { longestSide: 640, quality: 78, mediaType: 'image/webp' }
/** A bigger one would need more memory than there may be: 4 bytes a pixel, for some formats all at once. */
const MOST_PIXELS = 100_000_000
const PATIENCE_SECONDS = 30
const AT_ONCE = 2

/** What browsers show; nothing else of what the library reads is given to it. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((format) => `VipsForeignLoad${format}File`)

interface Log {
  warn(fields: object, text: string): void
}

/** The library is loaded at first use. Where it cannot be, files are kept without thumbnails, and the log says so once. */
export function createPictureReader(log: Log, load = loadSharp): ReadPicture {
  let loaded: Promise<typeof Sharp | undefined> | undefined
  const places = new Places(AT_ONCE)
  return async (path, thumbnailPath) => {
    loaded ??= load().catch((error: unknown) => {
      log.warn({ err: error }, 'sharp cannot be loaded here: pictures get no thumbnails')
      return undefined
    })
    const sharp = await loaded
    if (!sharp) return undefined
    await places.take()
    try {
      return await readPicture(sharp, path, thumbnailPath)
    } catch {
      // Broken, too large, or no picture after all.
      return undefined
    } finally {
      places.giveBack()
    }
  }
}

async function loadSharp(): Promise<typeof Sharp> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  // One thread a picture: the rest of the machine is for messages.
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS })
  return sharp
}

async function readPicture(sharp: typeof Sharp, path: string, thumbnailPath: string): Promise<PictureFacts> {
  // Of an animation the first picture is read. What a file lacks at its end stays grey.
  const picture = sharp(path, { limitInputPixels: MOST_PIXELS, sequentialRead: true, failOn: 'none' })
  const { autoOrient } = await picture.metadata()
  const { longestSide, quality, mediaType } = THUMBNAIL
  // Without the place it was taken at and all else that stands in it: nothing is copied but the pixels.
  const made = await picture
    .autoOrient()
    .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
    .timeout({ seconds: PATIENCE_SECONDS })
    .webp({ quality })
    .toFile(thumbnailPath)
  const { width, height } = autoOrient
  return { width, height, thumbnail: { width: made.width, height: made.height, mediaType } }
}

/** So many at once; the others wait in line. */
class Places {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  giveBack(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free += 1
  }
}
