import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Where pictures of the pages go (`npm run screens`); undefined in an ordinary test run, which takes none. */
export const picturesFolder = (): string | undefined => process.env.PARLEY_SCREENS || undefined

/** A picture of what is on the screen, as `<folder>/<name>.png`. A screen has few colours: with a palette it is a third as big. */
export async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  // From a file: a server of this process lets its picture library read nothing else.
  await page.screenshot({ path })
  await writeFile(path, await sharp(path).png({ palette: true, effort: 8 }).toBuffer())
}
