import { Archive, CornerUpLeft, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../parts/Button.tsx'
import { ConfirmDialog } from '../../parts/ConfirmDialog.tsx'
import { Dialog } from '../../parts/Dialog.tsx'
import { MenuButton } from '../../parts/MenuButton.tsx'
import { MenuCheck, MenuGroup, MenuItem, MenuLine, SubMenu } from '../../parts/MenuItems.tsx'
import { Popover } from '../../parts/Popover.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { TextField } from '../../parts/TextField.tsx'
import { toast } from '../../parts/toast.ts'
import { Row, Section } from './Section.tsx'
import { pretendToSave } from './samples.ts'

type Layer = 'dialog' | 'confirm' | 'sheet' | null

export function KitLayers() {
  const [open, setOpen] = useState<Layer>(null)
  const [name, setName] = useState('Sales')
  const close = () => setOpen(null)
  return (
    <Section title="Layers">
      <Row>
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Popover trigger={<Button>Popover</Button>} label="Rename the view">
          <TextField label="Name" value={name} onChange={setName} />
        </Popover>
        <KitMenu />
      </Row>
      <KitToasts />
      <Dialog
        isOpen={open === 'dialog'}
        onClose={close}
        title="Rename the pipeline"
        description="Everybody in the account sees the new name at once."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button look="primary" onClick={close}>
              Rename
            </Button>
          </>
        }
      >
        <TextField label="Name" value={name} onChange={setName} />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'confirm'}
        onClose={close}
        title="Delete the pipeline “Sales”?"
        description="Its 3 stages go with it. This cannot be undone."
        confirmLabel="Delete the pipeline"
        onConfirm={() => pretendToSave(true)}
      />
      <Sheet
        isOpen={open === 'sheet'}
        onClose={close}
        title="Twelve chairs"
        description="Lead #1042"
        footer={<Button onClick={close}>Close</Button>}
      >
        <p className="p-4">A lead over the board it was opened from.</p>
      </Sheet>
    </Section>
  )
}

function KitMenu() {
  const [isCompact, setCompact] = useState(false)
  const icon = 'text-ink-3'
  return (
    <MenuButton trigger={<Button>Menu</Button>}>
      <MenuItem icon={<CornerUpLeft size={16} className={icon} />} keys="r" onClick={() => undefined}>
        Reply
      </MenuItem>
      <MenuItem icon={<Archive size={16} className={icon} />} keys="Shift+e" onClick={() => undefined}>
        Close and go on
      </MenuItem>
      <SubMenu label="Move to">
        <MenuItem onClick={() => undefined}>In talks</MenuItem>
        <MenuItem onClick={() => undefined}>Offer sent</MenuItem>
      </SubMenu>
      <MenuLine />
      <MenuGroup label="List">
        <MenuCheck isChecked={isCompact} onChange={setCompact}>
          Compact rows
        </MenuCheck>
        <MenuItem isDisabled onClick={() => undefined}>
          Not possible here
        </MenuItem>
      </MenuGroup>
      <MenuLine />
      <MenuItem icon={<Trash2 size={16} />} isDangerous onClick={() => undefined}>
        Delete
      </MenuItem>
    </MenuButton>
  )
}

function KitToasts() {
  return (
    <Row>
      <Button
        onClick={() => toast({ text: 'Closed the conversation with Elena Petrova', undo: () => pretendToSave() })}
      >
        Toast with undo
      </Button>
      <Button onClick={() => toast({ text: 'Moved to Offer sent', undo: () => pretendToSave(true) })}>
        Undo that fails
      </Button>
      <Button onClick={() => toast({ tone: 'ok', text: 'The import is done: 1,204 contacts' })}>Done</Button>
      <Button onClick={() => toast({ tone: 'bad', text: 'The stage was not saved: Parley did not answer' })}>
        Failed
      </Button>
    </Row>
  )
}
