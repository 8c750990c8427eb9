import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createPictureReader } from './read-picture.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-picture-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const log = { warn: vi.fn() }
const read = createPictureReader(log)
const at = (name: string) => join(folder, name)
const aPicture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 80, b: 40 } } })

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('as %s is measured and made smaller', async (format) => {
    await aPicture(1280, 320).toFormat(format).toFile(at(format))
    const facts = await read(at(format), at(`${format}.small`))
    expect(facts).toEqual({ width: 1280, height: 320, thumbnail: { width: 640, height: 160, mediaType: 'image/webp' } })
    expect(await sharp(at(`${format}.small`)).metadata()).toMatchObject({ format: 'webp', width: 640 })
  })

  test('that is small already is not made larger', async () => {
    await aPicture(8, 4).png().toFile(at('tiny'))
    expect(await read(at('tiny'), at('tiny.small'))).toMatchObject({ thumbnail: { width: 8, height: 4 } })
  })

  test('that was taken upright is upright, and says no longer where it was taken', async () => {
    const exif = { IFD0: { Make: 'Harbor' }, IFD3: { GPSLatitude: '57/1 42/1 0/1' } }
    await aPicture(200, 100).jpeg().withMetadata({ orientation: 6 }).withExifMerge(exif).toFile(at('upright'))
    expect((await sharp(at('upright')).metadata()).exif).toBeDefined()
    const facts = await read(at('upright'), at('upright.small'))
    expect(facts).toMatchObject({ width: 100, height: 200, thumbnail: { width: 100, height: 200 } })
    const { exif: left, orientation } = await sharp(at('upright.small')).metadata()
    expect([left, orientation]).toEqual([undefined, undefined])
  })

  test('that is too large to be unpacked is left alone', async () => {
    // 144 million pixels of nothing, in a few hundred kilobytes.
    const black = { width: 12_000, height: 12_000, channels: 3, background: 'black' } as const
    await sharp({ create: black, limitInputPixels: false }).png({ compressionLevel: 1 }).toFile(at('bomb'))
    expect(await read(at('bomb'), at('bomb.small'))).toBeUndefined()
  })

  test('that is none is none', async () => {
    await writeFile(at('drawing'), '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
    await aPicture(8, 8).tiff().toFile(at('tiff'))
    for (const name of ['drawing', 'tiff']) expect(await read(at(name), at('none.small')), name).toBeUndefined()
    expect(await read(import.meta.filename, at('none.small'))).toBeUndefined()
  })
})

test('a library that cannot be loaded is told of once, and nothing else breaks', async () => {
  const warn = vi.fn()
  const without = createPictureReader({ warn }, () => Promise.reject(new Error('no such platform')))
  await aPicture(8, 8).png().toFile(at('any'))
  expect(await without(at('any'), at('any.small'))).toBeUndefined()
  expect(await without(at('any'), at('any.small'))).toBeUndefined()
  expect(warn).toHaveBeenCalledTimes(1)
})
