import { getLanguage } from '../../i18n/texts.ts'

type Mark = '.' | ','

/** What stands before the cents in the language of the screens. */
export const decimalMark = (language: string = getLanguage()): Mark =>
  new Intl.NumberFormat(language).format(1.5).includes(',') ? ',' : '.'

/**
 * A number as people type one: with spaces or marks between thousands, a currency around it. Undefined when it is none.
 * One mark alone is what it is in the language (`4,290` is four thousand in English), unless it can only be the other.
 */
export function readNumber(typed: string, decimal: Mark = decimalMark()): number | undefined {
  const text = typed.replaceAll(/[\s\u00a0\u202f'’]/g, '').replaceAll(/^[^\d.,+-]+|[^\d.,]+$/g, '')
  if (!/^[+-]?[\d.,]*\d[.,]?$/.test(text)) return undefined
  const plain = withPoint(text, decimal)
  const number = Number(plain)
  return plain !== undefined && Number.isFinite(number) ? number : undefined
}

function withPoint(text: string, decimal: Mark): string | undefined {
  const marks = text.match(/[.,]/g) ?? []
  const kinds = new Set(marks)
  if (kinds.size === 0) return text
  const last = marks.at(-1) as Mark
  const isGrouped = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(text)
  if (kinds.size === 1 && isGrouped && (marks.length > 1 || last !== decimal)) return text.replaceAll(last, '')
  const isOnce = marks.filter((mark) => mark === last).length === 1
  if (!isOnce) return undefined
  const other = last === '.' ? ',' : '.'
  return text.replaceAll(other, '').replace(last, '.')
}
