import type { NewInvitation, TeamMember } from '@parley/protocol/model'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { groupsQuery, invitationsQuery, rolesQuery, teamQuery } from '../../../data/people/queries.ts'
import { t } from '../../../i18n/t.ts'
import { Button } from '../../../parts/Button.tsx'
import { Problem } from '../../../parts/Notice.tsx'
import { SkeletonRows } from '../../../parts/SkeletonRows.tsx'
import { SettingsPage } from '../SettingsPage.tsx'
import { InvitationLink } from './InvitationLink.tsx'
import { Invitations } from './Invitations.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { TeamList } from './TeamList.tsx'
import { UserSheet } from './UserSheet.tsx'

/** Who works here, who worked here, and who is asked to. */
export function UsersSection() {
  const team = useQuery(teamQuery)
  const { data: roles = [] } = useQuery(rolesQuery)
  const { data: groups = [] } = useQuery(groupsQuery)
  const { data: invitations = [] } = useQuery(invitationsQuery)
  const [isInviting, setInviting] = useState(false)
  const [made, setMade] = useState<NewInvitation>()
  const { user: open } = useSearch({ strict: false }) as { user?: number }
  const navigate = useNavigate()
  const show = (member: TeamMember | undefined) =>
    void navigate({
      to: '/settings/$section',
      params: { section: 'users' },
      search: member ? { user: member.id } : {},
      replace: true,
    })
  const members = team.data
  const opened = members?.find(({ id }) => id === open)
  return (
    <SettingsPage
      title={t('settings.users')}
      hint={members && t('people.usersHint', { count: members.filter(({ disabledAt }) => disabledAt === null).length })}
      width="wide"
      actions={
        <Button look="primary" onClick={() => setInviting(true)}>
          <UserPlus size={15} aria-hidden="true" />
          {t('people.invite')}
        </Button>
      }
    >
      {invitations.length > 0 && <Invitations invitations={invitations} onMade={setMade} />}
      {team.isError && !members ? (
        <Problem title={t('settings.loadFailed')} error={team.error} onRetry={() => void team.refetch()} />
      ) : members ? (
        <TeamList members={members} roles={roles} groups={groups} onOpen={show} />
      ) : (
        <SkeletonRows height={56} hasDisc />
      )}
      {opened && (
        <UserSheet key={opened.id} member={opened} roles={roles} groups={groups} onClose={() => show(undefined)} />
      )}
      {isInviting && (
        <InviteDialog
          roles={roles}
          groups={groups}
          onClose={() => setInviting(false)}
          onDone={(invitation) => {
            setInviting(false)
            setMade(invitation)
          }}
        />
      )}
      {made && <InvitationLink made={made} onClose={() => setMade(undefined)} />}
    </SettingsPage>
  )
}
