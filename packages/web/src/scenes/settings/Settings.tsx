import { Link, useParams } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { ChevronLeft, ChevronRight, LockKeyhole } from 'lucide-react'
import { Suspense } from 'react'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { CountBadge } from '../../parts/CountBadge.tsx'
import { Notice } from '../../parts/Notice.tsx'
import { SkeletonRows } from '../../parts/SkeletonRows.tsx'
import { PHONE, useMedia } from '../../parts/use-media.ts'
import { useTitle } from '../../shell/use-title.ts'
import { useWaitingRegistrations } from '../../shell/use-waiting.ts'
import { findSection, SECTION_GROUPS, SECTIONS, type SettingsSection } from './sections.ts'

/** The list of pages beside the open one; one after the other on a phone. */
export function Settings() {
  const { section: id, part } = useParams({ strict: false })
  const isPhone = useMedia(PHONE)
  const wanted = id ?? (isPhone ? undefined : SECTIONS[0]?.id)
  return (
    <div className="flex h-full overflow-hidden bg-surface shadow-card md:rounded-lg">
      {(!isPhone || wanted === undefined) && <SectionList openId={wanted} isPhone={isPhone} />}
      {wanted !== undefined && <OpenSection id={wanted} part={part} isPhone={isPhone} />}
    </div>
  )
}

interface ListProps {
  openId: string | undefined
  isPhone: boolean
}

function SectionList({ openId, isPhone }: ListProps) {
  const me = useMe()
  useTitle(t('settings.title'))
  return (
    <nav
      aria-label={t('settings.title')}
      data-pane
      className={clsx(
        'shrink-0 overflow-y-auto px-2 pb-4',
        isPhone ? 'w-full' : 'w-56 border-e border-line bg-sunken/60',
      )}
    >
      <h1 className="flex h-14 items-center px-2 text-lg font-semibold tracking-[-.01em]">{t('settings.title')}</h1>
      {SECTION_GROUPS.map((group) => {
        const sections = SECTIONS.filter((section) => section.group === group && section.isFor(me))
        if (sections.length === 0) return null
        return (
          <section key={group} aria-label={t(`settings.group.${group}`)} className="mb-4">
            <p aria-hidden="true" className="px-2 pb-1 text-2xs font-medium text-ink-3">
              {t(`settings.group.${group}`)}
            </p>
            <ul>
              {sections.map((section) => (
                <SectionLink key={section.id} section={section} isOpen={section.id === openId} isPhone={isPhone} />
              ))}
            </ul>
          </section>
        )
      })}
    </nav>
  )
}

interface LinkProps {
  section: SettingsSection
  isOpen: boolean
  isPhone: boolean
}

function SectionLink({ section: { id, icon: Icon, label }, isOpen, isPhone }: LinkProps) {
  const waiting = useWaitingRegistrations()
  return (
    <li>
      <Link
        to="/settings/$section"
        params={{ section: id }}
        search={{}}
        aria-current={isOpen ? 'page' : undefined}
        className={clsx(
          'flex items-center gap-2.5 rounded-md px-2',
          isPhone ? 'h-12 text-md' : 'h-8',
          isOpen ? 'bg-selected font-medium text-accent-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
        )}
      >
        <Icon size={isPhone ? 20 : 16} strokeWidth={1.8} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 flex-1 truncate">{t(label)}</span>
        {id === 'registrations' && waiting > 0 && <CountBadge count={waiting} tone="accent" />}
        {isPhone && <ChevronRight size={16} aria-hidden="true" className="text-ink-3 rtl:-scale-x-100" />}
      </Link>
    </li>
  )
}

interface OpenProps {
  id: string
  part: string | undefined
  isPhone: boolean
}

function OpenSection({ id, part, isPhone }: OpenProps) {
  const me = useMe()
  const found = findSection(id)
  const section = part === undefined || found?.hasParts ? found : undefined
  const Section = section?.component
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      {isPhone && (
        <Link
          to="/settings"
          className="flex h-11 shrink-0 items-center gap-1 border-b border-line px-2 text-accent-ink"
        >
          <ChevronLeft size={18} aria-hidden="true" className="rtl:-scale-x-100" />
          {t('settings.title')}
        </Link>
      )}
      {!section || !Section ? (
        <Notice title={t('settings.unknown')} hint={t('settings.unknownHint')} />
      ) : section.isFor(me) ? (
        <Suspense fallback={<SkeletonRows />}>
          <Section />
        </Suspense>
      ) : (
        <Notice
          title={t(section.audience === 'operators' ? 'settings.noOperator' : 'settings.noPermission', {
            page: t(section.label),
          })}
          hint={t(section.audience === 'operators' ? 'settings.noOperatorHint' : 'settings.noPermissionHint')}
          drawing={<LockKeyhole size={28} strokeWidth={1.6} aria-hidden="true" className="text-ink-3" />}
        />
      )}
    </div>
  )
}
