import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.mjs'
import { runQuietly } from './run.mjs'

const lockFile = join(root, 'package-lock.json')
/** What npm itself writes at the end of every install. */
const npmsRecord = join(root, 'node_modules/.package-lock.json')
const stampFile = join(root, 'node_modules/.parley-installed')

/** Installs what package-lock.json names, unless that was done already. Quiet unless it fails. */
export async function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex')
  if (readStamp() === wanted) return
  if (!isInstalledByHand()) {
    console.error('Installing packages (npm ci), once ...')
    await runQuietly('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  }
  writeFileSync(stampFile, wanted)
}

function readStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : undefined
}

/** Somebody ran `npm install` or `npm ci` themselves: npm's record of what is there agrees with the lock file. */
function isInstalledByHand() {
  if (!existsSync(npmsRecord)) return false
  const wanted = packagesOf(lockFile)
  const found = packagesOf(npmsRecord)
  return [...wanted].every(
    ([path, { version, optional, link }]) => link || optional || found.get(path)?.version === version,
  )
}

function packagesOf(path) {
  const { packages } = JSON.parse(readFileSync(path, 'utf8'))
  return new Map(
    Object.entries(packages).filter(([name]) => name.startsWith('node_modules/') || name.includes('/node_modules/')),
  )
}
