import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'

/** A request as it goes over the wire: the path and the header values are sent exactly as they stand here. */
export interface RawRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer
}

const NO_BODY_STATUS = new Set([204, 205, 304])

/** Sends it by real HTTP. `fetch` would tidy the path and the headers, and what is signed must arrive as it was written. */
export async function sendRaw(
  origin: string,
  { method, path, headers, body }: RawRequest,
  agent?: Agent,
): Promise<Response> {
  const { hostname, port } = new URL(origin)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const length = body.length > 0 || method === 'POST' ? { 'content-length': String(body.length) } : {}
    const request = httpRequest(
      { hostname, port, method, path, headers: { ...headers, ...length }, ...(agent && { agent }) },
      resolve,
    )
    request.on('error', reject)
    request.end(body)
  })
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  const status = answer.statusCode ?? 0
  return new Response(NO_BODY_STATUS.has(status) ? null : Buffer.concat(chunks), { status, headers: toHeaders(answer) })
}

export function newAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 256 })
}

function toHeaders(answer: IncomingMessage): Headers {
  const headers = new Headers()
  for (let index = 0; index < answer.rawHeaders.length; index += 2) {
    headers.append(answer.rawHeaders[index]!, answer.rawHeaders[index + 1]!)
  }
  return headers
}
