import { createSigningKey, type SignatureSpoil, signSpoilt } from '@parley/protocol/signing'
import { CliError } from '../admin-client.ts'

export interface Unsigned {
  url: string
  secret: string
  /** Percent-encoded. */
  path: string
  body: unknown
  /** What is wrong with its signature; nothing unless told otherwise. */
  spoil?: SignatureSpoil | undefined
}

const ANSWER_MS = 30_000

/**
 * Signs and sends a request of the chats API, as a channel does.
 * @throws {CliError} it was refused, or nobody answers
 */
export async function signedRequest<Answer>({ url, secret, path, body: given, spoil }: Unsigned): Promise<Answer> {
  const body = Buffer.from(JSON.stringify(given))
  const headers = signSpoilt({ method: 'POST', path, body }, createSigningKey(secret), { now: new Date(), spoil })
  const init = { method: 'POST', headers: { ...headers }, body, signal: AbortSignal.timeout(ANSWER_MS) }
  const answer = await fetch(url + path, init).catch((cause: unknown) => {
    throw new CliError('not_running', `No Parley server answers at ${url}.`, { cause })
  })
  const text = await answer.text()
  if (answer.ok) return (text === '' ? {} : JSON.parse(text)) as Answer
  throw new CliError('refused', `The chats API answered ${answer.status}: ${text}`)
}
