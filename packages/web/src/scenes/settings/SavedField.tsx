import { type ComponentProps, type FormEvent, useEffect, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { Button } from '../../parts/Button.tsx'
import { reasonOf } from '../../parts/Notice.tsx'
import { TextField } from '../../parts/TextField.tsx'

interface Props extends Omit<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'error'> {
  value: string
  onSave: (value: string) => Promise<unknown>
}

/** A text with a button that appears when it is another one. What is saved elsewhere meanwhile comes in, unless somebody types. */
export function SavedField({ value, onSave, ...field }: Props) {
  const [text, setText] = useState(value)
  const [state, setState] = useState<{ isBusy: boolean; error?: unknown }>({ isBusy: false })
  const [held, setHeld] = useState(value)
  useEffect(() => {
    if (held === value) return
    setText((typed) => (typed === held ? value : typed))
    setHeld(value)
  }, [value, held])

  async function save(event: FormEvent) {
    event.preventDefault()
    setState({ isBusy: true })
    try {
      await onSave(text.trim())
      setState({ isBusy: false })
    } catch (error) {
      setState({ isBusy: false, error })
    }
  }

  const isChanged = text.trim() !== value
  return (
    <form onSubmit={(event) => void save(event)} className="flex items-start gap-2">
      <TextField
        {...field}
        className="max-w-96 flex-1"
        value={text}
        onChange={setText}
        error={state.error === undefined ? undefined : `${reasonOf(state.error)}.`}
      />
      {isChanged && (
        <Button type="submit" look="primary" disabled={state.isBusy || text.trim() === ''} className="mt-5">
          {t(state.isBusy ? 'settings.saving' : 'settings.save')}
        </Button>
      )}
    </form>
  )
}
