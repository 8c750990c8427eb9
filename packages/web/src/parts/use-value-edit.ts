import { useRef, useState } from 'react'
import { ApiRefusal } from '../data/api.ts'

/** Who changed a value last, and when. */
export interface ChangedBy {
  who: string
  at: number
}

export interface EditTarget<Value> {
  value: Value
  /**
   * Saves; `was` is what stood there when the edit began. Rejects when it was not saved: the reason stands below, what was
   * entered stays. A server that found something else there says so, and whose it is.
   */
  onSave: (value: Value, was: Value) => Promise<unknown> | undefined
  /** Given where others change the same: what came while somebody wrote here is asked about, not overwritten. */
  changed?: ChangedBy | undefined
  /** What a refusal says stands there, as a value of this field; absent: as it is sent. */
  readTheirs?: ((sent: unknown) => Value) | undefined
}

export type SaveState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'failed'; error: unknown }
  /** Somebody was faster; null: nobody knows who. */
  | { kind: 'stale'; by: ChangedBy | null }

interface Held<Value> {
  draft: Value
  /** What it is to replace. */
  base: Value
}

/** A value that is edited where it stands: `draft` while it differs. What could not be saved stays in the field. */
export function useValueEdit<Value>({ value, onSave, changed, readTheirs }: EditTarget<Value>) {
  const [held, setHeld] = useState<Held<Value>>()
  const [saving, setSaving] = useState<SaveState>({ kind: 'idle' })
  const lastSave = useRef(0)
  const isChanged = held !== undefined && !isSame(held.draft, held.base)
  const isOvertaken =
    changed !== undefined &&
    isChanged &&
    saving.kind === 'idle' &&
    !isSame(value, held.base) &&
    !isSame(value, held.draft)
  const state: SaveState = isOvertaken ? { kind: 'stale', by: changed } : saving

  async function write({ draft, base }: Held<Value>) {
    if (isSame(draft, base)) return restore()
    lastSave.current += 1
    const save = lastSave.current
    setHeld({ draft, base })
    setSaving({ kind: 'saving' })
    try {
      await onSave(draft, base)
      if (save === lastSave.current) restore()
    } catch (error) {
      if (save !== lastSave.current) return
      const theirs = findTheirs(error)
      if (theirs) setHeld({ draft, base: readTheirs ? readTheirs(theirs.sent) : (theirs.sent as Value) })
      setSaving(theirs ? { kind: 'stale', by: theirs.by } : { kind: 'failed', error })
    }
  }

  function restore() {
    lastSave.current += 1
    setHeld(undefined)
    setSaving({ kind: 'idle' })
  }

  return {
    draft: held ? held.draft : value,
    isChanged,
    state,
    change(draft: Value) {
      lastSave.current += 1
      if (saving.kind === 'saving') setSaving({ kind: 'idle' })
      setHeld({ draft, base: held ? held.base : value })
    },
    /** Saves what was entered, tidied up when somebody says how; not before it was said whose holds. */
    save(tidy: (draft: Value) => Value = (draft) => draft) {
      if (!held || state.kind === 'stale') return
      const draft = tidy(held.draft)
      const isOnItsWay = state.kind === 'saving' && isSame(draft, held.draft)
      if (!isOnItsWay) void write({ ...held, draft })
    },
    /** Enters and saves in one go, as a choice from a list does. */
    choose: (draft: Value) => void write({ draft, base: value }),
    restore,
    keepMine() {
      if (held) void write({ draft: held.draft, base: isOvertaken ? value : held.base })
    },
  }
}

export type ValueEdit<Value> = ReturnType<typeof useValueEdit<Value>>

/** Values are what JSON can say. */
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** What stands there instead, when a save was refused for that. */
function findTheirs(error: unknown): { sent: unknown; by: ChangedBy | null } | undefined {
  if (!(error instanceof ApiRefusal) || error.code !== 'conflict' || !('theirs' in error.details)) return undefined
  const { theirs, by, at } = error.details as { theirs: unknown; by?: { name: string } | null; at?: number | null }
  return { sent: theirs, by: by && at ? { who: by.name, at } : null }
}
