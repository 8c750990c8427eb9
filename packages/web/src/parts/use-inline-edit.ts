import { useRef, useState } from 'react'

export type SaveState = { kind: 'idle' } | { kind: 'saving' } | { kind: 'failed'; error: unknown }

/**
 * A value that is edited where it stands: `draft` while it differs, saved when the field is left. What could not be saved
 * stays in the field.
 */
export function useInlineEdit(value: string, onSave: (value: string) => Promise<unknown> | undefined) {
  const [draft, setDraft] = useState<string>()
  const [state, setState] = useState<SaveState>({ kind: 'idle' })
  const lastSave = useRef(0)
  const text = draft ?? value

  async function save() {
    const next = text.trim()
    if (next === value) return restore()
    lastSave.current += 1
    const save = lastSave.current
    setState({ kind: 'saving' })
    try {
      await onSave(next)
      if (save === lastSave.current) restore()
    } catch (error) {
      if (save === lastSave.current) setState({ kind: 'failed', error })
    }
  }

  function restore() {
    lastSave.current += 1
    setDraft(undefined)
    setState({ kind: 'idle' })
  }

  return { text, isChanged: draft !== undefined && draft !== value, state, change: setDraft, save, restore }
}
