import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Where pictures of the pages go (`npm run screens`); undefined in an ordinary test run, which takes none. */
export const picturesFolder = (): string | undefined => process.env.PARLEY_SCREENS || undefined

/** A picture of what is on the screen, as `<folder>/<name>.png`. A screen has few colours: with a palette it is a third as big. */
export async function takePicture(page: Page, folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const shown = await page.screenshot()
  await writeFile(join(folder, `${name}.png`), await sharp(shown).png({ palette: true, effort: 8 }).toBuffer())
}
