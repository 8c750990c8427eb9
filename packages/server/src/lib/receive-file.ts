import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'

export interface ReceivedFile {
  sizeBytes: number
  sha256: Buffer
}

export class TooLargeError extends Error {}

/** It came, and this machine could not write it down. */
export class WriteError extends Error {}

/**
 * Writes what comes to a new file, piece by piece; nothing is left of one that did not come whole.
 * @throws {TooLargeError} more than `maxBytes` came; the rest was not read
 * @throws {WriteError} the disk is full, say
 */
export async function receiveFile(
  source: AsyncIterable<Uint8Array>,
  path: string,
  { maxBytes, onBytes }: { maxBytes: number; onBytes?: () => void },
): Promise<ReceivedFile> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const file = await open(path, 'wx', 0o600).catch(cannotWrite)
  try {
    for await (const chunk of source) {
      onBytes?.()
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) throw new TooLargeError()
      hash.update(chunk)
      await writeAll(file, chunk).catch(cannotWrite)
    }
    await file.close().catch(cannotWrite)
    return { sizeBytes, sha256: hash.digest() }
  } catch (error) {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
    throw error
  }
}

/** A nearly full disk takes a part and says so. */
async function writeAll(file: Awaited<ReturnType<typeof open>>, chunk: Uint8Array): Promise<void> {
  let written = 0
  while (written < chunk.length) written += (await file.write(chunk, written)).bytesWritten
}

function cannotWrite(cause: unknown): never {
  throw new WriteError('A file could not be written.', { cause })
}
