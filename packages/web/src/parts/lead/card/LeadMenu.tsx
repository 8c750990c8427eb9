import type { Lead } from '@parley/protocol/model'
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Link2, Trash2 } from 'lucide-react'
import { mayAct } from '../../../data/board/rights.ts'
import { useMe } from '../../../data/queries.ts'
import { t } from '../../../i18n/t.ts'
import { copyText } from '../../copy-text.ts'
import { IconButton } from '../../IconButton.tsx'
import { MenuButton } from '../../MenuButton.tsx'
import { MenuItem, MenuLine } from '../../MenuItems.tsx'
import { removeWithUndo } from '../act-on-lead.ts'

/** What else can be done with a lead. */
export function LeadMenu({ lead }: { lead: Lead }) {
  const client = useQueryClient()
  const me = useMe()
  return (
    <MenuButton
      align="end"
      isInLayer
      trigger={
        <IconButton label={t('card.more')}>
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem
        icon={<Link2 size={15} aria-hidden="true" />}
        onClick={() => void copyText(`${location.origin}/leads/${lead.id}`)}
      >
        {t('card.copyLink')}
      </MenuItem>
      {mayAct(me, 'delete', lead) && (
        <>
          <MenuLine />
          <MenuItem
            icon={<Trash2 size={15} aria-hidden="true" />}
            isDangerous
            onClick={() => void removeWithUndo(client, lead)}
          >
            {t('lead.remove')}
          </MenuItem>
        </>
      )}
    </MenuButton>
  )
}
