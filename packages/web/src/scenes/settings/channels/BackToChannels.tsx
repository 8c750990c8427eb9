import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { t } from '../../../i18n/t.ts'

/** Before the title of a channel's page. */
export function BackToChannels() {
  return (
    <Link
      to="/settings/$section"
      params={{ section: 'channels' }}
      search={{}}
      aria-label={t('channels.back')}
      className="-ms-2 flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink pointer-coarse:size-10"
    >
      <ChevronLeft size={18} aria-hidden="true" className="rtl:-scale-x-100" />
    </Link>
  )
}
