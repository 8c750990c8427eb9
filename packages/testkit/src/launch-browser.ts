import { type Browser, chromium } from 'playwright-core'
import { type FoundBrowser, findBrowser } from './find-browser.ts'

const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]
const isRoot = process.getuid?.() === 0

/** A real browser with a new, empty profile. Close it when done. */
export async function launchBrowser(found?: FoundBrowser): Promise<Browser> {
  const { executablePath, env } = found ?? (await findBrowser())
  // Chromium's sandbox refuses to run as root.
  const args = isRoot ? [...FLAGS, '--no-sandbox'] : FLAGS
  try {
    return await chromium.launch({ executablePath, args, env: { ...process.env, ...env } })
  } catch (cause) {
    throw new Error(`The browser ${executablePath} does not start; name another in PARLEY_CHROMIUM.`, { cause })
  }
}
