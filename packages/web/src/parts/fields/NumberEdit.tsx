import { t } from '../../i18n/t.ts'
import { InlineEdit } from '../InlineEdit.tsx'
import { SaidError } from '../said-error.ts'
import type { EditTarget } from '../use-value-edit.ts'
import { decimalMark, readNumber } from './read-number.ts'

interface Props extends EditTarget<number | null> {
  label: string
  /** How it is written while nobody edits it. */
  shown?: string
  /** Money: at most two decimals. */
  isAmount?: boolean
  /** Nothing below zero, and no decimals. */
  isWhole?: boolean
  isReadOnly?: boolean
  placeholder?: string
  className?: string
}

/** A number as people type it; what is none is said before anything is sent. */
export function NumberEdit({ value, onSave, changed, isAmount = false, isWhole = false, ...look }: Props) {
  const toNumber = (text: string) => (text === '' ? null : (readNumber(text) ?? null))

  async function save(text: string, was: string) {
    const number = toNumber(text)
    if (text !== '' && number === null) throw new SaidError(t('value.notNumber'))
    if (isWhole && number !== null && number < 0) throw new SaidError(t('value.negative'))
    if (isWhole && number !== null && !Number.isInteger(number)) throw new SaidError(t('value.notWhole'))
    if (isAmount && number !== null && Math.abs(Math.round(number * 100) / 100 - number) > 1e-9)
      throw new SaidError(t('value.cents'))
    await onSave(number, toNumber(was))
  }

  const write = (number: unknown) => (typeof number === 'number' ? String(number).replace('.', decimalMark()) : '')
  return (
    <InlineEdit {...look} value={write(value)} inputMode="decimal" onSave={save} changed={changed} readTheirs={write} />
  )
}
