import { AppError } from '../../lib/app-error.ts'
import type { SigningGround } from './signing-ground.ts'

const CHATS_API = '/v2/origin/custom/'
const OF_CHANNEL = /^\/(connect|disconnect)$/

interface Wish {
  path: string
  body: string
}

/**
 * What the server signs in a channel's place concerns that channel in the account that registered it, and nobody else: neither
 * another channel nor another account it is connected to.
 * @throws {AppError} `invalid_request` names the field
 */
export function checkReach({ channelId, amojoId, scopeId }: SigningGround, { path, body }: Wish): void {
  // Dots are gone after this, plain or encoded: what is asked for is what is routed.
  if (new URL(path, 'http://localhost').pathname !== path) throw outside()
  const [name = '', below] = splitPath(path)
  if (name === scopeId) return
  if (name !== channelId || !OF_CHANNEL.test(below)) throw outside()
  const other = accountIn(body)
  if (other !== undefined && other !== amojoId)
    throw refuse('body', `connects and disconnects this account alone: "account_id" must be ${amojoId}`)

  function outside(): AppError {
    const paths = `${CHATS_API}${scopeId} and below, or ${CHATS_API}${channelId}/connect and /disconnect`
    return refuse('path', `leads outside of this channel: use ${paths}`)
  }
}

function splitPath(path: string): [string, string] {
  if (!path.startsWith(CHATS_API)) return ['', '']
  const rest = path.slice(CHATS_API.length)
  const end = rest.indexOf('/')
  return end < 0 ? [rest, ''] : [rest.slice(0, end), rest.slice(end)]
}

/** What is no JSON, or names no account, the chats API refuses by itself. */
function accountIn(body: string): unknown {
  try {
    return (JSON.parse(body) as { account_id?: unknown } | null)?.account_id
  } catch {
    return undefined
  }
}

const refuse = (field: string, reason: string) =>
  new AppError('invalid_request', `${field}: ${reason}.`, { details: { field } })
