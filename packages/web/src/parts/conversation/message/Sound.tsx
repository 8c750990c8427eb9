import { useRef } from 'react'
import { t } from '../../../i18n/t.ts'
import { PlayButton } from '../../../parts/PlayButton.tsx'
import { playTime } from '../../../parts/play-time.ts'
import { RATES, type Rate, setRate, usePlayer } from '../../../parts/player.ts'
import { SeekBar } from '../../../parts/SeekBar.tsx'
import { usePeaks } from '../../../parts/use-peaks.ts'
import { useRecording } from '../../../parts/use-recording.ts'
import { Waveform } from '../../../parts/Waveform.tsx'
import type { ShownMessage } from '../shown-messages.ts'
import { MediaState } from './MediaState.tsx'
import { Unplayable } from './Video.tsx'

/** A voice message: its look, its length, and where one is in it. */
export function Voice({ message }: { message: ShownMessage }) {
  const { media } = message
  if (media?.state !== 'ready' || media.url === null) return <MediaState message={message} />
  return <ReadyVoice media={media} url={media.url} />
}

interface ReadyProps {
  media: NonNullable<ShownMessage['media']>
  url: string
}

function ReadyVoice({ media, url }: ReadyProps) {
  const root = useRef<HTMLSpanElement>(null)
  const recording = useRecording(url, media.durationMs)
  const peaks = usePeaks(root, { url, sizeBytes: media.sizeBytes, peaks: media.peaks })
  const { isOwn, isRunning, positionMs, lengthMs } = recording
  const progress = lengthMs > 0 ? positionMs / lengthMs : 0
  if (recording.hasFailed) return <Unplayable url={url} name={media.fileName || t('kind.voice')} />
  return (
    <span ref={root} className="flex w-[264px] max-w-full items-center gap-2.5 py-0.5">
      <PlayButton isRunning={isRunning} name={t('kind.voice')} onToggle={recording.toggle} />
      <span className="min-w-0 flex-1">
        <SeekBar label={t('media.position')} positionMs={positionMs} lengthMs={lengthMs} onSeek={recording.seek}>
          <Waveform peaks={peaks} progress={progress} />
        </SeekBar>
        <Times recording={recording} isPosition={isOwn && (isRunning || positionMs > 0)} />
      </span>
    </span>
  )
}

/** A song, a recorded call: a name, and the same player with a line instead of bars. */
export function Sound({ message }: { message: ShownMessage }) {
  const { media } = message
  if (media?.state !== 'ready' || media.url === null) return <MediaState message={message} />
  return <ReadySound media={media} url={media.url} />
}

function ReadySound({ media, url }: ReadyProps) {
  const recording = useRecording(url, media.durationMs)
  const { isOwn, isRunning, positionMs, lengthMs } = recording
  const name = media.fileName || t('kind.audio')
  if (recording.hasFailed) return <Unplayable url={url} name={name} />
  const percent = lengthMs > 0 ? Math.min(100, (positionMs / lengthMs) * 100) : 0
  return (
    <span className="flex w-[300px] max-w-full items-center gap-2.5 py-0.5">
      <PlayButton isRunning={isRunning} name={name} onToggle={recording.toggle} />
      <span className="min-w-0 flex-1">
        <a
          href={url}
          download={name}
          title={t('media.download', { name })}
          dir="auto"
          className="block truncate text-sm font-medium underline-offset-2 hover:underline"
        >
          {name}
        </a>
        <SeekBar label={t('media.position')} positionMs={positionMs} lengthMs={lengthMs} onSeek={recording.seek}>
          <span className="my-1.5 block h-1 w-full overflow-hidden rounded-full bg-ink-3/35">
            <span className="block h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
          </span>
        </SeekBar>
        <Times recording={recording} isPosition={isOwn && (isRunning || positionMs > 0)} />
      </span>
    </span>
  )
}

interface TimesProps {
  recording: ReturnType<typeof useRecording>
  isPosition: boolean
}

function Times({ recording: { positionMs, lengthMs, isOwn }, isPosition }: TimesProps) {
  return (
    <span className="tnum flex h-[18px] items-center gap-2 text-2xs text-ink-3 dark:text-ink-2">
      <span>{lengthMs > 0 || isPosition ? playTime(isPosition ? positionMs : lengthMs) : '–:––'}</span>
      {isPosition && lengthMs > 0 && <span aria-hidden="true">/ {playTime(lengthMs)}</span>}
      {isOwn && <RateButton />}
    </span>
  )
}

/** Goes round the speeds. */
function RateButton() {
  const rate = usePlayer((state) => state.rate)
  const next: Rate = RATES[(RATES.indexOf(rate) + 1) % RATES.length]!
  return (
    <button
      type="button"
      aria-label={t('media.speed', { rate: `${rate}×` })}
      onClick={() => setRate(next)}
      className="-my-1 inline-flex h-6 min-w-8 items-center justify-center rounded-full bg-ink/7 px-1.5 font-semibold text-ink-2 hover:text-ink pointer-coarse:-my-3 pointer-coarse:h-10 pointer-coarse:min-w-10"
    >
      {rate}×
    </button>
  )
}
