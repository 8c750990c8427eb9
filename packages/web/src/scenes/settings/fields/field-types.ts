import type { CustomField, FieldType } from '@parley/protocol/model'
import {
  AlignLeft,
  AtSign,
  Calendar,
  CalendarClock,
  CircleDot,
  Coins,
  Hash,
  Link2,
  ListChecks,
  type LucideIcon,
  Phone,
  SquareCheck,
  TypeIcon,
} from 'lucide-react'

export const FIELD_ICONS: Record<FieldType, LucideIcon> = {
  text: TypeIcon,
  textarea: AlignLeft,
  number: Hash,
  money: Coins,
  select: CircleDot,
  multiselect: ListChecks,
  date: Calendar,
  datetime: CalendarClock,
  checkbox: SquareCheck,
  url: Link2,
  phone: Phone,
  email: AtSign,
}

export const hasChoices = (type: FieldType): boolean => type === 'select' || type === 'multiselect'

/** Behind which field of the same kind one stands that is moved to this place; 0: the first. */
export function afterIdOf(visible: readonly CustomField[], moved: CustomField, position: number): number {
  const others = visible.filter(({ id }) => id !== moved.id)
  return others[position - 1]?.id ?? 0
}
