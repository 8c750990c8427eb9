import { useEffect, useMemo, useState } from 'react'
import { useSearch, useSearchSuggestions } from '../../data/search/queries.ts'
import { usePlaces } from '../../parts/search/places.ts'
import { useNow } from '../../parts/use-now.ts'
import { useSettled } from '../../parts/use-settled.ts'
import { foundItems } from './found-items.tsx'
import { type PaletteItem, type PaletteStep, toSections } from './palette-item.ts'
import { pickItems } from './pick-items.ts'
import { suggestionItems } from './suggestion-items.tsx'
import { useLocalItems } from './use-local-items.tsx'

/** Typing pauses this long before the server is asked. */
const SETTLE_MS = 120
const FEW = 4

/** What the palette shows, and which of it is meant. */
export function usePalette(close: () => void) {
  const [typed, setTyped] = useState('')
  const [step, setStep] = useState<PaletteStep>()
  const [activeId, setActiveId] = useState<string>()
  const local = useLocalItems()
  const choices = useChoices(step)
  const found = useFound(typed, step === undefined)
  const items = useMemo(
    () =>
      step
        ? pickItems(choices.items, typed, choices.items.length)
        : [...found.narrow, ...pickItems(local, typed), ...found.items],
    [step, choices.items, local, typed, found.narrow, found.items],
  )
  const isTyped = typed.trim() !== ''
  const sections = useMemo(() => toSections(items, isTyped), [items, isTyped])
  const rows = sections.flatMap((shown) => shown.items)
  const active = rows.find(({ id }) => id === activeId) ?? rows[0]

  function type(text: string) {
    setTyped(text)
    setActiveId(undefined)
  }
  function leaveStep() {
    setStep(undefined)
    type('')
  }
  function choose({ act }: PaletteItem) {
    if ('type' in act) return type(act.type)
    type('')
    if ('step' in act) return setStep(act.step)
    close()
    // The keyboard goes back to where it was first: what is run may move it on.
    requestAnimationFrame(() => void act.run())
  }
  function move(by: number) {
    const at = active ? rows.indexOf(active) : -1
    if (rows.length > 0) setActiveId(rows[(at + by + rows.length) % rows.length]?.id)
  }
  const isLoading = step ? choices.isLoading : found.isLoading
  return {
    typed,
    type,
    step,
    leaveStep,
    sections,
    active,
    choose,
    move,
    point: setActiveId,
    isLoading,
    problem: step ? choices.problem : found.problem,
  }
}

interface Choices {
  items: readonly PaletteItem[]
  isLoading: boolean
  problem?: unknown
}

const NO_CHOICES: Choices = { items: [], isLoading: false }

/** What the present step offers, once it is known. */
function useChoices(step: PaletteStep | undefined): Choices {
  const [choices, setChoices] = useState<Choices & { step?: PaletteStep }>(NO_CHOICES)
  useEffect(() => {
    if (!step) return
    let isStale = false
    step.load().then(
      (items) => !isStale && setChoices({ step, items, isLoading: false }),
      (problem: unknown) => !isStale && setChoices({ step, items: [], isLoading: false, problem }),
    )
    return () => {
      isStale = true
    }
  }, [step])
  if (!step) return NO_CHOICES
  return choices.step === step ? choices : { items: [], isLoading: true }
}

function useFound(typed: string, isAsking: boolean): Choices & { narrow: readonly PaletteItem[] } {
  const q = useSettled(typed.trim(), SETTLE_MS)
  const places = usePlaces()
  const now = useNow()
  const search = useSearch(isAsking ? q : '', FEW)
  const isFiltering = /(^|\s)-?[a-z]+:("[^"]*|\S*)$/i.test(typed)
  const suggestions = useSearchSuggestions(typed, isAsking && isFiltering)
  const isEmpty = !isAsking || typed.trim() === ''
  const narrow = useMemo(
    () => (!isEmpty && isFiltering && suggestions.data ? suggestionItems(suggestions.data) : []),
    [isEmpty, isFiltering, suggestions.data],
  )
  const items = useMemo(
    () => (!isEmpty && search.data ? foundItems(search.data, { q: typed.trim(), places, now }) : []),
    [isEmpty, search.data, typed, places, now],
  )
  const isLoading = isAsking && typed.trim() !== '' && (search.isFetching || q !== typed.trim())
  return { narrow, items, isLoading, problem: search.error ?? undefined }
}
