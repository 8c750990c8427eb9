import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

export interface FoundBrowser {
  executablePath: string
  /** What it needs beside the present environment. */
  env: Record<string, string>
  /** It notifies, and keeps what is installed. */
  isWhole: boolean
}

const WHOLE = ['chromium', 'google-chrome']
/** The same engine without the windows around it: a page opens in half the time, and nothing notifies. */
const SHELLS = ['chromium-headless-shell', 'chrome-headless-shell']

interface Wish {
  env?: NodeJS.ProcessEnv
  /** Rather one that notifies. */
  isWhole?: boolean
}

/** `PARLEY_CHROMIUM`, else what is on the PATH, else the one that npm brought. */
export async function findBrowser({ env = process.env, isWhole = false }: Wish = {}): Promise<FoundBrowser> {
  if (env.PARLEY_CHROMIUM) return browserAt(env.PARLEY_CHROMIUM)
  const names = isWhole ? [...WHOLE, ...SHELLS] : [...SHELLS, ...WHOLE]
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const candidate of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    if (await isThere(candidate, constants.X_OK)) return browserAt(candidate)
  }
  return unpackBrowser()
}

const browserAt = (executablePath: string): FoundBrowser => ({
  executablePath,
  env: {},
  isWhole: !SHELLS.includes(basename(executablePath)),
})

const run = promisify(execFile)
const require = createRequire(import.meta.url)
const UNPACK_MS = 120_000

/** In the package's own words: where it ran on Amazon Linux, it also unpacks the shared libraries the browser wants. */
const WITH_LIBRARIES = { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' }
const UNPACK = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"

/**
 * Unpacks the npm package's browser (60 MB, once per version) beside the packages it came with. In a process of its own,
 * because the package unpacks into `TMPDIR` and changes the environment of whoever loads it; into a folder that is renamed
 * when complete, so that two runs at once, or one that was killed, leave no half of it.
 */
async function unpackBrowser(): Promise<FoundBrowser> {
  const packageDir = findPackage()
  const { version } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')) as { version: string }
  const cache = join(dirname(dirname(packageDir)), '.cache')
  const home = join(cache, `parley-chromium-${version}`)
  if (!(await isThere(join(home, 'chromium'), constants.X_OK))) {
    await mkdir(cache, { recursive: true })
    const draft = await mkdtemp(join(cache, 'parley-chromium-'))
    const env = { PATH: process.env.PATH ?? '', TMPDIR: draft, HOME: draft, ...WITH_LIBRARIES }
    await run(process.execPath, ['--input-type=module', '--eval', UNPACK], {
      cwd: import.meta.dirname,
      env,
      timeout: UNPACK_MS,
    })
    await writeFile(join(draft, 'fonts.conf'), FONTS)
    // Another run may have been first: then its copy is as good.
    await rename(draft, home).catch(() => rm(draft, { recursive: true, force: true }))
  }
  return { executablePath: join(home, 'chromium'), env: envFor(home), isWhole: false }
}

function findPackage(): string {
  try {
    // …/@sparticuz/chromium/build/cjs/index.cjs
    return join(dirname(require.resolve('@sparticuz/chromium')), '..', '..')
  } catch (cause) {
    throw new Error('There is no browser: install chromium, or name one in PARLEY_CHROMIUM.', { cause })
  }
}

// The package's own names /tmp/fonts, where anybody may put things.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

function envFor(home: string): Record<string, string> {
  const given = process.env.LD_LIBRARY_PATH
  const bundled = join(home, 'al2023', 'lib')
  return { LD_LIBRARY_PATH: given ? `${given}:${bundled}` : bundled, FONTCONFIG_FILE: join(home, 'fonts.conf') }
}

async function isThere(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
