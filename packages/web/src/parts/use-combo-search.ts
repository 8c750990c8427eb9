import { useMemo, useState } from 'react'
import { type ComboOption, searchOptions } from './combobox-options.ts'

export interface ComboSearch {
  options: readonly ComboOption[]
  /** Called with what was typed, when the options are looked for elsewhere: answer with other `options`. */
  onSearch?: (query: string) => void
  /** The answer is on its way. */
  isLoading?: boolean
  /** Offers *Create “…”* for what is not there. */
  onCreate?: (name: string) => void
}

/** What both comboboxes do with the text in their field. */
export function useComboSearch({ options, onSearch, isLoading = false, onCreate }: ComboSearch) {
  const [query, setQuery] = useState('')
  const isFound = onSearch !== undefined
  const canCreate = onCreate !== undefined
  const shown = useMemo(
    () => searchOptions(options, { query, isFound, isLoading, canCreate }),
    [options, query, isFound, isLoading, canCreate],
  )
  function search(text: string) {
    setQuery(text)
    onSearch?.(text)
  }
  return { query, search, shown }
}
