import type { ReactNode } from 'react'

export interface ComboOption {
  /** What it is: an id. */
  value: string
  /** What it is called, and found by. */
  label: string
  /** A second thing to tell it by; it is found by it, too. */
  hint?: string
  /** 16 to 22 px, before the label. */
  icon?: ReactNode
  isDisabled?: boolean
}

/** The row *Create …* is an option of its own. */
export const CREATE = '\u0000create'

export const isSameOption = (a: ComboOption, b: ComboOption): boolean => a.value === b.value

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

interface Search {
  query: string
  /** They were looked for elsewhere. */
  isFound: boolean
  /** They are the answer to what was typed before. */
  isLoading: boolean
  canCreate: boolean
}

/**
 * What the list shows for what was typed: every word must be in it, without regard to case and accents. Until an answer is here
 * those of the one before stay that fit still, and nothing new is offered: it may be there.
 */
export function searchOptions(
  options: readonly ComboOption[],
  { query, isFound, isLoading, canCreate }: Search,
): ComboOption[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  const hits =
    isFound && !isLoading
      ? [...options]
      : options.filter(({ label, hint = '' }) => words.every((word) => fold(`${label} ${hint}`).includes(word)))
  const name = query.trim()
  const isNew = canCreate && !isLoading && name !== '' && !options.some(({ label }) => fold(label) === fold(name))
  return isNew ? [...hits, { value: CREATE, label: name }] : hits
}
