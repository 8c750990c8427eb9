import type { RealtimeEvent } from '@parley/protocol/model'

const THINGS = ['message', 'note', 'lead', 'contact', 'task'] as const

/** Whether both carry the same message, note, lead, contact or task. */
export const isAboutSame = (event: Partial<RealtimeEvent>, other: Partial<RealtimeEvent>): boolean =>
  THINGS.some((thing) => other[thing] !== undefined && event[thing]?.id === other[thing]?.id)
