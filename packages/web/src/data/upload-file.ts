import type { UploadedFile } from '@parley/protocol/model'
import { BASE, NoAnswer, readRefusal } from './api.ts'

/** The file is not where it was, or has changed since it was chosen: it cannot be read any more. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable'
}

export interface UploadOptions {
  name: string
  /** Bytes that have left, of all. */
  onProgress: (sent: number) => void
  signal: AbortSignal
}

/**
 * Brings a file to the server. Not by `fetch`, which does not say how far it is.
 * Errors: `ApiRefusal`, `NoAnswer`, `FileUnreadable`; an abort rejects with the signal's reason.
 */
export async function uploadFile(blob: Blob, options: UploadOptions): Promise<UploadedFile> {
  const { status, text, requestId } = await send(blob, options)
  if (status < 200 || status > 299) throw readRefusal(status, text, requestId)
  try {
    return JSON.parse(text) as UploadedFile
  } catch (cause) {
    throw new NoAnswer('the answer broke off', { cause })
  }
}

interface Answer {
  status: number
  text: string
  requestId: string | null
}

function send(blob: Blob, { name, onProgress, signal }: UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    signal.addEventListener('abort', abort)
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, blob.size))
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        requestId: request.getResponseHeader('x-request-id'),
      })
    request.onabort = () => reject(signal.reason)
    request.onerror = () => void explainFailure(blob).then(reject)
    request.onloadend = () => signal.removeEventListener('abort', abort)
    request.open('POST', `${BASE}/files?${new URLSearchParams({ name })}`)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('content-type', blob.type || 'application/octet-stream')
    request.send(blob)
  })
}

/** The browser reports a lost network and a lost file alike. */
async function explainFailure(blob: Blob): Promise<Error> {
  try {
    await blob.slice(0, 1).arrayBuffer()
    return new NoAnswer('no answer')
  } catch (cause) {
    return new FileUnreadable('The file cannot be read any more', { cause })
  }
}
