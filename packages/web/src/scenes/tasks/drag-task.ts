import type { Task } from '@parley/protocol/model'

type Data = Record<string | symbol, unknown>

const TASK = 'parley/task'
const DAY = 'parley/day'

export const dragDataOf = (task: Task): Data => ({ kind: TASK, task })
export const taskOf = (data: Data): Task | undefined => (data.kind === TASK ? (data.task as Task) : undefined)

export const dayDataOf = (day: string): Data => ({ kind: DAY, day })
export const dayOf = (data: Data | undefined): string | undefined =>
  data?.kind === DAY ? (data.day as string) : undefined
