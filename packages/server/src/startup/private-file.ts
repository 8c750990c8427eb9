import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { codeOf } from '../lib/start-error.ts'

const OWNER_ONLY = 0o600

/** Undefined when there is no such file. */
export function readPrivateFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces the file whole: a reader, or a start after a crash, sees the old text or the new one. */
export function writePrivateFile(path: string, text: string): void {
  const draft = writeDraft(path, text)
  renameSync(draft, path)
}

/** Makes the file unless there is one; answers what it holds. Of several who make it at once, one wins. */
export function keepPrivateFile(path: string, make: () => string): string {
  const kept = readPrivateFile(path)
  if (kept !== undefined) return kept
  const draft = writeDraft(path, make())
  try {
    linkSync(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
  return readFileSync(path, 'utf8')
}

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomUUID()}.tmp`
  writeFileSync(draft, text, { mode: OWNER_ONLY, flush: true })
  return draft
}
