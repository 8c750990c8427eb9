import type { ComboOption } from '../../../parts/combobox-options.ts'

/** All that the browser knows, under the name of the city, with the difference to UTC now. */
export function listTimeZones(language: string): ComboOption[] {
  const now = new Date()
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])
  return [...names].map((value) => {
    const parts = new Intl.DateTimeFormat(language, { timeZone: value, timeZoneName: 'shortOffset' }).formatToParts(now)
    const hint = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    return { value, label: value.replaceAll('_', ' '), hint }
  })
}

/** All currencies, under their names in this language. */
export function listCurrencies(language: string): ComboOption[] {
  const names = new Intl.DisplayNames(language, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((value) => ({ value, label: names.of(value) ?? value, hint: value }))
}
