import type { ApiError } from '@parley/protocol/model'

export const BASE = '/api/app/v1'

/** The server said no, and why. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly details: Readonly<Record<string, unknown>>
  constructor(status: number, body: ApiError['error']) {
    super(body.message)
    this.status = status
    this.code = body.code
    this.requestId = body.requestId
    this.details = body.details ?? {}
  }
}

/** No answer came: the network, or a server that is starting. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One request to the app API; answers the parsed body, undefined for an empty one.
 * Errors: `ApiRefusal` when the server answered no, `NoAnswer` when it did not answer; an abort passes through.
 */
export async function request<Answer>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  return read(await send(method, path, body, signal ? { signal } : {}))
}

/** The same for what may be the last thing a page does: the browser finishes it when the page is gone. */
export async function requestOnLeaving<Answer>(method: Method, path: string, body: unknown): Promise<Answer> {
  return read(await send(method, path, body, { keepalive: true }))
}

async function read<Answer>(response: Response): Promise<Answer> {
  const text = await response.text().catch((cause: unknown) => {
    throw isAbort(cause) ? cause : new NoAnswer('the answer broke off', { cause })
  })
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Answer
  throw readRefusal(response.status, text, response.headers.get('x-request-id'))
}

async function send(
  method: Method,
  path: string,
  body: unknown,
  how: Pick<RequestInit, 'signal' | 'keepalive'>,
): Promise<Response> {
  const init: RequestInit = { ...how, method, credentials: 'same-origin', headers: { accept: 'application/json' } }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { ...init.headers, 'content-type': 'application/json' }
  }
  try {
    return await fetch(BASE + path, init)
  } catch (cause) {
    throw isAbort(cause) ? cause : new NoAnswer('no answer', { cause })
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

/** A proxy in between may answer with a page of its own: that is still a refusal, with the status as its code. */
export function readRefusal(status: number, text: string, requestId: string | null): ApiRefusal {
  const fallback = {
    code: `http_${status}`,
    message: `The server answered ${status}`,
    ...(requestId && { requestId }),
  }
  try {
    const parsed = JSON.parse(text) as Partial<ApiError>
    return new ApiRefusal(status, parsed.error?.code ? { ...fallback, ...parsed.error } : fallback)
  } catch {
    return new ApiRefusal(status, fallback)
  }
}
