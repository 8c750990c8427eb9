import { MANAGER_RIGHTS } from '@parley/protocol/model'
import { expect, test } from 'vitest'
import { PRESETS, withReach } from './presets.ts'

test('the first preset is what managers without a role may do', () => {
  expect(PRESETS.usual).toEqual(MANAGER_RIGHTS)
})

test('who sees less does less', () => {
  expect(withReach(PRESETS.head, 'leads', 'view', 'own').leads).toEqual({
    view: 'own',
    edit: 'own',
    delete: 'own',
    export: 'own',
  })
})

test('who does more sees as much', () => {
  const { leads, contacts } = withReach(PRESETS.own, 'leads', 'edit', 'group')
  expect(leads).toMatchObject({ view: 'group', edit: 'group', delete: 'none' })
  expect(contacts).toEqual(PRESETS.own.contacts)
})
