import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { S3mini, S3ServiceError } from 's3mini'
import { Agent, type RequestInit, fetch as undiciFetch } from 'undici'
import { checkKey, type FileStorage } from './file-storage.ts'
import { describeNetworkError } from './network-failure.ts'

export interface S3Place {
  /** With the bucket as its path: `https://s3.example/bucket`. */
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  region: string
}

export interface S3Storage extends FileStorage {
  /** Undefined when the bucket can be used, else why not, as the end of a sentence. */
  findFault(): Promise<string | undefined>
  close(): Promise<void>
}

const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_MS = 60_000

/** `https://key:secret@host/bucket?region=…`; undefined when a part is missing or cannot be read. */
export function readS3Url(text: string): S3Place | undefined {
  const url = new URL(text)
  const bucket = url.pathname.replace(/^\/+|\/+$/g, '')
  const accessKeyId = unescapePercent(url.username)
  const secretAccessKey = unescapePercent(url.password)
  if (bucket === '' || !accessKeyId || !secretAccessKey) return undefined
  return {
    endpoint: `${url.origin}/${bucket}`,
    accessKeyId,
    secretAccessKey,
    region: url.searchParams.get('region') ?? 'us-east-1',
  }
}

function unescapePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Files in a bucket. They go there and come back as streams; none is held in memory whole. */
export function createS3Storage(place: S3Place): S3Storage {
  const agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
  })
  const bucket = new S3mini({ ...place, fetch: fetchThrough(agent) })
  return {
    async put(key, temporaryPath) {
      const { size } = await stat(temporaryPath)
      const body = Readable.toWeb(createReadStream(temporaryPath)) as globalThis.ReadableStream
      const answer = await bucket.putObject(checkKey(key), body, 'application/octet-stream', undefined, undefined, size)
      await answer.body?.cancel()
      await rm(temporaryPath, { force: true })
    },
    async read(key, range) {
      try {
        const { start, end } = range ?? { start: 0, end: 0 }
        // It takes the end as the first byte that is not wanted.
        const answer = await bucket.getObjectRaw(checkKey(key), range === undefined, start, end + 1)
        return answer.body === null ? Readable.from([]) : Readable.fromWeb(answer.body as ReadableStream)
      } catch (error) {
        if (error instanceof S3ServiceError && error.status === 404) return undefined
        throw error
      }
    },
    async remove(key) {
      await bucket.deleteObject(checkKey(key))
    },
    findFault: () => findFault(bucket),
    close: () => agent.destroy(),
  }
}

/** Node's own fetch would share one agent with everything else, and refuse a stream without `duplex`. */
function fetchThrough(agent: Agent): typeof fetch {
  const send = (url: unknown, init: unknown) => {
    const given = init as RequestInit & { headers: Record<string, string> }
    const isStream = given.body instanceof globalThis.ReadableStream
    const headers = { ...given.headers, 'accept-encoding': 'identity' }
    return undiciFetch(url as string, { ...given, headers, dispatcher: agent, ...(isStream && { duplex: 'half' }) })
  }
  return send as unknown as typeof fetch
}

const PROBE = '0/check'

async function findFault(bucket: S3mini): Promise<string | undefined> {
  try {
    // Written, not only looked for: a key that may read and nothing else would show only at the first file.
    await bucket.putObject(PROBE, 'Parley was here.', 'text/plain')
    await bucket.deleteObject(PROBE)
    return undefined
  } catch (error) {
    if (!(error instanceof S3ServiceError)) return describeNetworkError(error).reason
    if (error.serviceCode === 'NoSuchBucket') return 'there is no such bucket'
    if (error.status === 401 || error.status === 403) return `the key is not accepted (${error.serviceCode})`
    return `it answered ${error.status} (${error.serviceCode})`
  }
}
