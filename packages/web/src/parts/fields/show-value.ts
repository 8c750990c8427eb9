import type { CustomField, FieldOption, FieldType, FieldValue } from '@parley/protocol/model'
import { t } from '../../i18n/t.ts'
import { getLanguage } from '../../i18n/texts.ts'
import { format } from '../format.ts'

interface Told {
  type: FieldType
  currency: string
  /** Where a value names options by id. */
  options?: readonly FieldOption[]
}

/** A value as people read it; undefined for an empty one. */
export function showFieldValue(value: FieldValue | string[] | null, told: Told): string | undefined {
  if (value === null || value === '') return undefined
  if (Array.isArray(value)) return listNames(value, told.options)
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  switch (told.type) {
    case 'number':
      return new Intl.NumberFormat(getLanguage(), { maximumFractionDigits: 10 }).format(Number(value))
    case 'money':
      return showAmount(Number(value), told.currency)
    case 'date':
      return showDay(String(value))
    case 'datetime':
      return format.fullTime(Number(value))
    case 'select':
      return typeof value === 'number' ? nameOf(value, told.options) : value
    default:
      return String(value)
  }
}

export const showCustomField = (
  { type, options }: Pick<CustomField, 'type' | 'options'>,
  value: FieldValue | null,
  currency: string,
) => showFieldValue(value, { type, options, currency })

const nameOf = (id: number, options: readonly FieldOption[] = []) => options.find((option) => option.id === id)?.name

function listNames(values: readonly (number | string)[], options: readonly FieldOption[] = []): string | undefined {
  const names = values.flatMap((value) => (typeof value === 'string' ? value : (nameOf(value, options) ?? [])))
  return names.length === 0 ? undefined : new Intl.ListFormat(getLanguage(), { type: 'unit' }).format(names)
}

/** A calendar day is the same day everywhere. */
export const showDay = (day: string): string =>
  new Intl.DateTimeFormat(getLanguage(), { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** With cents where there are some. */
function showAmount(amount: number, currency: string): string {
  const cents = Number.isInteger(amount) ? 0 : 2
  const digits = { minimumFractionDigits: cents, maximumFractionDigits: cents }
  try {
    const how = { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...digits } as const
    return new Intl.NumberFormat(getLanguage(), how).format(amount)
  } catch {
    return `${new Intl.NumberFormat(getLanguage(), digits).format(amount)} ${currency}`
  }
}
