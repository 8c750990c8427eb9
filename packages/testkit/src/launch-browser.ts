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
/** What a browser does whose owner allows no data to be kept. */
const REFUSE_WORKERS = `if (self.ServiceWorkerContainer)
  ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('Refused.', 'SecurityError'))`
const isRoot = process.getuid?.() === 0

/** A microphone and a camera that are always there, and that nobody is asked about: they beep. */
export const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

interface Launch {
  browser?: FoundBrowser
  flags?: readonly string[]
}

/**
 * A real browser with a new, empty profile. Close it when done.
 *
 * Its contexts have no service worker unless they ask for one (`serviceWorkers: 'allow'`): in each of them it would fetch every file
 * of the app once more, which costs as much as the test.
 * Nothing moves in them unless they ask for it (`reducedMotion`): drawing what fades costs a tenth of a test.
 */
export async function launchBrowser({ browser, flags = [] }: Launch = {}): Promise<Browser> {
  const { executablePath, env } = browser ?? (await findBrowser())
  // Chromium's sandbox refuses to run as root.
  const args = [...FLAGS, ...flags, ...(isRoot ? ['--no-sandbox'] : [])]
  try {
    const launched = await chromium.launch({ executablePath, args, env: { ...process.env, ...env } })
    const newContext = launched.newContext.bind(launched)
    launched.newContext = async (options) => {
      const context = await newContext({ reducedMotion: 'reduce', ...options })
      if (options?.serviceWorkers !== 'allow') await context.addInitScript(REFUSE_WORKERS)
      return context
    }
    return launched
  } catch (cause) {
    throw new Error(`The browser ${executablePath} does not start; name another in PARLEY_CHROMIUM.`, { cause })
  }
}
