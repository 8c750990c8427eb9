import { Pause, Play } from 'lucide-react'
import { t } from '../i18n/t.ts'

interface Props {
  isRunning: boolean
  /** What it plays, as far as it has a name. */
  name?: string
  onToggle: () => void
}

export function PlayButton({ isRunning, name = '', onToggle }: Props) {
  const Icon = isRunning ? Pause : Play
  return (
    <button
      type="button"
      aria-label={`${t(isRunning ? 'media.pause' : 'media.play')} ${name}`.trim()}
      onClick={onToggle}
      className="flex size-9 shrink-0 items-center justify-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-hover pointer-coarse:size-11"
    >
      <Icon size={16} fill="currentColor" strokeWidth={1.5} className={isRunning ? undefined : 'ms-0.5'} />
    </button>
  )
}
