import type { TaskKind } from '@parley/protocol/model'
import { ListTodo, type LucideIcon, Phone, Users } from 'lucide-react'

export const TASK_KINDS: readonly TaskKind[] = ['call', 'meeting', 'other']
export const TASK_ICONS: Record<TaskKind, LucideIcon> = { call: Phone, meeting: Users, other: ListTodo }
