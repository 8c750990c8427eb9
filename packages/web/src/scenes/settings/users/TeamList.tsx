import type { TeamGroup, TeamMember, TeamRole } from '@parley/protocol/model'
import { clsx } from 'clsx'
import { ChevronRight, ShieldCheck } from 'lucide-react'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Avatar } from '../../../parts/Avatar.tsx'
import { longDuration } from '../../../parts/format.ts'
import { Tip } from '../../../parts/Tip.tsx'
import { useNow } from '../../../parts/use-now.ts'

interface Props {
  members: readonly TeamMember[]
  roles: readonly TeamRole[]
  groups: readonly TeamGroup[]
  onOpen: (member: TeamMember) => void
}

/** People in rows; one opens beside the list. */
export function TeamList({ members, roles, groups, onOpen }: Props) {
  const working = members.filter(({ disabledAt }) => disabledAt === null)
  const gone = members.filter(({ disabledAt }) => disabledAt !== null)
  const rows = (list: readonly TeamMember[]) =>
    list.map((member) => (
      <MemberRow
        key={member.id}
        member={member}
        role={roleNameOf(member, roles)}
        group={groups.find(({ id }) => id === member.groupId)?.name}
        onOpen={() => onOpen(member)}
      />
    ))
  return (
    <>
      <ul aria-label={t('settings.users')} className="divide-y divide-line rounded-lg border border-line">
        {rows(working)}
      </ul>
      {gone.length > 0 && (
        <section aria-label={t('people.switchedOff')}>
          <h3 className="mb-2 text-xs font-medium text-ink-2">{t('people.switchedOff')}</h3>
          <ul className="divide-y divide-line rounded-lg border border-line">{rows(gone)}</ul>
        </section>
      )}
    </>
  )
}

/** What somebody may do, in a word. */
export function roleNameOf({ role, roleId }: Pick<TeamMember, 'role' | 'roleId'>, roles: readonly TeamRole[]): string {
  if (role === 'admin') return t('user.admin')
  return roles.find(({ id }) => id === roleId)?.name ?? t('people.usual')
}

interface RowProps {
  member: TeamMember
  role: string
  group: string | undefined
  onOpen: () => void
}

function MemberRow({ member, role, group, onOpen }: RowProps) {
  const me = useMe()
  const isOff = member.disabledAt !== null
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full items-center gap-3 px-4 py-2.5 text-start first:rounded-t-lg last:rounded-b-lg hover:bg-hover"
      >
        <span className={clsx('flex', isOff && 'opacity-50 grayscale')}>
          <Avatar name={member.name} seed={String(member.id)} size={36} pictureUrl={member.avatarUrl} />
        </span>
        <span className="min-w-0 flex-1 basis-40">
          <span className="flex items-center gap-2">
            <bdi className={clsx('truncate font-medium', isOff && 'text-ink-2')}>{member.name}</bdi>
            {member.id === me.user.id && <span className="shrink-0 text-2xs text-ink-3">{t('people.isYou')}</span>}
            {member.hasSecondFactor && (
              <Tip label={t('people.hasSecondFactor')}>
                <ShieldCheck size={14} aria-label={t('people.hasSecondFactor')} className="shrink-0 text-ok" />
              </Tip>
            )}
          </span>
          <bdi className="block truncate text-xs text-ink-3">{member.email}</bdi>
          <span className="block truncate text-xs text-ink-3 @2xl:hidden">{role}</span>
        </span>
        <span className="hidden w-36 shrink-0 truncate text-ink-2 @2xl:block @4xl:w-56">{role}</span>
        <bdi className="hidden w-32 shrink-0 truncate text-ink-2 @3xl:block">{group}</bdi>
        <span className="hidden w-28 shrink-0 truncate text-end text-xs text-ink-3 @xl:block">
          <Seen member={member} />
        </span>
        <ChevronRight size={16} aria-hidden="true" className="shrink-0 text-ink-3 rtl:-scale-x-100" />
      </button>
    </li>
  )
}

const LATELY_MS = 6 * 60_000

function Seen({ member: { lastSeenAt, disabledAt } }: { member: TeamMember }) {
  const now = useNow()
  if (disabledAt !== null) return null
  if (lastSeenAt === null) return t('people.notSeen')
  const agoMs = Math.max(0, now - lastSeenAt)
  return agoMs < LATELY_MS ? t('people.seenNow') : t('people.seen', { time: longDuration(agoMs) })
}
