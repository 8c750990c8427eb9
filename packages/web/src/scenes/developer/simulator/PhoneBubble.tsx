import { clsx } from 'clsx'
import { Ellipsis, FileText, MapPin, SmilePlus, UserRound } from 'lucide-react'
import type { PhoneContent, PhoneMessage } from '../../../data/developer/fold-conversation.ts'
import { t } from '../../../i18n/t.ts'
import { format } from '../../../parts/format.ts'
import { IconButton } from '../../../parts/IconButton.tsx'
import { MenuButton } from '../../../parts/MenuButton.tsx'
import { MenuItem } from '../../../parts/MenuItems.tsx'
import type { ClientActs, Quoting } from './use-client-acts.ts'

interface Props {
  message: PhoneMessage
  acts: ClientActs
  onEdit: () => void
  onQuote: (how: Quoting['how']) => void
}

const EMOJI = ['👍', '❤️', '😂', '🙏'] as const
const REPORTS = ['delivered', 'read', 'error'] as const

export function PhoneBubble({ message, acts, onEdit, onQuote }: Props) {
  const { isMine, content, quote, isEdited, reactions, report, atMs } = message
  const shown = [reactions.mine, reactions.theirs].filter(Boolean).join(' ')
  return (
    <div className={clsx('group flex items-end gap-1', isMine ? 'flex-row-reverse' : '')}>
      <div
        className={clsx(
          'max-w-[80%] min-w-0 rounded-xl px-3 py-2 text-sm',
          isMine ? 'bg-out' : 'bg-surface shadow-card dark:bg-raised',
        )}
      >
        {quote !== null && (
          <p className="mb-1 truncate border-s-2 border-accent ps-2 text-xs text-ink-2">
            <bdi>{quote}</bdi>
          </p>
        )}
        <Content content={content} />
        <Buttons content={content} acts={acts} />
        <p className="mt-0.5 flex items-center gap-1.5 text-2xs text-ink-2">
          {shown && <span className="text-sm">{shown}</span>}
          {isEdited && <span>{t('simulator.edited')}</span>}
          <span>{format.time(atMs)}</span>
          {report && <span className={report === 'error' ? 'text-bad' : ''}>{t(`simulator.reported.${report}`)}</span>}
        </p>
      </div>
      <MenuButton
        trigger={
          <IconButton label={t('simulator.actOn', { text: content.text || content.type })}>
            <Ellipsis />
          </IconButton>
        }
      >
        {isMine && content.type === 'text' && <MenuItem onClick={onEdit}>{t('simulator.edit')}</MenuItem>}
        <MenuItem onClick={() => onQuote('reply')}>{t('simulator.reply')}</MenuItem>
        <MenuItem onClick={() => onQuote('forward')}>{t('simulator.forward')}</MenuItem>
        {EMOJI.map((emoji) => (
          <MenuItem key={emoji} icon={<SmilePlus size={16} />} onClick={() => void acts.react(message, emoji)}>
            {t('simulator.react', { emoji })}
          </MenuItem>
        ))}
        {reactions.mine && (
          <MenuItem onClick={() => void acts.react(message, undefined)}>{t('simulator.unreact')}</MenuItem>
        )}
        {!isMine &&
          REPORTS.map((status) => (
            <MenuItem key={status} onClick={() => void acts.report(message, status)}>
              {t(`simulator.report.${status}`)}
            </MenuItem>
          ))}
      </MenuButton>
    </div>
  )
}

function Content({ content }: { content: PhoneContent }) {
  const { type, text, media, file_name: fileName, location, contact } = content
  // What this page may not load (its rules allow its own server alone) is named instead.
  const own = media && URL.canParse(media) ? ownPath(media) : undefined
  const name = fileName || type
  return (
    <>
      {own && /^(picture|sticker)$/.test(type) && <img src={own} alt={name} className="mb-1 max-h-44 rounded-md" />}
      {media && !(own && /^(picture|sticker)$/.test(type)) && (
        <span className="flex items-center gap-2">
          <FileText size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
          <bdi className="truncate">{name}</bdi>
        </span>
      )}
      {location && (
        <span className="flex items-center gap-2">
          <MapPin size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
          {location.lat}, {location.lon}
        </span>
      )}
      {contact && (
        <span className="flex items-center gap-2">
          <UserRound size={16} aria-hidden="true" className="shrink-0 text-ink-3" />
          <bdi>
            {contact.name} {contact.phone}
          </bdi>
        </span>
      )}
      {text && (
        <p dir="auto" className="break-words whitespace-pre-wrap">
          {text}
        </p>
      )}
    </>
  )
}

/** The path of a file of this server, from wherever it is reached. */
function ownPath(media: string): string | undefined {
  const { pathname } = new URL(media)
  return /^\/(samples|files)\//.test(pathname) ? pathname : undefined
}

/** What a messenger shows below a template: pressing one answers with its text. */
function Buttons({ content, acts }: { content: PhoneContent; acts: ClientActs }) {
  const buttons = content.markup?.buttons?.flat() ?? []
  if (buttons.length === 0) return null
  return (
    <div className="mt-1.5 flex flex-col gap-1">
      {buttons.map(({ text, url }, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: they do not move, and two may say the same
          key={index}
          type="button"
          disabled={url !== undefined}
          title={url}
          onClick={() => void acts.write({ type: 'text', text })}
          className="rounded-md border border-line-strong px-2 py-1 text-xs font-medium text-accent-ink hover:bg-hover"
        >
          <bdi>{text}</bdi>
        </button>
      ))}
    </div>
  )
}
