import type { Example } from '../schema/make-example.ts'

/** `/chats/{chatId}` with its values; what has none yet stays as it is. */
export const fillPath = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (values[name] ? encodeURIComponent(values[name]) : whole))

/** Names in the path that have no value yet. */
export const missingIn = (path: string, values: Readonly<Record<string, string>>): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).filter((name) => !values[name])

/** Without `?`; what is empty is left out. */
export function toQuery(names: readonly string[], values: Readonly<Record<string, string>>): string {
  const given = names.flatMap((name): [string, string][] => (values[name] ? [[name, values[name]]] : []))
  return new URLSearchParams(given).toString()
}

export interface Ground {
  amojoId: string
  nowMs: number
  /** What was sent from here last: examples of edits and reactions go on with it. */
  lastMsgid: string | undefined
}

const OF_EXAMPLES = 'hc-msg-7001'

/** An example as it can be sent: of this account, of now, and a message that was not sent before. */
export function ready({ value }: Example, { amojoId, nowMs, lastMsgid }: Ground): string {
  const isNew = (value as { event_type?: unknown } | null)?.event_type === 'new_message'
  const replaced = (key: string, old: unknown): unknown => {
    if (key === 'account_id') return amojoId
    if (key === 'timestamp') return Math.floor(nowMs / 1000)
    if (key === 'msec_timestamp') return nowMs
    if (key === 'msgid' && isNew) return `docs-${nowMs}`
    return key === 'msgid' && old === OF_EXAMPLES ? (lastMsgid ?? old) : old
  }
  return JSON.stringify(value, (key, old) => replaced(key, old), 2)
}

/** The integration's id of the message that a body brought in. */
export function msgidIn(body: string): string | undefined {
  try {
    const { event_type, payload } = JSON.parse(body) as { event_type?: string; payload?: { msgid?: unknown } }
    return event_type === 'new_message' && typeof payload?.msgid === 'string' ? payload.msgid : undefined
  } catch {
    return undefined
  }
}

/** JSON as people read it; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
