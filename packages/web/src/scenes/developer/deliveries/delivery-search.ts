import type { DeliveryFilter } from '../../../data/developer/deliveries.ts'
import { toTime } from '../log/log-format.ts'

/** What of the address is of this tab. */
export interface DeliverySearch {
  state?: string
  chat?: string
  from?: string
  until?: string
  /** The one that is open. */
  delivery?: string
}

export const STATES = ['waiting', 'delivered', 'given_up'] as const
const NAMES = ['state', 'chat', 'from', 'until', 'delivery'] as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const readDeliverySearch = (raw: Readonly<Record<string, unknown>>): DeliverySearch =>
  Object.fromEntries(NAMES.filter((name) => raw[name]).map((name) => [name, String(raw[name])]))

/** What stands there is no whole id: nothing is looked for. */
export const isNoChat = ({ chat = '' }: DeliverySearch): boolean => chat.trim() !== '' && !UUID.test(chat.trim())

/** An id that is half typed narrows nothing yet. */
export function toDeliveryFilter({ state, chat = '', from, until }: DeliverySearch): DeliveryFilter {
  const [start, end] = [toTime(from), toTime(until)]
  const known = STATES.find((one) => one === state)
  return {
    ...(known && { state: known }),
    ...(UUID.test(chat.trim()) && { chat: chat.trim() }),
    ...(start !== undefined && { from: start }),
    ...(end !== undefined && { until: end }),
  }
}
