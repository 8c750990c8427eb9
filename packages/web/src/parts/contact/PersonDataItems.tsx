import type { Contact, Me } from '@parley/protocol/model'
import { Download, Eraser } from 'lucide-react'
import { exportPerson } from '../../data/contacts/person-data.ts'
import { useMe } from '../../data/queries.ts'
import { t } from '../../i18n/t.ts'
import { MenuItem } from '../MenuItems.tsx'
import { reasonOf } from '../Notice.tsx'
import { toast } from '../toast.ts'

interface Props {
  contact: Pick<Contact, 'id' | 'name'>
  /** Opens `EraseDialog`, which must outlive the menu. */
  onErase: () => void
}

export const hasPersonDataItems = ({ user, rights }: Me): boolean =>
  user.role === 'admin' || rights.contacts.export !== 'none'

/** What may be done with everything that is kept about a person; items of a contact's menu. */
export function PersonDataItems({ contact, onErase }: Props) {
  const { user, rights } = useMe()
  return (
    <>
      {rights.contacts.export !== 'none' && (
        <MenuItem icon={<Download size={15} />} onClick={() => void saveFile(contact)}>
          {t('personData.export')}
        </MenuItem>
      )}
      {user.role === 'admin' && (
        <MenuItem icon={<Eraser size={15} />} isDangerous onClick={onErase}>
          {t('personData.erase')}
        </MenuItem>
      )}
    </>
  )
}

async function saveFile({ id, name }: Props['contact']): Promise<void> {
  try {
    const url = URL.createObjectURL(await exportPerson(id))
    const link = document.createElement('a')
    link.href = url
    link.download = `${name}.json`
    link.click()
    URL.revokeObjectURL(url)
  } catch (error) {
    toast({ tone: 'bad', text: t('personData.exportFailed', { reason: reasonOf(error) }) })
  }
}
