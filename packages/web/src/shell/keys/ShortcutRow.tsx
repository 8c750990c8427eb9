import { RotateCcw } from 'lucide-react'
import { useCallback, useState } from 'react'
import { t } from '../../i18n/t.ts'
import { IconButton } from '../../parts/IconButton.tsx'
import { KeyCaps } from '../../parts/KeyCaps.tsx'
import { canChange, findOwner, useCustomKeys } from '../../parts/shortcuts/custom-keys.ts'
import { keysOf, type Shortcut } from '../../parts/shortcuts/find-shortcuts.ts'
import { useRecording } from './use-recording.ts'

interface Props {
  shortcut: Shortcut
  /** All that work now, to see whose keys are taken. */
  all: readonly Shortcut[]
  /** Absent: they are only listed. */
  onChange?: ((keys: string | undefined) => void) | undefined
}

/** What a key does, and which; while keys are changed, a press on them asks for others. */
export function ShortcutRow({ shortcut, all, onChange }: Props) {
  const label = t(shortcut.label)
  const isChosen = useCustomKeys(({ keys }) => shortcut.label in keys)
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-x-3 border-t border-line">
      <dt className="min-w-32 flex-1 text-ink-2">{label}</dt>
      <dd className="flex items-center gap-1.5 text-2xs text-ink-3">
        {onChange && canChange(shortcut) ? (
          <>
            <Recorder shortcut={shortcut} all={all} onChange={onChange} />
            {isChosen && (
              <IconButton label={t('keys.resetOf', { label })} onClick={() => onChange(undefined)}>
                <RotateCcw aria-hidden="true" />
              </IconButton>
            )}
          </>
        ) : (
          <Keys shortcut={shortcut} />
        )}
      </dd>
    </div>
  )
}

function Keys({ shortcut }: { shortcut: Shortcut }) {
  const all = keysOf(shortcut)
  if (all.length === 0) return t('keys.none')
  return all.map((keys, index) => (
    <span key={keys} className="flex items-center gap-1.5">
      {index > 0 && t('keys.or')}
      <KeyCaps keys={keys} />
    </span>
  ))
}

function Recorder({
  shortcut,
  all,
  onChange,
}: Required<Pick<Props, 'shortcut' | 'all'>> & { onChange: (keys: string) => void }) {
  const [isOn, setOn] = useState(false)
  const [taken, setTaken] = useState<string>()
  const onDone = useCallback(
    (keys: string) => {
      setOn(false)
      const owner = keys === '' ? undefined : findOwner(keys, all, shortcut)
      setTaken(owner && t('keys.taken', { label: t(owner.label) }))
      if (!owner) onChange(keys)
    },
    [all, shortcut, onChange],
  )
  const onCancel = useCallback(() => setOn(false), [])
  const pressed = useRecording({ isOn, onDone, onCancel })
  const label = t(shortcut.label)
  return (
    <>
      {taken !== undefined && !isOn && (
        <span role="alert" className="text-xs text-bad">
          {taken}
        </span>
      )}
      <button
        type="button"
        aria-pressed={isOn}
        onClick={() => {
          setTaken(undefined)
          setOn(!isOn)
        }}
        onBlur={() => setOn(false)}
        className="flex min-h-7 min-w-16 items-center justify-center gap-1.5 rounded-md px-2 ring-1 ring-line hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-ink aria-pressed:ring-accent pointer-coarse:min-h-10"
      >
        <span className="sr-only">{t(isOn ? 'keys.press' : 'keys.changeOf', { label })}</span>
        {!isOn && <Keys shortcut={shortcut} />}
        {isOn && (pressed === '' ? t('keys.pressShort') : <KeyCaps keys={pressed} />)}
      </button>
    </>
  )
}
