import { afterEach, beforeAll, expect, test } from 'vitest'
import { pickLanguage } from './languages.ts'
import { t } from './t.ts'
import { getLanguage, loadTexts, setLanguage } from './texts.ts'
import { layOver } from './translate.ts'

beforeAll(() => loadTexts('common'))
afterEach(() => setLanguage('en'))

test('the chosen language comes before those of the browser', () => {
  expect(pickLanguage('es', ['ru-RU'])).toBe('es')
  expect(pickLanguage(null, ['de-DE', 'pt-BR', 'en'])).toBe('pt')
  expect(pickLanguage('xx', ['de'])).toBe('en')
})

test('everything that was read is read again in the other language', async () => {
  await setLanguage('ru')
  expect(getLanguage()).toBe('ru')
  expect(t('theme.dark')).toBe('Тёмная')
  expect(t('connection.queued', { count: 3 })).toBe('3 ответа ждут.')
})

test('a namespace that comes while the language changes is there in the new one', async () => {
  await Promise.all([setLanguage('ru'), loadTexts('login')])
  expect(t('theme.dark')).toBe('Тёмная')
  expect(t('login.email')).not.toBe('login.email')
})

test('trees of one name grow together', () => {
  expect(layOver({ keys: { title: 'Keys' } }, { keys: { next: 'Next' } })).toEqual({
    keys: { title: 'Keys', next: 'Next' },
  })
})
