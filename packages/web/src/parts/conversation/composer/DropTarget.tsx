import type { Chat } from '@parley/protocol/model'
import { Paperclip } from 'lucide-react'
import { t } from '../../../i18n/t.ts'
import { fileSize } from '../../../parts/file-size.ts'

/** Lies over the conversation while files hang over it. */
export function DropTarget({ chat }: { chat: Chat }) {
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-2 z-20 flex flex-col items-center justify-center gap-1 rounded-lg bg-surface/92 text-center outline-2 -outline-offset-2 outline-accent outline-dashed dark:bg-raised/92"
    >
      <Paperclip size={28} aria-hidden="true" className="mb-1 text-accent-ink" />
      <p className="text-md font-semibold">{t('tray.drop')}</p>
      <p className="px-6 text-xs text-ink-3">
        {t('tray.dropHint', { channel: chat.channel.title, size: fileSize(chat.channel.can.maxFileBytes) })}
      </p>
    </div>
  )
}
